//! The small filters of the other lists.

use super::NodeRef;
use crate::access::View;
use crate::app::Asking;
use crate::error::AppError;
use crate::graphql::enums::{Formality, GroupKind};
use crate::model::refs::is_area_scheme;
use crate::model::{self, Body, NodeType};
use crate::snapshot::names::normalise;
use async_graphql::InputObject;

/// Which networks: those for which every given field holds.
#[derive(InputObject, Debug, Clone, Default)]
pub struct NetworkFilter {
    /// With rules, or just people who meet.
    formality: Option<Formality>,
    /// Whose name or alias fits these words.
    text: Option<String>,
}

/// Which working groups.
#[derive(InputObject, Debug, Clone, Default)]
pub struct WorkingGroupFilter {
    /// Whose name or alias fits these words.
    text: Option<String>,
}

/// Which areas: those for which every given field holds.
#[derive(InputObject, Debug, Clone, Default)]
pub struct AreaFilter {
    /// With a code of this family, such as E08 or E01-2021.
    scheme: Option<String>,
    /// Directly within this area.
    parent: Option<NodeRef>,
    /// Whose name, alias or code fits these words.
    text: Option<String>,
}

/// Which under-served groups: those for which every given field holds.
#[derive(InputObject, Debug, Clone, Default)]
pub struct UnderservedGroupFilter {
    /// Groups of people, or of practices.
    kind: Option<GroupKind>,
    /// Named by this list, such as CORE20PLUS5.
    framework: Option<String>,
    /// Whose name or alias fits these words.
    text: Option<String>,
}

/// Which software products.
#[derive(InputObject, Debug, Clone, Default)]
pub struct SoftwareProductFilter {
    /// From this supplier.
    supplier: Option<String>,
    /// Whose name or alias fits these words.
    text: Option<String>,
}

/// Which initiatives.
#[derive(InputObject, Debug, Clone, Default)]
pub struct InitiativeFilter {
    /// Whose name or alias fits these words.
    text: Option<String>,
}

/// Which population segments.
#[derive(InputObject, Debug, Clone, Default)]
pub struct PopulationSegmentFilter {
    /// Whose name or alias fits these words.
    text: Option<String>,
}

/// A filter over a list of one type.
pub trait Narrows: Default {
    fn text(&self) -> Option<&str>;

    /// Whether a thing passes, apart from its name. Names that it quotes are looked up first.
    fn keep(&self, _asking: &Asking) -> Result<impl Fn(&View) -> bool, AppError> {
        Ok(|_: &View| true)
    }
}

impl Narrows for NetworkFilter {
    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    fn keep(&self, _: &Asking) -> Result<impl Fn(&View) -> bool, AppError> {
        let wanted = self.formality.map(model::Formality::from);
        Ok(move |view: &View| match &view.body {
            Body::Network(facts) => wanted.is_none() || facts.formality == wanted,
            _ => false,
        })
    }
}

impl Narrows for AreaFilter {
    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    fn keep(&self, asking: &Asking) -> Result<impl Fn(&View) -> bool, AppError> {
        let scheme = self.scheme.clone();
        if let Some(unknown) = scheme.as_deref().filter(|scheme| !is_area_scheme(scheme)) {
            let message = format!("`{unknown}` is not a family of area codes; write E08, S12 or E01-2021");
            return Err(AppError::invalid_argument(message).at(["scheme"]));
        }
        let parent = self.parent.clone().map(|name| asking.named(&name.into(), &[NodeType::Area])).transpose();
        let parent = parent.map_err(|error| error.at(["parent"]))?.map(|area| area.id);
        Ok(move |view: &View| match &view.body {
            Body::Area(facts) => {
                scheme.as_ref().is_none_or(|scheme| view.refs.iter().any(|known| known.scheme() == scheme))
                    && parent.as_ref().is_none_or(|parent| facts.parents.contains(parent))
            }
            _ => false,
        })
    }
}

impl Narrows for UnderservedGroupFilter {
    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    fn keep(&self, _: &Asking) -> Result<impl Fn(&View) -> bool, AppError> {
        let kind = self.kind.map(model::GroupKind::from);
        let framework = self.framework.as_deref().map(normalise);
        Ok(move |view: &View| match &view.body {
            Body::UnderservedGroup(facts) => {
                kind.is_none_or(|kind| facts.kind == kind)
                    && is_called(facts.framework.as_deref(), framework.as_deref())
            }
            _ => false,
        })
    }
}

impl Narrows for SoftwareProductFilter {
    fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    fn keep(&self, _: &Asking) -> Result<impl Fn(&View) -> bool, AppError> {
        let supplier = self.supplier.as_deref().map(normalise);
        Ok(move |view: &View| match &view.body {
            Body::SoftwareProduct(facts) => is_called(facts.supplier.as_deref(), supplier.as_deref()),
            _ => false,
        })
    }
}

/// Those of which nothing is asked but the name.
macro_rules! by_name_alone {
    ($($filter:ident),+) => { $(
        impl Narrows for $filter {
            fn text(&self) -> Option<&str> {
                self.text.as_deref()
            }
        }
    )+ };
}
by_name_alone!(WorkingGroupFilter, InitiativeFilter, PopulationSegmentFilter);

fn is_called(known: Option<&str>, wanted: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| known.is_some_and(|known| normalise(known) == wanted))
}
