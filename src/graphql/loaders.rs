//! What the snapshot lacks, for one request: details of nodes and evidence of relations, in as few calls as there are
//! levels that ask for them. What comes back has been cut by `app` already.

use super::batch::Batch;
use super::failure::Failure;
use super::session::session;
use crate::access::{DetailsView, EvidenceView, RelationDetailsView};
use crate::app::Asking;
use crate::model::{NodeId, RelationId};
use async_graphql::Context;
use futures_util::FutureExt as _;

pub struct Loaders {
    details: Batch<NodeId, DetailsView>,
    relations: Batch<RelationId, RelationDetailsView>,
}

impl Loaders {
    pub fn new(asking: &Asking) -> Self {
        let (for_details, for_relations) = (asking.clone(), asking.clone());
        Self {
            details: Batch::new(move |ids| {
                let asking = for_details.clone();
                async move { asking.details(&ids).await.map_err(Failure::from) }.boxed()
            }),
            relations: Batch::new(move |ids| {
                let asking = for_relations.clone();
                async move { asking.relation_details(&ids).await.map_err(Failure::from) }.boxed()
            }),
        }
    }
}

/// What the store keeps of a node besides what the snapshot has.
pub async fn details(ctx: &Context<'_>, of: &NodeId) -> async_graphql::Result<DetailsView> {
    let found = session(ctx)?.loaders.details.one(of).await?;
    Ok(found.unwrap_or_default())
}

/// The evidence of some relations, one after the other.
pub async fn evidence(ctx: &Context<'_>, of: &[RelationId]) -> async_graphql::Result<Vec<EvidenceView>> {
    let found = session(ctx)?.loaders.relations.many(of).await?;
    Ok(found.into_iter().flatten().flat_map(|details| details.evidence).collect())
}

/// The remark on a relation.
pub async fn note(ctx: &Context<'_>, of: &RelationId) -> async_graphql::Result<Option<String>> {
    let found = session(ctx)?.loaders.relations.one(of).await?;
    Ok(found.and_then(|details| details.note))
}
