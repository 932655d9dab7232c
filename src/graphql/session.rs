//! What the fields of one request share: who asks, on which snapshot, and the loaders for it. A mutation puts a newer
//! snapshot in its place, so that what stands below it and after it in the request sees what it did.

use super::loaders::Loaders;
use crate::app::Asking;
use arc_swap::ArcSwap;
use async_graphql::Context;
use std::sync::Arc;

pub struct Session(ArcSwap<Present>);

/// The request as it stands.
pub struct Present {
    pub asking: Asking,
    pub loaders: Loaders,
}

impl Session {
    pub fn new(asking: Asking) -> Self {
        Self(ArcSwap::from_pointee(Present::new(asking)))
    }

    pub fn renew(&self, asking: Asking) {
        self.0.store(Arc::new(Present::new(asking)));
    }
}

impl Present {
    fn new(asking: Asking) -> Self {
        Self { loaders: Loaders::new(&asking), asking }
    }
}

pub fn session(ctx: &Context<'_>) -> async_graphql::Result<Arc<Present>> {
    Ok(ctx.data::<Session>()?.0.load_full())
}

/// Lets the rest of the request see a newer graph.
pub fn renew(ctx: &Context<'_>, asking: Asking) -> async_graphql::Result<()> {
    ctx.data::<Session>()?.renew(asking);
    Ok(())
}
