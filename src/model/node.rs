//! The nodes. A `Node` is what the snapshot holds of a thing; its `Details` are what the store keeps besides, among
//! them everything personal that no search or filter needs.

use super::{
    Consent, ConsentPurpose, ConsentRecord, DoNotApproach, Formality, GroupKind, Nation, NodeId, NodeType,
    OrganisationFilter, OrganisationKind, Ref, Sector, Validity,
};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    pub id: NodeId,
    /// The first is the one shown; the rest are aliases by which it is also found.
    pub refs: Vec<Ref>,
    pub name: String,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub aliases: Vec<String>,
    #[serde(flatten)]
    pub validity: Validity,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub do_not_approach: Option<DoNotApproach>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub merged_into: Option<NodeId>,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub synthetic: bool,
    pub body: Body,
}

/// What only this type of node has.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Body {
    Organisation(OrganisationFacts),
    Individual(IndividualFacts),
    Network(NetworkFacts),
    Area(AreaFacts),
    UnderservedGroup(GroupFacts),
    PopulationSegment(SegmentFacts),
    SoftwareProduct(SoftwareFacts),
    Initiative(InitiativeFacts),
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationFacts {
    pub kind: OrganisationKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sector: Option<Sector>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nation: Option<Nation>,
    /// Registered patients.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub list_size: Option<u32>,
    /// 1 is the most deprived tenth of the nation, 10 the least.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deprivation_decile: Option<u8>,
    /// Absent means unknown, which matches no filter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rural: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IndividualFacts {
    /// One of ours: walks without consent, and may be the "team" of a question.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub team: bool,
    pub contact: Consent,
    pub introduce: Consent,
}

impl IndividualFacts {
    pub fn consent(&self, purpose: ConsentPurpose) -> Consent {
        match purpose {
            ConsentPurpose::Contact => self.contact,
            ConsentPurpose::Introduce => self.introduce,
        }
    }

    pub fn consent_mut(&mut self, purpose: ConsentPurpose) -> &mut Consent {
        match purpose {
            ConsentPurpose::Contact => &mut self.contact,
            ConsentPurpose::Introduce => &mut self.introduce,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkFacts {
    /// One of the programme's working groups: a type of its own to readers.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub working_group: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub formality: Option<Formality>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub purpose: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AreaFacts {
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parents: Vec<NodeId>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deprivation_decile: Option<u8>,
    /// 1 is the most deprived small area of the nation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deprivation_rank: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rural: Option<bool>,
    /// How many small areas (LSOAs, data zones) it holds, and of these the ones in national deciles 1 and 2, and the rural.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub small_areas: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deprived_small_areas: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rural_small_areas: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupFacts {
    pub kind: GroupKind,
    /// The list it comes from, such as CORE20PLUS5.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub framework: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub category: Option<String>,
    /// Where the group lives, if it is a local one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub area: Option<NodeId>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parents: Vec<NodeId>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub same_as: Vec<NodeId>,
    /// Which practices belong to it, for a PRACTICE group.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub members: Option<Box<OrganisationFilter>>,
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SegmentFacts {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SoftwareFacts {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supplier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nation: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InitiativeFacts {
    /// The programme's own word for it, such as "workstream".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<String>,
}

impl Node {
    pub fn node_type(&self) -> NodeType {
        match &self.body {
            Body::Organisation(_) => NodeType::Organisation,
            Body::Individual(_) => NodeType::Individual,
            Body::Network(facts) if facts.working_group => NodeType::WorkingGroup,
            Body::Network(_) => NodeType::Network,
            Body::Area(_) => NodeType::Area,
            Body::UnderservedGroup(_) => NodeType::UnderservedGroup,
            Body::PopulationSegment(_) => NodeType::PopulationSegment,
            Body::SoftwareProduct(_) => NodeType::SoftwareProduct,
            Body::Initiative(_) => NodeType::Initiative,
        }
    }

    pub fn individual(&self) -> Option<&IndividualFacts> {
        if let Body::Individual(facts) = &self.body { Some(facts) } else { None }
    }

    pub fn organisation(&self) -> Option<&OrganisationFacts> {
        if let Body::Organisation(facts) = &self.body { Some(facts) } else { None }
    }

    pub fn area(&self) -> Option<&AreaFacts> {
        if let Body::Area(facts) = &self.body { Some(facts) } else { None }
    }

    /// Of a network or a working group.
    pub fn network(&self) -> Option<&NetworkFacts> {
        if let Body::Network(facts) = &self.body { Some(facts) } else { None }
    }

    pub fn group(&self) -> Option<&GroupFacts> {
        if let Body::UnderservedGroup(facts) = &self.body { Some(facts) } else { None }
    }
}

/// What the store keeps of a node besides the snapshot's part. For individuals all of it is personal.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub postcode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub website: Option<String>,
    /// Names of the sources that told us, in the order they did.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub languages: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub lived_experience: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub consents: Vec<ConsentRecord>,
}

/// A node with everything the store keeps of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct NodeRecord {
    #[serde(flatten)]
    pub node: Node,
    #[serde(flatten)]
    pub details: Details,
}
