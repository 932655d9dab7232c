//! Counts of organisations.

use crate::access::View;
use crate::app::{StatKey, StatRow};
use crate::graphql::connection::whole;
use crate::graphql::enums::OrganisationDimension;
use async_graphql::Object;

pub struct OrganisationStat(pub StatRow);
pub struct OrganisationStatKey<'a>(&'a StatKey);

/// How many organisations there are with certain values.
#[Object]
impl OrganisationStat {
    /// The values, in the order of `groupBy`.
    fn keys(&self) -> Vec<OrganisationStatKey<'_>> {
        self.0.keys.iter().map(OrganisationStatKey).collect()
    }

    /// How many organisations have all these values.
    fn count(&self) -> i32 {
        whole(self.0.count)
    }
}

/// One value that organisations were counted by. With neither `ref` nor `name`: those for which it is not known.
#[Object]
impl OrganisationStatKey<'_> {
    /// What was counted by.
    fn dimension(&self) -> OrganisationDimension {
        self.0.dimension.into()
    }

    /// The ref of the commissioner, area, network, system or group that is the value.
    #[graphql(name = "ref")]
    fn reference(&self) -> Option<&str> {
        self.0.node.as_ref().and_then(|node: &View| node.refs.first()).map(crate::model::Ref::as_str)
    }

    /// The value in words: a name, a kind, a decile, or true or false.
    fn name(&self) -> Option<&str> {
        match &self.0.node {
            Some(node) => node.name.as_deref(),
            // Deciles are kept with two digits so that they sort.
            None => self.0.code.as_deref().map(|code| code.trim_start_matches('0')),
        }
    }
}
