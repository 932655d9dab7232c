//! Counts of organisations by any of their dimensions.

use super::{CompiledFilter, Day, NodeIx, Snapshot};
use crate::model::{NodeType, RelationKind};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// What organisations can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Kind,
    Sector,
    Nation,
    Icb,
    Commissioner,
    /// The local authority (or Scottish council) that it is located in.
    LocalAuthority,
    Network,
    Software,
    Group,
    Rural,
    DeprivationDecile,
    Synthetic,
}

/// One value of a dimension: a node, a code, or unknown (neither).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StatValue {
    Code(String),
    Node(NodeIx),
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stat {
    pub keys: Vec<(Dimension, StatValue)>,
    pub count: usize,
}

impl Snapshot {
    /// How many organisations have each combination of values. One that has several values of a dimension (two
    /// clinical systems) counts under each. Largest first, then by keys.
    pub fn organisation_stats(&self, filter: &CompiledFilter, by: &[Dimension], day: Day) -> Vec<Stat> {
        let mut counts: FxHashMap<Vec<StatValue>, usize> = FxHashMap::default();
        for organisation in self.matching(filter) {
            let mut rows: Vec<Vec<StatValue>> = vec![Vec::new()];
            for dimension in by {
                let values = self.values(organisation, *dimension, day);
                rows = rows
                    .into_iter()
                    .flat_map(|row| {
                        values.iter().map(move |value| {
                            let mut row = row.clone();
                            row.push(value.clone());
                            row
                        })
                    })
                    .collect();
            }
            for row in rows {
                *counts.entry(row).or_default() += 1;
            }
        }
        let mut stats: Vec<Stat> = counts
            .into_iter()
            .map(|(values, count)| Stat { keys: by.iter().copied().zip(values).collect(), count })
            .collect();
        stats.sort_unstable_by(|a, b| {
            let values = a.keys.iter().zip(&b.keys).map(|((_, a), (_, b))| self.order_values(a, b));
            b.count.cmp(&a.count).then_with(|| values.fold(Ordering::Equal, Ordering::then))
        });
        stats
    }

    fn values(&self, ix: NodeIx, dimension: Dimension, day: Day) -> Vec<StatValue> {
        let Some(facts) = self.node(ix).organisation() else { return vec![StatValue::Unknown] };
        let code = |code: Option<String>| code.map(StatValue::Code).into_iter().collect::<Vec<_>>();
        let joined = |kind: RelationKind| self.joined_on(ix, kind, day).map(|(_, other)| other);
        let mut values: Vec<StatValue> = match dimension {
            Dimension::Kind => code(Some(facts.kind.to_string())),
            Dimension::Sector => code(facts.sector.map(|sector| sector.to_string())),
            Dimension::Nation => code(facts.nation.map(|nation| nation.to_string())),
            Dimension::Rural => code(facts.rural.map(|rural| rural.to_string())),
            Dimension::DeprivationDecile => code(facts.deprivation_decile.map(|decile| format!("{decile:02}"))),
            Dimension::Synthetic => code(Some(self.node(ix).synthetic.to_string())),
            Dimension::Icb => self.icbs_of(ix, day).map(StatValue::Node).collect(),
            Dimension::Commissioner => joined(RelationKind::CommissionedBy).map(StatValue::Node).collect(),
            Dimension::Network => {
                joined(RelationKind::MemberOf).chain(joined(RelationKind::Convenes)).map(StatValue::Node).collect()
            }
            Dimension::Software => joined(RelationKind::Uses).map(StatValue::Node).collect(),
            Dimension::Group => joined(RelationKind::Serves).map(StatValue::Node).collect(),
            Dimension::LocalAuthority => self
                .areas
                .containing(joined(RelationKind::LocatedIn))
                .into_iter()
                .filter(|area| self.is_local_authority(*area))
                .map(StatValue::Node)
                .collect(),
        };
        values.sort_unstable_by(|a, b| self.order_values(a, b));
        values.dedup();
        if values.is_empty() {
            values.push(StatValue::Unknown);
        }
        values
    }

    /// Codes first, then nodes by their ids, then what is not known.
    fn order_values(&self, a: &StatValue, b: &StatValue) -> Ordering {
        let rank = |value: &StatValue| match value {
            StatValue::Code(_) => 0,
            StatValue::Node(_) => 1,
            StatValue::Unknown => 2,
        };
        match (a, b) {
            (StatValue::Code(a), StatValue::Code(b)) => a.cmp(b),
            (StatValue::Node(a), StatValue::Node(b)) => self.order(*a, *b),
            _ => rank(a).cmp(&rank(b)),
        }
    }

    /// English unitary, non-metropolitan, metropolitan and London authorities; Scottish and Welsh councils.
    pub fn is_local_authority(&self, area: NodeIx) -> bool {
        self.node_type(area) == NodeType::Area
            && self.node(area).refs.first().is_some_and(|reference| {
                matches!(reference.scheme(), "E06" | "E07" | "E08" | "E09" | "S12" | "W06" | "N09")
            })
    }
}
