//! What the snapshot lacks, for one request: details of nodes and evidence of relations, in as few calls as there are
//! levels that ask for them. What comes back has been cut by `app` already.

use super::batch::Batch;
use super::failure::Failure;
use crate::access::{DetailsView, EvidenceView};
use crate::app::Asking;
use crate::model::{NodeId, RelationId};
use async_graphql::Context;
use futures_util::FutureExt as _;

pub struct Loaders {
    details: Batch<NodeId, DetailsView>,
    evidence: Batch<RelationId, Vec<EvidenceView>>,
}

impl Loaders {
    pub fn new(asking: &Asking) -> Self {
        let (for_details, for_evidence) = (asking.clone(), asking.clone());
        Self {
            details: Batch::new(move |ids| {
                let asking = for_details.clone();
                async move { asking.details(&ids).await.map_err(Failure::from) }.boxed()
            }),
            evidence: Batch::new(move |ids| {
                let asking = for_evidence.clone();
                async move { asking.evidence(&ids).await.map_err(Failure::from) }.boxed()
            }),
        }
    }
}

/// What the store keeps of a node besides what the snapshot has.
pub async fn details(ctx: &Context<'_>, of: &NodeId) -> async_graphql::Result<DetailsView> {
    let found = ctx.data::<Loaders>()?.details.one(of).await?;
    Ok(found.unwrap_or_default())
}

/// The evidence of some relations, one after the other.
pub async fn evidence(ctx: &Context<'_>, of: &[RelationId]) -> async_graphql::Result<Vec<EvidenceView>> {
    let found = ctx.data::<Loaders>()?.evidence.many(of).await?;
    Ok(found.into_iter().flatten().flatten().collect())
}
