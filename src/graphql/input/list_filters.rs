//! The small filters of the other lists.

use super::NodeRef;
use crate::graphql::enums::{Formality, GroupKind};
use crate::snapshot::plain::PlainFilter;
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

impl From<NetworkFilter> for PlainFilter {
    fn from(NetworkFilter { formality, text }: NetworkFilter) -> Self {
        Self { formality: formality.map(Into::into), text, ..Self::default() }
    }
}

impl From<AreaFilter> for PlainFilter {
    fn from(AreaFilter { scheme, parent, text }: AreaFilter) -> Self {
        Self { scheme, parent: parent.map(Into::into), text, ..Self::default() }
    }
}

impl From<UnderservedGroupFilter> for PlainFilter {
    fn from(UnderservedGroupFilter { kind, framework, text }: UnderservedGroupFilter) -> Self {
        Self { group_kind: kind.map(Into::into), framework, text, ..Self::default() }
    }
}

impl From<SoftwareProductFilter> for PlainFilter {
    fn from(SoftwareProductFilter { supplier, text }: SoftwareProductFilter) -> Self {
        Self { text, supplier, ..Self::default() }
    }
}

/// Those of which nothing is asked but the name.
macro_rules! by_name_alone {
    ($($filter:ident),+) => { $(
        impl From<$filter> for PlainFilter {
            fn from($filter { text }: $filter) -> Self {
                Self { text, ..Self::default() }
            }
        }
    )+ };
}
by_name_alone!(WorkingGroupFilter, InitiativeFilter, PopulationSegmentFilter);
