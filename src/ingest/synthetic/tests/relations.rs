//! The sheet of relations, and the shape of the graph that it makes with the seed.

use super::{REAL, SHEETS, peopled, rows};
use crate::ingest::synthetic::REFERENCE_DAY;
use crate::model::{RelationKind, ServeMode, parse_day};
use crate::snapshot::{Direction, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn there_are_some_thousands_of_each_common_kind_and_some_of_each_other() {
    let relations = rows(&SHEETS[2].csv);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &relations {
        *counts.entry(row["kind"].as_str()).or_default() += 1;
    }
    assert!((6000..9000).contains(&relations.len()), "{counts:?}");
    assert!(counts["KNOWS"] > 3000 && counts["ROLE_AT"] > 1400, "{counts:?}");
    for kind in ["CONTACT_OF", "CONVENES", "MEMBER_OF", "PARTNERS_WITH", "SERVES"] {
        assert!(counts[kind] >= 15, "{counts:?}");
    }
}

#[test]
fn every_mode_of_serving_occurs() {
    let modes: BTreeSet<String> = rows(&SHEETS[2].csv).into_iter().map(|row| row["mode"].clone()).collect();
    assert!(ServeMode::ALL.iter().all(|mode| modes.contains(mode.as_str())));
}

#[test]
fn nothing_is_inferred_or_known_before_it_began_or_after_today() {
    let ages = rows(&SHEETS[2].csv).into_iter().map(|row| {
        let (from, seen) = (parse_day(&row["valid_from"]).unwrap(), parse_day(&row["last_confirmed_on"]).unwrap());
        assert!(from <= seen && seen <= REFERENCE_DAY, "{row:?}");
        assert!(["FIRST_HAND", "DOCUMENTED", "IMPORTED"].contains(&row["evidence"].as_str()));
        assert!(row["valid_to"].is_empty() || parse_day(&row["valid_to"]).unwrap() > seen, "{row:?}");
        seen.year()
    });
    let years: BTreeSet<i16> = ages.collect();
    assert_eq!(years, (2019..=2026).collect());
}

#[test]
fn nothing_begins_before_the_things_it_joins() {
    let world = &peopled().snapshot;
    for ix in world.relations.all().filter(|ix| world.relations.synthetic(*ix)) {
        for end in [world.relations.from(ix), world.relations.to(ix)] {
            assert!(
                world.node(end).validity.from <= world.relations.valid_from(ix)
                    || world.relations.valid_from(ix).is_none()
            );
        }
    }
}

/// What real sources state keeps its own relation, and is not marked made up.
#[test]
fn no_real_fact_is_touched() {
    let now = &peopled().known;
    let after: BTreeMap<&str, _> = now.relations().map(|record| (record.relation.id.as_str(), record)).collect();
    for record in REAL.known.relations() {
        assert_eq!(after[record.relation.id.as_str()], record);
    }
    let nodes: BTreeMap<&str, _> = now.nodes().map(|record| (record.node.id.as_str(), record)).collect();
    for record in REAL.known.nodes() {
        assert_eq!(nodes[record.node.id.as_str()], record);
    }
    assert_eq!(
        now.relations().filter(|record| record.relation.synthetic).count(),
        after.len() - REAL.known.relations().count()
    );
}

fn degrees(world: &Snapshot) -> Vec<usize> {
    let mut degrees: Vec<usize> = world
        .of_type(crate::model::NodeType::Individual)
        .map(|ix| {
            [Direction::Out, Direction::In]
                .into_iter()
                .map(|direction| world.relations.of_kind(ix, RelationKind::Knows, direction).count())
                .sum()
        })
        .collect();
    degrees.sort_unstable();
    degrees
}

#[test]
fn a_few_people_know_very_many() {
    let degrees = degrees(&peopled().snapshot);
    let middle = degrees[degrees.len() / 2];
    let best = degrees[degrees.len() - 1];
    let hundredth = degrees[degrees.len() * 99 / 100];
    assert!((2..=6).contains(&middle) && hundredth >= 20 && best >= 40, "{middle} {hundredth} {best}");
}

#[test]
fn few_ties_join_the_two_cities() {
    let world = &peopled().snapshot;
    let scottish = |ix| {
        let place = |(_, area): (_, u32)| world.node(area).refs[0].as_str().starts_with('S');
        let works = world.relations.of_kind(ix, RelationKind::RoleAt, Direction::Out).any(|(_, body)| {
            [RelationKind::LocatedIn, RelationKind::Covers]
                .into_iter()
                .any(|kind| world.relations.of_kind(body, kind, Direction::Out).any(place))
        });
        works || world.relations.of_kind(ix, RelationKind::Covers, Direction::Out).any(place)
    };
    let across = world
        .relations
        .all()
        .filter(|ix| world.relations.kind(*ix) == RelationKind::Knows)
        .filter(|ix| scottish(world.relations.from(*ix)) != scottish(world.relations.to(*ix)))
        .count();
    assert!((5..150).contains(&across), "{across}");
}
