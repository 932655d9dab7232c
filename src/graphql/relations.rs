//! Relations as connections whose edges carry the relation itself: since when, in what role, on what evidence. Each type
//! lists its connections in a table, one line of words and one of kinds for each.

use super::connection::{PageInfo, count, page_info};
use super::enums::{RelationKind, ServeMode};
use super::interfaces::Shown;
use super::paging::{self, PageArguments};
use super::scalars::Day;
use super::types::{Evidence, Redaction, redactions};
use super::{asking, limits, loaders};
use crate::access::{self, View};
use crate::app::{EdgeView, RelationSide};
use crate::snapshot::Direction;
use async_graphql::{Context, ID, Object, Result, TypeName};
use std::borrow::Cow;

/// Some relations of a thing, and what is at their other ends.
pub struct Relations<T> {
    edges: Vec<RelationEdge<T>>,
    has_previous: bool,
    has_next: bool,
    total: Option<usize>,
    redactions: Vec<access::Redaction>,
}

/// One relation, with what is at its other end.
pub struct RelationEdge<T> {
    cursor: String,
    edge: EdgeView,
    node: T,
}

/// What a client wrote to get a page of relations.
pub struct RelationArguments {
    pub page: PageArguments,
    pub include_ended: bool,
}

/// What a field of relations may be: a page, or nothing where the viewer may not know.
pub trait Joined: Sized {
    fn of(
        ctx: &Context<'_>,
        view: &View,
        kinds: &[(&'static [crate::model::RelationKind], Direction)],
        arguments: RelationArguments,
    ) -> Result<Self>;
}

impl<T: Shown> Joined for Relations<T> {
    fn of(
        ctx: &Context<'_>,
        view: &View,
        kinds: &[(&'static [crate::model::RelationKind], Direction)],
        arguments: RelationArguments,
    ) -> Result<Self> {
        let limits = limits(ctx)?;
        let sides: Vec<RelationSide> = kinds
            .iter()
            .map(|(kinds, direction)| RelationSide { kinds, direction: *direction, types: T::TYPES })
            .collect();
        let request = arguments.page.request(limits)?;
        let found = asking(ctx)?.edges(&view.id, &sides, arguments.include_ended, &request, limits.page_default)?;
        let edge = |edge: EdgeView| {
            Some(RelationEdge { cursor: paging::cursor(&edge.key), node: T::of(edge.node.clone())?, edge })
        };
        Ok(Self {
            edges: found.items.into_iter().filter_map(edge).collect(),
            has_previous: found.has_previous,
            has_next: found.has_next,
            total: found.total,
            redactions: found.redactions,
        })
    }
}

impl<T: Shown> Joined for Option<Relations<T>> {
    fn of(
        ctx: &Context<'_>,
        view: &View,
        kinds: &[(&'static [crate::model::RelationKind], Direction)],
        arguments: RelationArguments,
    ) -> Result<Self> {
        if view.is_cut() { Ok(None) } else { Joined::of(ctx, view, kinds, arguments).map(Some) }
    }
}

/// A page of relations.
#[Object(name_type)]
impl<T: Shown> Relations<T> {
    /// Where this page stands in the list.
    fn page_info(&self) -> PageInfo {
        page_info(self.has_previous, self.has_next, self.edges.iter().map(|edge| &edge.cursor))
    }

    /// The relations of this page, each with what is at its other end.
    fn edges(&self) -> &[RelationEdge<T>] {
        &self.edges
    }

    /// What is at the other ends, alone.
    fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// How many relations there are in all that your role may see. Null where that would tell of too few people.
    fn total_count(&self) -> Option<i32> {
        count(self.total)
    }

    /// What is null or left out here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.redactions)
    }
}

/// A relation, seen from the thing it was asked of.
#[Object(name_type)]
impl<T: Shown> RelationEdge<T> {
    /// The place of this relation in the list, for `after`.
    fn cursor(&self) -> &str {
        &self.cursor
    }

    /// What is at the other end.
    fn node(&self) -> &T {
        &self.node
    }

    /// How the two are related.
    fn relation(&self) -> RelationKind {
        self.edge.kind.into()
    }

    /// The key of the relation itself.
    fn relation_id(&self) -> ID {
        self.edge.relation.as_str().into()
    }

    /// Whether the relation runs from the thing it was asked of to the node, rather than the other way.
    fn forward(&self) -> bool {
        self.edge.forward
    }

    /// Whether it holds one way only: the second person does not know the first.
    fn one_way(&self) -> bool {
        self.edge.one_way
    }

    /// The name of the role, or what the relation is about.
    fn title(&self) -> Option<&str> {
        self.edge.title.as_deref()
    }

    /// In what way an under-served group is served.
    fn mode(&self) -> Option<ServeMode> {
        self.edge.mode.map(Into::into)
    }

    /// The first day on which it holds, if known.
    fn valid_from(&self) -> Option<Day> {
        self.edge.validity.from.map(Day)
    }

    /// The first day on which it no longer holds, if it has an end.
    fn valid_to(&self) -> Option<Day> {
        self.edge.validity.to.map(Day)
    }

    /// The day on which somebody last made sure that it holds.
    fn last_confirmed_on(&self) -> Option<Day> {
        self.edge.last_confirmed_on.map(Day)
    }

    /// How strong it is, above 0 and at most 1, if somebody has said so. Otherwise a path takes what is usual for its kind.
    fn strength(&self) -> Option<f64> {
        self.edge.strength
    }

    /// Whether all we have for it is a guess.
    fn inferred(&self) -> bool {
        self.edge.inferred
    }

    /// Whether it is made up, for trying things out.
    fn synthetic(&self) -> bool {
        self.edge.synthetic
    }

    /// Whether the person champions the programme in this role.
    fn champion(&self) -> bool {
        self.edge.champion
    }

    /// Whether whoever wants in has to pass the person in this role.
    fn gatekeeper(&self) -> bool {
        self.edge.gatekeeper
    }

    /// How we know.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let found = loaders::evidence(ctx, std::slice::from_ref(&self.edge.relation)).await?;
        Ok(found.into_iter().map(Evidence).collect())
    }
}

impl<T: Shown> TypeName for Relations<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}RelationConnection", T::type_name()).into()
    }
}

impl<T: Shown> TypeName for RelationEdge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}RelationEdge", T::type_name()).into()
    }
}

