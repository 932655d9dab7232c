use super::{World, day};
use crate::model::{Date, EvidenceKind, HopClass, Relation, RelationKind, RelationRecord, Validity};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const BODIES: &str = "ref,name,kind,valid_from,valid_to\n\
    GB-NHS:QRV,Old one,ICB,2022-07-01,2026-04-01\n\
    GB-NHS:QMJ,Old two,ICB,2022-07-01,2026-04-01\n\
    GB-NHS:QNQ,Split,ICB,2022-07-01,2026-04-01\n\
    GB-NHS:Z9B2Z,New,ICB,2026-04-01,\n\
    GB-NHS:QRL,Other,ICB,2022-07-01,\n\
    GB-NHS:93C,Sub,SUB_ICB_LOCATION,,\n\
    GB-NHS:RAX,Trust,NHS_TRUST,,\n\
    GB-NHS:HIN,Innovation network,HIN,,\n";
const HEADER: &str = "kind,from,to,strength,valid_from,valid_to,evidence,source,synthetic\n";
const SUCCESSION: &str = "SUCCEEDED_BY,GB-NHS:QRV,GB-NHS:Z9B2Z,,2026-04-01,,OFFICIAL_REGISTER,Succession,\n\
    SUCCEEDED_BY,GB-NHS:QMJ,GB-NHS:Z9B2Z,,2026-04-01,,OFFICIAL_REGISTER,Succession,\n\
    SUCCEEDED_BY,GB-NHS:QNQ,GB-NHS:Z9B2Z,,2026-04-01,,OFFICIAL_REGISTER,Succession,\n\
    SUCCEEDED_BY,GB-NHS:QNQ,GB-NHS:QRL,,2026-04-01,,OFFICIAL_REGISTER,Succession,\n";

fn world(rows: &str) -> World {
    World::of(&[("organisations.csv", BODIES), ("relations.csv", &format!("{HEADER}{SUCCESSION}{rows}"))])
}

#[test]
fn what_led_to_a_closed_body_leads_to_its_one_successor() {
    let world = world(
        "IN_GEOGRAPHY_OF,GB-NHS:93C,GB-NHS:QRV,0.4,2023-01-01,2030-01-01,OFFICIAL_REGISTER,Register,true\n\
         IN_GEOGRAPHY_OF,GB-NHS:RAX,GB-NHS:QNQ,,,,OFFICIAL_REGISTER,Register,\n\
         PARTNERS_WITH,GB-NHS:RAX,GB-NHS:QRV,,,,DOCUMENTED,Register,\n",
    );
    let RelationRecord { relation, evidence, .. } =
        world.relation(RelationKind::InGeographyOf, "GB-NHS:93C", "GB-NHS:Z9B2Z").unwrap();
    assert_eq!(relation.validity, Validity { from: Some(day("2026-04-01")), to: Some(day("2030-01-01")) });
    assert_eq!((relation.strength, relation.synthetic), (Some(0.4), true));
    assert_eq!(relation.best_evidence, EvidenceKind::Documented);
    assert_eq!(evidence[0].source, "succession of GB-NHS:QRV by GB-NHS:Z9B2Z");
    // A split is not guessed at, and a partnership does not carry over.
    assert_eq!(world.relations(RelationKind::InGeographyOf).len(), 3);
    assert_eq!(world.relations(RelationKind::PartnersWith).len(), 1);
}

#[test]
fn two_that_meet_are_one_with_both_reasons() {
    let world =
        world("SUPPORTS,GB-NHS:HIN,GB-NHS:QRV,,,,IMPORTED,List,\nSUPPORTS,GB-NHS:HIN,GB-NHS:QMJ,,,,IMPORTED,List,\n");
    let both = world.relation(RelationKind::Supports, "GB-NHS:HIN", "GB-NHS:Z9B2Z").unwrap();
    let sources: Vec<_> = both.evidence.iter().map(|evidence| evidence.source.as_str()).collect();
    assert_eq!(sources, ["succession of GB-NHS:QMJ by GB-NHS:Z9B2Z", "succession of GB-NHS:QRV by GB-NHS:Z9B2Z"]);
    assert_eq!(world.relations(RelationKind::Supports).len(), 3);
}

