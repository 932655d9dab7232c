//! Why a path comes before the next one, in a sentence: the step that counts most against the next, and what is weak about
//! it. `explain` calls it. It names no person to those who may not see people.

use super::answer::{Hop, Path};
use super::ask;
use super::costs::Factors;
use super::rules::World;
use crate::model::{EvidenceKind, HopClass, ServeMode};
use std::cmp::Reverse;

/// What stands behind a path's place before the next.
pub fn against(world: &World<'_>, path: &Path, next: &Path) -> String {
    if path.cost == next.cost {
        return match next.hops.len().saturating_sub(path.hops.len()) {
            0 => "As likely as the next and as short: which of the two comes first means nothing.".to_owned(),
            more => format!("As likely as the next, and {} shorter.", steps(more)),
        };
    }
    let lead = lead(path.probability, next.probability);
    let (ours, theirs) = (apart(path, next), apart(next, path));
    let Some((decisive, instead)) = decisive(&ours, &theirs) else { return format!("{lead}.") };
    let more = next.hops.len().saturating_sub(path.hops.len());
    if more > 0 && ours.iter().any(|hop| hop.cost >= decisive.cost) {
        // None of its steps is worse; it has too many of them.
        return format!("{lead}: that one takes {} more.", steps(more));
    }
    format!(
        "{lead}: what counts most against that one is the step from {} to {}, because {}.",
        ask::name(world, decisive.from),
        ask::name(world, decisive.to),
        weakness(world, decisive, instead)
    )
}

fn steps(count: usize) -> String {
    if count == 1 { "one step".to_owned() } else { format!("{count} steps") }
}

fn lead(probability: f64, next: f64) -> String {
    match (percent(probability), percent(next)) {
        (same, other) if same == other => "Slightly likelier than the next".to_owned(),
        (ours, theirs) => format!("Likelier than the next ({ours} against {theirs})"),
    }
}

fn percent(probability: f64) -> String {
    if probability < 0.01 { "under 1%".to_owned() } else { format!("{:.0}%", probability * 100.0) }
}

/// The steps of a path that another does not take.
fn apart<'a>(path: &'a Path, other: &Path) -> Vec<&'a Hop> {
    let taken = |hop: &Hop| other.hops.iter().any(|known| (known.from, known.relation) == (hop.from, hop.relation));
    path.hops.iter().filter(|hop| !taken(hop)).collect()
}

/// The step that costs most more than the one in the same place, and that one; where the places do not answer to one
/// another, the step that costs most. The earlier of equal ones.
fn decisive<'a>(ours: &[&'a Hop], theirs: &[&'a Hop]) -> Option<(&'a Hop, Option<&'a Hop>)> {
    let instead = |place: usize| ours.get(place).copied().filter(|_| ours.len() == theirs.len());
    let loss = |place: usize| {
        let own = instead(place).map_or(0, |hop| i64::from(hop.cost));
        (i64::from(theirs[place].cost) - own, Reverse(place))
    };
    (0..theirs.len()).max_by_key(|place| loss(*place)).map(|place| (theirs[place], instead(place)))
}

#[derive(Clone, Copy)]
enum Factor {
    Freshness,
    Hub,
    Confidence,
    Strength,
}

/// What a step loses most by, against another if there is one in its place.
fn weakness(world: &World<'_>, hop: &Hop, instead: Option<&Hop>) -> String {
    let whole = Factors { strength: 1.0, freshness: 1.0, confidence: 1.0, hub: 1.0 };
    let (own, other) = (hop.factors, instead.map_or(whole, |hop| hop.factors));
    let left = [
        (own.freshness / other.freshness, Factor::Freshness),
        (own.hub / other.hub, Factor::Hub),
        (own.confidence / other.confidence, Factor::Confidence),
        (own.strength / other.strength, Factor::Strength),
    ];
    let least = left.into_iter().min_by(|(a, _), (b, _)| a.total_cmp(b)).map_or(Factor::Strength, |(_, factor)| factor);
    let relations = &world.snapshot.relations;
    match least {
        Factor::Freshness => match (relations.last_confirmed_on(hop.relation), relations.valid_from(hop.relation)) {
            (Some(day), _) => format!("it was last confirmed on {day}"),
            (None, Some(day)) => format!("nobody has confirmed it since it began on {day}"),
            (None, None) => "nobody knows when it was last true".to_owned(),
        },
        Factor::Hub => format!("{} has very many ties of this kind", ask::name(world, hop.from)),
        Factor::Confidence => believed(relations.best_evidence(hop.relation)).to_owned(),
        Factor::Strength => tie(relations.mode(hop.relation), hop.class).to_owned(),
    }
}

const fn believed(evidence: EvidenceKind) -> &'static str {
    match evidence {
        EvidenceKind::FirstHand | EvidenceKind::OfficialRegister => "it is not certain",
        EvidenceKind::Documented => "it is only documented, not known at first hand",
        EvidenceKind::Imported => "it is only known from an imported file",
        EvidenceKind::Inferred => "it is only a guess",
    }
}

const fn tie(mode: Option<ServeMode>, class: HopClass) -> &'static str {
    match class {
        HopClass::Structural => "the two are joined on paper, not necessarily in person",
        HopClass::Trust => match mode {
            Some(ServeMode::Signposting) | None => "it only points people of the group to help elsewhere",
            Some(ServeMode::PeerLed | ServeMode::DirectService | ServeMode::Advocacy | ServeMode::Faith) => {
                "the group may not trust it much"
            }
        },
        HopClass::Warm | HopClass::Role | HopClass::Network => "the tie is not a strong one",
    }
}