/// The table of a type's connections: for each its words, its name, what it gives, and which relations in which
/// direction. It makes a set of fields for the type to take in with `#[graphql(flatten)]`.
macro_rules! connections {
    ($set:ident { $(
        $(#[doc = $words:literal])+
        $name:ident: $gives:ty = $($direction:ident [$($kind:ident),+]),+;
    )+ }) => {
        pub struct $set<'a>(pub &'a $crate::access::View);

        #[async_graphql::Object]
        impl $set<'_> { $(
            $(#[doc = $words])+
            #[graphql(complexity = "crate::graphql::paging::weight(first, None, child_complexity)")]
            async fn $name(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many to give.")] first: Option<i32>,
                #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
                #[graphql(desc = "Give those that are over as well.", default_with = "Some(false)")] include_ended: Option<bool>,
            ) -> async_graphql::Result<$gives> {
                $crate::graphql::relations::Joined::of(
                    ctx,
                    self.0,
                    &[$((
                        &[$($crate::model::RelationKind::$kind),+] as &'static [_],
                        $crate::snapshot::Direction::$direction,
                    )),+],
                    $crate::graphql::relations::RelationArguments {
                        page: $crate::graphql::paging::PageArguments::forward(first, after),
                        include_ended: include_ended.unwrap_or(false),
                    },
                )
            }
        )+ }
    };
}
pub(super) use connections;