#[test]
fn what_had_ended_by_then_stays_ended() {
    let world = world(
        "SUPPORTS,GB-NHS:HIN,GB-NHS:QRV,,,2026-04-01,IMPORTED,List,\n\
         SUPPORTS,GB-NHS:RAX,GB-NHS:QRV,,,2026-04-02,IMPORTED,List,\n",
    );
    assert!(world.relation(RelationKind::Supports, "GB-NHS:HIN", "GB-NHS:Z9B2Z").is_none());
    assert!(world.relation(RelationKind::Supports, "GB-NHS:RAX", "GB-NHS:Z9B2Z").is_some());
}

#[test]
fn a_closure_learnt_later_repoints_what_is_there() {
    let mut world = World::of(&[
        ("organisations.csv", &BODIES.replace(",2026-04-01\n", ",\n")),
        ("relations.csv", &format!("{HEADER}IN_GEOGRAPHY_OF,GB-NHS:93C,GB-NHS:QRV,,,,OFFICIAL_REGISTER,Register,\n")),
    ]);
    let report = world.sheets(&[("organisations.csv", BODIES), ("relations.csv", &format!("{HEADER}{SUCCESSION}"))]);
    assert_eq!(report.repointed, 1, "{report}");
    assert!(world.relation(RelationKind::InGeographyOf, "GB-NHS:93C", "GB-NHS:Z9B2Z").is_some());
    let report = world.sheets(&[("organisations.csv", BODIES), ("relations.csv", &format!("{HEADER}{SUCCESSION}"))]);
    assert!(report.nothing_new(), "{report}");
}

/// A small world: when each body closed, who succeeded whom, and who is in whose geography.
#[derive(Debug, Clone)]
struct Facts {
    closed: Vec<Option<u8>>,
    succeeded: BTreeSet<(usize, usize)>,
    given: Vec<Given>,
}

/// From, to, first month, last month, tenths of strength.
type Given = (usize, usize, Option<u8>, Option<u8>, Option<u8>);

const COUNT: usize = 5;

fn facts() -> impl Strategy<Value = Facts> {
    let month = || proptest::option::of(1..6_u8);
    let body = 0..COUNT;
    (
        proptest::collection::vec(proptest::option::weighted(0.7, 1..6_u8), COUNT),
        proptest::collection::btree_set((body.clone(), body.clone()), 0..6),
        proptest::collection::vec((body.clone(), body, month(), month(), proptest::option::of(1..9_u8)), 0..8),
    )
        .prop_map(|(closed, succeeded, given)| Facts {
            closed,
            succeeded: succeeded.into_iter().filter(|(a, b)| a != b).collect(),
            given: given
                .into_iter()
                .filter(|(a, b, from, to, _)| a != b && from.zip(*to).is_none_or(|(from, to)| from < to))
                .collect(),
        })
}

fn month(month: u8) -> Date {
    jiff::civil::date(2026, i8::try_from(month).unwrap(), 1)
}

fn cell<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn joined(rows: impl Iterator<Item = String>) -> String {
    rows.collect::<Vec<_>>().concat()
}

impl Facts {
    fn bodies(&self) -> String {
        let row = |(body, closed): (usize, &Option<u8>)| {
            format!("GB-NHS:B{body},Body {body},ICB,{}\n", cell(closed.map(month)))
        };
        "ref,name,kind,valid_to\n".to_owned() + &joined(self.closed.iter().enumerate().map(row))
    }

    fn succession(&self) -> String {
        let row = |(old, new): &(usize, usize)| {
            format!("SUCCEEDED_BY,GB-NHS:B{old},GB-NHS:B{new},,,,OFFICIAL_REGISTER,Register,\n")
        };
        joined(self.succeeded.iter().map(row))
    }

    fn relations(&self, which: impl Fn(usize) -> bool) -> String {
        let rows = self.given.iter().enumerate().filter(|(place, _)| which(*place));
        joined(rows.map(|(_, (a, b, from, to, strength))| {
            let strength = cell(strength.map(|tenths| format!("0.{tenths}")));
            let (from, to) = (cell(from.map(month)), cell(to.map(month)));
            format!("IN_GEOGRAPHY_OF,GB-NHS:B{a},GB-NHS:B{b},{strength},{from},{to},OFFICIAL_REGISTER,Register,\n")
        }))
    }

    fn graph(&self) -> World {
        let relations = format!("{HEADER}{}{}", self.succession(), self.relations(|_| true));
        World::of(&[("organisations.csv", &self.bodies()), ("relations.csv", &relations)])
    }
}

