//! Relations.

mod inputs;

use super::payload::{act, first_relation, payload, relations};
use crate::graphql::types::Relation;
use crate::model::RelationId;
use async_graphql::{Context, Object, Result};
use inputs::{
    RelationConfirmInput, RelationEndInput, RelationRecordInput, RelationsConfirmInput, RelationsRecordInput,
};

payload! {
    /// What came of recording a relation.
    RelationRecordPayload of Vec<RelationId> {
        /// The relation as it is now.
        relation: Relation = |asking, ids| first_relation(asking, ids);
    }
}

payload! {
    /// What came of recording relations.
    RelationsRecordPayload of Vec<RelationId> {
        /// The relations as they are now, each once.
        relations: Vec<Relation> = |asking, ids| Some(relations(asking, ids));
    }
}

payload! {
    /// What came of confirming a relation.
    RelationConfirmPayload of Vec<RelationId> {
        /// The relation as it is now.
        relation: Relation = |asking, ids| first_relation(asking, ids);
    }
}

payload! {
    /// What came of confirming relations.
    RelationsConfirmPayload of Vec<RelationId> {
        /// The relations as they are now, each once.
        relations: Vec<Relation> = |asking, ids| Some(relations(asking, ids));
    }
}

payload! {
    /// What came of ending a relation.
    RelationEndPayload of Vec<RelationId> {
        /// The relation as it is now.
        relation: Relation = |asking, ids| first_relation(asking, ids);
    }
}

#[derive(Default)]
pub struct Relations;

#[Object]
impl Relations {
    /// Records how two things are related, and how you know. The same relation again adds your evidence to what is there.
    /// For the engagement team.
    async fn relation_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is related to what, and how you know.")] input: RelationRecordInput,
    ) -> Result<RelationRecordPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Records many relations, up to 500: all of them, or none if anything is wrong with one. For the engagement team.
    #[graphql(complexity = "weight(input.len(), child_complexity)")]
    async fn relations_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The relations.")] input: RelationsRecordInput,
    ) -> Result<RelationsRecordPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Says that a relation still holds. The fresher it is, the likelier a path over it. For the engagement team.
    async fn relation_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and since when you know.")] input: RelationConfirmInput,
    ) -> Result<RelationConfirmPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Says of many relations, up to 500, that they still hold: all of them, or none if anything is wrong with one. For the
    /// engagement team.
    #[graphql(complexity = "weight(input.len(), child_complexity)")]
    async fn relations_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones, and since when you know.")] input: RelationsConfirmInput,
    ) -> Result<RelationsConfirmPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Says that a relation is over. It stays on record for what was. For the engagement team.
    async fn relation_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and since when.")] input: RelationEndInput,
    ) -> Result<RelationEndPayload> {
        act(ctx, Ok(input.read())).await
    }
}

fn weight(entries: usize, entry: usize) -> usize {
    entries.max(1).saturating_mul(entry).saturating_add(1)
}
