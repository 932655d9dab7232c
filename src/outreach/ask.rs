//! A path in words: who asks whom for what, first hop first.

use super::answer::Hop;
use super::rules::World;
use crate::model::{NodeType, RelationKind, ServeMode};
use crate::snapshot::{Direction, NodeIx, Sight};
use std::fmt::Write as _;

/// What a person is called before those who may not see people.
const UNNAMED: &str = "a person whose name the team knows";

pub fn in_words(world: &World<'_>, hops: &[Hop]) -> String {
    let mut sentence = sentence(world, hops);
    if sentence.starts_with(UNNAMED) {
        sentence.replace_range(..1, "A");
    }
    sentence
}

fn sentence(world: &World<'_>, hops: &[Hop]) -> String {
    let Some((first, rest)) = hops.split_first() else { return String::new() };
    if let RelationKind::Serves = world.snapshot.relations.kind(first.relation) {
        return format!(
            "Ask {}, {}.",
            name(world, first.from),
            joined(world, first, &Tail::named(name(world, first.from)))
        );
    }
    // The first asker is the subject of the sentence.
    let opening = joined(world, first, &Tail::they());
    let mut words = format!("{} asks {}, {opening},", name(world, first.from), name(world, first.to));
    for (place, hop) in rest.iter().enumerate() {
        let serving = world.snapshot.relations.kind(hop.relation) == RelationKind::Serves;
        if serving {
            // The body or person reached is the one who serves.
            if place == 0 {
                words.push_str(" for a way in:");
            } else {
                words.truncate(words.trim_end_matches(',').len());
                words.push(';');
            }
            let _ = write!(words, " {} {}", name(world, hop.from), serves(world, hop));
        } else {
            let lead = if place == 0 { " for an introduction to" } else { " and through them to" };
            let tail = Tail::named(name(world, hop.from));
            let _ = write!(words, "{lead} {}, {},", name(world, hop.to), joined(world, hop, &tail));
        }
    }
    if rest.is_empty() {
        words.push_str(" to meet");
    }
    words.truncate(words.trim_end_matches(',').len());
    words.push('.');
    words
}

pub fn name(world: &World<'_>, ix: NodeIx) -> String {
    if world.task.reader.sight == Sight::PeopleUnnamed && is_person(world, ix) {
        return UNNAMED.to_owned();
    }
    world.snapshot.node(ix).name.clone()
}

fn is_person(world: &World<'_>, ix: NodeIx) -> bool {
    world.snapshot.node_type(ix) == NodeType::Individual
}

/// How a serving body or person serves.
fn serves(world: &World<'_>, hop: &Hop) -> String {
    let group = name(world, hop.to);
    match world.snapshot.relations.mode(hop.relation) {
        Some(ServeMode::PeerLed) if is_person(world, hop.from) => format!("is a peer of this group: {group}"),
        Some(ServeMode::PeerLed) => format!("is led by peers of this group: {group}"),
        Some(ServeMode::DirectService) => format!("works directly with this group: {group}"),
        Some(ServeMode::Advocacy) => format!("speaks up for this group: {group}"),
        Some(ServeMode::Faith) => format!("serves this group as a faith community: {group}"),
        Some(ServeMode::Signposting) | None => format!("points people of this group to help: {group}"),
    }
}

/// The node stepped from, as the words around it need it.
struct Tail {
    who: String,
    whom: String,
    is: &'static str,
    has: &'static str,
    /// What a verb ends with.
    s: &'static str,
}

impl Tail {
    /// Whoever was named just before, as the subject of the sentence.
    fn they() -> Self {
        Self { who: "they".to_owned(), whom: "them".to_owned(), is: "are", has: "have", s: "" }
    }

    fn named(name: String) -> Self {
        Self { whom: name.clone(), who: name, is: "is", has: "has", s: "s" }
    }
}

/// The node stepped to, as seen from the node stepped from.
fn joined(world: &World<'_>, hop: &Hop, tail: &Tail) -> String {
    let Tail { who, whom, is, has, s } = tail;
    let relations = &world.snapshot.relations;
    let out = hop.direction == Direction::Out;
    let kind = relations.kind(hop.relation);
    // Free words about people are for those who may see people.
    let open = world.task.reader.sight == Sight::Full;
    let title = relations.title(hop.relation).filter(|_| open || kind == RelationKind::RoleAt);
    match (kind, out) {
        (RelationKind::Knows, _) => match title {
            Some(title) => format!("whom {who} know{s} ({title})"),
            None => format!("whom {who} know{s}"),
        },
        (RelationKind::ContactOf, true) => format!("with whom {who} {is} in contact"),
        (RelationKind::ContactOf, false) => "who is in contact with them".to_owned(),
        (RelationKind::RoleAt, true) => match title {
            Some(title) => format!("where {who} {is} {title}"),
            None => format!("where {who} {has} a role"),
        },
        (RelationKind::RoleAt, false) => match title {
            Some(title) => format!("{title} there"),
            None => "who has a role there".to_owned(),
        },
        (RelationKind::MemberOf, true) => format!("of which {who} {is} a member"),
        (RelationKind::MemberOf, false) => "one of its members".to_owned(),
        (RelationKind::Convenes, true) => format!("which {who} convene{s}"),
        (RelationKind::Convenes, false) => format!("who convenes {whom}"),
        (RelationKind::PartnersWith, _) => format!("a partner of {whom}"),
        (RelationKind::Funds, true) => format!("which {who} fund{s}"),
        (RelationKind::Funds, false) => format!("a funder of {whom}"),
        (RelationKind::CommissionedBy, true) => "its commissioner".to_owned(),
        (RelationKind::CommissionedBy, false) => "which it commissions".to_owned(),
        (RelationKind::InGeographyOf, true) => "in whose geography it is".to_owned(),
        (RelationKind::InGeographyOf, false) => "which is in its geography".to_owned(),
        (RelationKind::OperatedBy, true) => "which operates it".to_owned(),
        (RelationKind::OperatedBy, false) => "which it operates".to_owned(),
        (RelationKind::PartnerTo, true) => "of which it is a core partner".to_owned(),
        (RelationKind::PartnerTo, false) => "one of its core partners".to_owned(),
        (RelationKind::SubdivisionOf | RelationKind::ConstituentOf, true) => "of which it is part".to_owned(),
        (RelationKind::SubdivisionOf | RelationKind::ConstituentOf, false) => "which is part of it".to_owned(),
        (RelationKind::DirectedBy, true) => "which directs it".to_owned(),
        (RelationKind::DirectedBy, false) => "which it directs".to_owned(),
        (RelationKind::Hosts, true) => "which it hosts".to_owned(),
        (RelationKind::Hosts, false) => "its host".to_owned(),
        (RelationKind::Supports, true) => "which it supports".to_owned(),
        (RelationKind::Supports, false) => "which supports it".to_owned(),
        (RelationKind::Serves, _) => format!("who {}", serves(world, hop)),
        // Never a hop.
        (
            RelationKind::SucceededBy
            | RelationKind::LocatedIn
            | RelationKind::Covers
            | RelationKind::Uses
            | RelationKind::SimilarTo,
            _,
        ) => String::new(),
    }
}
