//! What is said of networks; one may become one of the programme's working groups, and stop being one.

use super::common::{CommonFields, checked, said};
use super::faults::Faults;
use super::form::Form;
use crate::model::text::checked_title;
use crate::model::{Body, Formality, NetworkFacts, NodeRecord, NodeType, Patch, RelationKind};

/// What somebody says of a network.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct NetworkFields {
    pub common: CommonFields,
    pub working_group: Patch<bool>,
    pub formality: Patch<Formality>,
    pub purpose: Patch<String>,
}

impl Form for NetworkFields {
    const NAMES: [&'static str; 2] = ["networkCreate", "networkUpdate"];
    const TYPES: &'static [NodeType] = &[NodeType::Network, NodeType::WorkingGroup];
    const ARGUMENT: &'static str = "network";
    const AREA: RelationKind = RelationKind::Covers;

    fn common(&self) -> &CommonFields {
        &self.common
    }

    fn start(&self, _: &mut Faults) -> Option<Body> {
        Some(Body::Network(NetworkFacts::default()))
    }

    fn own_onto(&self, record: &mut NodeRecord, faults: &mut Faults) {
        let Body::Network(facts) = &mut record.node.body else { return };
        facts.working_group = said(self.working_group, facts.working_group);
        self.formality.onto(&mut facts.formality);
        checked(&self.purpose, checked_title, "purpose", faults).onto(&mut facts.purpose);
    }
}
