//! Under-served groups.

use super::inputs::{names, patch};
use super::payload::{act, node, payload};
use crate::app::change::GroupDefine;
use crate::error::AppError;
use crate::graphql::enums::GroupKind;
use crate::graphql::input::{NodeRef, OrganisationFilter};
use crate::graphql::types::UnderservedGroup;
use crate::model::{NodeId, Patch};
use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};

payload! {
    /// What came of defining an under-served group.
    GroupDefinePayload of NodeId {
        /// The group as it is now.
        underserved_group: UnderservedGroup = |asking, id| node(asking, id);
    }
}

/// An under-served group, new or known. Of a known one, what is left out stays as it is, and null takes a value away.
#[derive(InputObject, Debug, Clone)]
pub struct GroupDefineInput {
    /// Which group, such as group:night-shift-workers. If nobody has this ref, a group is made.
    #[graphql(name = "ref")]
    reference: String,
    /// Whether it is a group of people or of general practices.
    kind: GroupKind,
    /// Its name.
    name: String,
    /// The list that names it, such as CORE20PLUS5.
    framework: MaybeUndefined<String>,
    /// Its heading in that list.
    category: MaybeUndefined<String>,
    /// Other names it goes by: all of them.
    aliases: MaybeUndefined<Vec<String>>,
    /// Where the group lives, if it is a local one. Whoever serves it has to be at work there.
    area: MaybeUndefined<NodeRef>,
    /// The wider groups that it is directly within: all of them.
    parents: MaybeUndefined<Vec<NodeRef>>,
    /// The same people by other names, in other lists: all of them.
    same_as: MaybeUndefined<Vec<NodeRef>>,
    /// Which practices belong to it: for a group of practices.
    members: MaybeUndefined<OrganisationFilter>,
    /// Who or what tells of it.
    source: Option<String>,
    /// The revision in which you read it. If it has changed since, nothing is done and you are told what changed.
    expected_revision: Option<i32>,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once.
    idempotency_key: Option<String>,
}

impl GroupDefineInput {
    fn read(self) -> std::result::Result<GroupDefine, AppError> {
        let members = match self.members {
            MaybeUndefined::Undefined => Patch::Leave,
            MaybeUndefined::Null => Patch::Clear,
            MaybeUndefined::Value(filter) => Patch::Set(filter.read().map_err(|error| error.at(["members"]))?),
        };
        Ok(GroupDefine {
            reference: self.reference,
            kind: self.kind.into(),
            name: self.name,
            framework: patch(self.framework),
            category: patch(self.category),
            aliases: patch(self.aliases),
            area: patch(self.area),
            parents: patch(self.parents.map_value(names)),
            same_as: patch(self.same_as.map_value(names)),
            members,
            source: self.source,
            expected_revision: self.expected_revision.map(Into::into),
            key: self.idempotency_key,
        })
    }
}

#[derive(Default)]
pub struct Groups;

#[Object]
impl Groups {
    /// Makes an under-served group, or changes one that is known by this ref. For the engagement team.
    async fn group_define(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of it.")] input: GroupDefineInput,
    ) -> Result<GroupDefinePayload> {
        act(ctx, input.read()).await
    }
}
