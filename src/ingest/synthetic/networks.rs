//! Networks: who comes together, who calls them together. Most are informal and made up; a few real ones gain made-up
//! members.

mod table;

use super::dice::Dice;
use super::people::{Part, PersonIx, reference};
use super::places::City;
use super::ties::{Seen, Tie};
use super::{Chapter, Story};
use crate::model::{OrganisationKind, RelationKind};
pub(super) use table::Network;
use table::{NETWORKS, REAL};

/// Fills the networks, and gives the made-up ones.
pub(super) fn gather(story: &mut Story<'_>) -> &'static [Network] {
    let mut dice = story.dice(Chapter::Networks);
    for network in NETWORKS {
        fill(story, &mut dice, network);
    }
    for (network, city, titles, count) in REAL {
        if story.places.holds(network) {
            let fit = holders(story, *city, titles);
            for person in dice.some(&fit, *count) {
                join(story, &mut dice, RelationKind::MemberOf, &reference(person), network);
            }
        }
    }
    NETWORKS
}

fn fill(story: &mut Story<'_>, dice: &mut Dice, network: &Network) {
    let near = |patch: super::places::Patch| network.patches().any(|place| place == patch);
    let people = story.who(|person| matches!(person.part, Part::Staff | Part::Neighbour) && near(person.patch));
    let (connectors, others): (Vec<PersonIx>, Vec<PersonIx>) = if network.titles.is_empty() {
        people
            .iter()
            .partition(|person| story.people()[**person].broker || story.people()[**person].part == Part::Neighbour)
    } else {
        let holders = holders(story, network.city(), network.titles);
        people.iter().partition(|person| holders.binary_search(person).is_ok())
    };
    let mut members = dice.some(&connectors, network.size * 2 / 3);
    members.extend(dice.some(&others, if network.titles.is_empty() { network.size - network.size * 2 / 3 } else { 2 }));
    let convenor = members.first().copied();
    for person in members {
        let kind = if Some(person) == convenor { RelationKind::Convenes } else { RelationKind::MemberOf };
        join(story, dice, kind, &reference(person), network.reference);
    }
    let bodies = story.places.which(|body| near(body.patch) && network.kinds.contains(&body.kind));
    for (place, body) in dice.some(&bodies, network.bodies).into_iter().enumerate() {
        let from = story.body(body).reference.clone();
        // A body with an office usually calls a formal network together.
        let convenes = place == 0 && network.formal;
        let kind = if convenes { RelationKind::Convenes } else { RelationKind::MemberOf };
        join(story, dice, kind, &from, network.reference);
    }
}

fn join(story: &mut Story<'_>, dice: &mut Dice, kind: RelationKind, from: &str, network: &str) {
    let seen = Seen::at_random(dice);
    let tie = Tie::new(dice, kind, from, network, seen);
    let tie = if seen == Seen::LongAgo && dice.chance(25) { tie.ended(dice) } else { tie };
    story.tie(tie);
}

/// Those in a city who have a post with one of these titles, in the order of the cast.
fn holders(story: &Story<'_>, city: City, titles: &[&str]) -> Vec<PersonIx> {
    let mut holders: Vec<PersonIx> = story
        .posts
        .iter()
        .filter(|post| titles.contains(&post.title) && story.body(post.body).patch.city() == city)
        .map(|post| post.person)
        .collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}

/// Bodies of the voluntary sector and those that hold it together.
const VOLUNTARY: &[OrganisationKind] =
    &[OrganisationKind::Vcfse, OrganisationKind::Cvs, OrganisationKind::Tsi, OrganisationKind::Healthwatch];