fn structural(world: &World) -> BTreeMap<String, RelationRecord> {
    world
        .known
        .relations()
        .filter(|record| record.relation.kind.class() == Some(HopClass::Structural))
        .map(|record| (record.relation.id.to_string(), record.clone()))
        .collect()
}

/// Design section 2, read literally for one relation: what it becomes also, and the reason.
fn becomes(world: &World, relation: &Relation) -> Option<(String, String)> {
    let successors: Vec<_> = world
        .relations(RelationKind::SucceededBy)
        .into_iter()
        .filter(|succeeded| succeeded.relation.from == relation.to)
        .map(|succeeded| succeeded.relation.to.clone())
        .collect();
    let [by] = successors.as_slice() else { return None };
    let node = |id: &crate::model::NodeId| &world.known.nodes().find(|record| record.node.id == *id).unwrap().node;
    let closed = node(&relation.to).validity.to?;
    if relation.validity.to.is_some_and(|end| end <= closed) || *by == relation.from {
        return None;
    }
    let from = relation.validity.from.map_or(closed, |from| from.max(closed));
    let id = Relation::identity(relation.kind, &relation.from, by, None, None, Some(from));
    let reason = format!("succession of {} by {}", node(&relation.to).refs[0], node(by).refs[0]);
    Some((id.to_string(), reason))
}

proptest! {
    #[test]
    fn the_graph_is_closed_under_succession_and_holds_nothing_else(facts in facts()) {
        let world = facts.graph();
        let all = structural(&world);
        let mut reasons: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for record in all.values() {
            let Some((id, reason)) = becomes(&world, &record.relation) else { continue };
            let made = all.get_key_value(&id);
            prop_assert!(made.is_some(), "{:?} lacks its successor", record);
            reasons.entry(made.unwrap().0.as_str()).or_default().insert(reason);
        }
        for (id, record) in &all {
            let given = record.evidence.iter().any(|evidence| evidence.source == "Register");
            let told: BTreeSet<String> = record.evidence.iter().map(|evidence| evidence.source.clone()).filter(|source| source != "Register").collect();
            prop_assert_eq!(&told, &reasons.remove(id.as_str()).unwrap_or_default());
            prop_assert!(given || !told.is_empty());
            if !given {
                // Its cells are those of one of the relations it was made from.
                let from_one = all.values().any(|other| {
                    becomes(&world, &other.relation).is_some_and(|(made, _)| made == *id)
                        && (other.relation.strength, other.relation.validity.to) == (record.relation.strength, record.relation.validity.to)
                });
                prop_assert!(from_one, "{:?}", record);
            }
        }
    }

    #[test]
    fn importing_again_changes_nothing(facts in facts()) {
        let mut world = facts.graph();
        let relations = format!("{HEADER}{}{}", facts.succession(), facts.relations(|_| true));
        let plan = world.plan(crate::ingest::team(&super::folder(&[("organisations.csv", &facts.bodies()), ("relations.csv", &relations)])));
        prop_assert!(plan.changes.is_empty(), "{:?}", plan.changes);
    }

    #[test]
    fn it_does_not_matter_which_relations_came_first(facts in facts(), split in 0..255_u8) {
        // Relations of one identity fill each other's cells in the order they come, whether rows or made by succession:
        // nothing is claimed of those.
        let mut seen = BTreeSet::new();
        let mut facts = facts;
        facts.given.retain(|(a, b, from, ..)| seen.insert((*a, *b, *from)));
        let graph = facts.graph();
        let whole = structural(&graph);
        let made: Vec<String> =
            whole.values().filter_map(|record| becomes(&graph, &record.relation)).map(|(id, _)| id).collect();
        let is_given = |id: &String| whole[id].evidence.iter().any(|evidence| evidence.source == "Register");
        prop_assume!(made.iter().collect::<BTreeSet<_>>().len() == made.len() && !made.iter().any(is_given));
        let first = |place: usize| split >> (place % 8) & 1 == 1;
        let mut world = World::of(&[
            ("organisations.csv", &facts.bodies()),
            ("relations.csv", &format!("{HEADER}{}{}", facts.succession(), facts.relations(first))),
        ]);
        world.sheets(&[("relations.csv", &format!("{HEADER}{}", facts.relations(|place| !first(place))))]);
        prop_assert_eq!(structural(&world), whole);
    }
}
