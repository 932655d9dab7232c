//! What a mutation answers: the thing as it is afterwards, or what was wrong with the input, and the revision.

use crate::app::change::{Action, Refusal};
use crate::app::{Asking, RelationView};
use crate::error::AppError;
use crate::graphql::connection::whole;
use crate::graphql::interfaces::Shown;
use crate::graphql::session::{renew, session};
use crate::graphql::types::{Relation, UserError};
use crate::model::{NodeId, RelationId, Revision};
use async_graphql::{Context, Result};

pub trait Payload: Sized {
    type Made;

    fn done(asking: &Asking, made: Option<&Self::Made>, revision: Revision) -> Self;

    fn refused(errors: Vec<UserError>, revision: Revision) -> Self;
}

/// Does what was asked for, and shows what came of it. An input that cannot be read is refused as one that cannot be done.
pub async fn act<A: Action, P: Payload<Made = A::Made>>(
    ctx: &Context<'_>,
    action: std::result::Result<A, AppError>,
) -> Result<P> {
    let asking = session(ctx)?.asking.clone();
    let done = match action {
        Ok(action) => asking.change(&action).await,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(changed) => {
            let payload = P::done(&changed.asking, changed.made.as_ref(), changed.revision);
            renew(ctx, changed.asking)?;
            Ok(payload)
        }
        Err(Refusal::Faults(faults)) => {
            Ok(P::refused(faults.into_iter().map(UserError::of).collect(), asking.revision()))
        }
        Err(Refusal::Failed(error)) => Err(error.into()),
    }
}

pub fn node<T: Shown>(asking: &Asking, id: &NodeId) -> Option<T> {
    asking.node(id.as_str()).and_then(T::of)
}

pub fn nodes<T: Shown>(asking: &Asking, ids: &[NodeId]) -> Vec<T> {
    ids.iter().filter_map(|id| node(asking, id)).collect()
}

pub fn relations(asking: &Asking, ids: &[RelationId]) -> Vec<Relation> {
    ids.iter().filter_map(|id| asking.relation(id.as_str())).map(|view: RelationView| Relation(view)).collect()
}

pub fn first_relation(asking: &Asking, ids: &[RelationId]) -> Option<Relation> {
    relations(asking, ids).into_iter().next()
}

pub fn number(revision: Revision) -> i32 {
    whole(revision.0)
}

/// Declares a payload: what it is made from, and how each of its fields is shown from that.
macro_rules! payload {
    (
        $(#[doc = $words:literal])+
        $name:ident of $made:ty {
            $( $(#[doc = $field_words:literal])+ $field:ident: $gives:ty = $show:expr; )+
        }
    ) => {
        $(#[doc = $words])+
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $( $(#[doc = $field_words])+ $field: Option<$gives>, )+
            /// What was wrong with the input. Empty: it was done.
            user_errors: Vec<$crate::graphql::types::UserError>,
            /// The revision of the graph that this made; the present one if there was nothing to change.
            revision: i32,
        }

        impl $crate::graphql::mutation::payload::Payload for $name {
            type Made = $made;

            fn done(
                asking: &$crate::app::Asking,
                made: Option<&Self::Made>,
                revision: $crate::model::Revision,
            ) -> Self {
                $( let $field: fn(&$crate::app::Asking, &$made) -> Option<$gives> = $show; )+
                Self {
                    $( $field: made.and_then(|made| $field(asking, made)), )+
                    user_errors: Vec::new(),
                    revision: $crate::graphql::mutation::payload::number(revision),
                }
            }

            fn refused(
                user_errors: Vec<$crate::graphql::types::UserError>,
                revision: $crate::model::Revision,
            ) -> Self {
                let revision = $crate::graphql::mutation::payload::number(revision);
                Self { $( $field: None, )+ user_errors, revision }
            }
        }
    };
}
pub(super) use payload;
