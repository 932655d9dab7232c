//! The organisation filter, as data: what a saved PRACTICE group holds, what the API takes and what the snapshot's
//! evaluator reads. All given fields must hold; `any_of` asks for at least one of its members as well.

use super::{Date, Invalid, Nation, OrganisationKind, Sector};

/// A node named from outside, by id or by ref; exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NodeRef {
    Id(String),
    Ref(String),
}

/// Whole numbers between two ends, both included, open where absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IntRange {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub min: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub max: Option<i64>,
}

impl IntRange {
    pub fn contains(&self, value: i64) -> bool {
        self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
    }

    pub fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OrganisationFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Vec<OrganisationKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_kind: Option<Vec<OrganisationKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Vec<Sector>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nation: Option<Vec<Nation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<NodeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icb: Option<NodeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commissioned_by: Option<NodeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<NodeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uses_software: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rural: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprivation_decile: Option<IntRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_size: Option<IntRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serves_group: Option<NodeRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_as_of: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_closed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub synthetic: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_since: Option<jiff::Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_of: Option<Vec<OrganisationFilter>>,
}

impl OrganisationFilter {
    /// Reads the JSON that a `members` cell holds.
    pub fn from_json(text: &str) -> Result<Self, Invalid> {
        serde_json::from_str(text).map_err(|error| Invalid::new(format!("not an organisation filter: {error}")))
    }

    /// All that it names by key or ref.
    pub fn named(&self) -> Vec<&NodeRef> {
        let own = [&self.area, &self.icb, &self.commissioned_by, &self.network, &self.serves_group];
        let inner = self.any_of.iter().flatten().flat_map(Self::named);
        own.into_iter().flatten().chain(inner).collect()
    }

    /// Whether it asks for nothing at all: empty lists and open ranges count as absent.
    pub fn is_empty(&self) -> bool {
        fn none<T>(list: Option<&Vec<T>>) -> bool {
            list.is_none_or(Vec::is_empty)
        }
        none(self.kind.as_ref())
            && none(self.not_kind.as_ref())
            && none(self.sector.as_ref())
            && none(self.nation.as_ref())
            && self.area.is_none()
            && self.icb.is_none()
            && self.commissioned_by.is_none()
            && self.network.is_none()
            && none(self.uses_software.as_ref())
            && self.rural.is_none()
            && self.deprivation_decile.is_none_or(|range| range.is_open())
            && self.list_size.is_none_or(|range| range.is_open())
            && self.serves_group.is_none()
            && self.open_as_of.is_none()
            && self.include_closed.is_none()
            && self.synthetic.is_none()
            && self.updated_since.is_none()
            && self.text.as_ref().is_none_or(|text| text.trim().is_empty())
            && self.any_of.as_ref().is_none_or(|any| any.iter().all(Self::is_empty))
    }
}
