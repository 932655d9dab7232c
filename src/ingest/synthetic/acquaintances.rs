//! Who knows whom. Most people know two or three others near by, brokers know dozens; the better known are met more
//! often. Neighbours know neighbours; ties between the two regions are few.

use super::dice::Dice;
use super::people::{Part, PersonIx, reference};
use super::places::{City, Patch};
use super::ties::{Seen, Tie};
use super::{Chapter, Story};
use crate::model::RelationKind;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Everybody once, and once more for each tie.
#[derive(Default)]
struct Urns {
    patches: BTreeMap<Patch, Vec<PersonIx>>,
    cities: BTreeMap<City, Vec<PersonIx>>,
}

impl Urns {
    fn put(&mut self, person: PersonIx, patch: Patch) {
        self.patches.entry(patch).or_default().push(person);
        self.cities.entry(patch.city()).or_default().push(person);
    }

    fn draw(&self, dice: &mut Dice, patch: Patch) -> Option<PersonIx> {
        let urn = match dice.below(250) {
            0 => self.cities.iter().find(|(city, _)| **city != patch.city()).map(|(_, urn)| urn),
            1..160 => self.patches.get(&patch),
            _ => self.cities.get(&patch.city()),
        };
        urn.and_then(|urn| dice.one(urn))
    }
}

const HOW: &[(usize, &str)] = &[
    (72, ""),
    (9, "used to work together"),
    (7, "trained together"),
    (5, "volunteer together"),
    (4, "sit on the same steering group"),
    (3, "neighbours"),
];

pub(super) fn meet(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::Acquaintances);
    let people = story.who(|person| matches!(person.part, Part::Staff | Part::Neighbour));
    let mut urns = Urns::default();
    for person in &people {
        let times = if story.people()[*person].broker { 6 } else { 1 };
        for _ in 0..times {
            urns.put(*person, story.people()[*person].patch);
        }
    }
    let mut pairs: FxHashSet<(PersonIx, PersonIx)> = FxHashSet::default();
    for person in people {
        let patch = story.people()[person].patch;
        let ties = if story.people()[person].broker {
            dice.between(8, 24)
        } else {
            let ties = [(44, 1), (28, 2), (15, 3), (8, 4), (3, 7), (2, 12)];
            dice.weighted(&ties).unwrap_or(1)
        };
        for _ in 0..ties {
            // Whom one knows already does not count again.
            let other = (0..4).find_map(|_| {
                urns.draw(&mut dice, patch)
                    .filter(|other| *other != person && pairs.insert((person.min(*other), person.max(*other))))
            });
            let Some(other) = other else { continue };
            let seen = Seen::at_random(&mut dice);
            let mut tie = Tie::new(&mut dice, RelationKind::Knows, &reference(person), &reference(other), seen)
                .titled(dice.weighted(HOW).unwrap_or_default())
                .strong(
                    dice.weighted(&[(62, ""), (12, "0.3"), (14, "0.7"), (8, "0.8"), (4, "0.9")]).unwrap_or_default(),
                );
            tie.one_way = dice.chance(4);
            story.tie(tie);
            urns.put(person, patch);
            urns.put(other, story.people()[other].patch);
        }
    }
}

/// A broker near by knows a person, and somebody of the team knows the broker.
pub(super) fn through_a_broker(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, seen: Seen) {
    let patch = story.people()[person].patch;
    let ready = |story: &Story<'_>, near: &dyn Fn(Patch) -> bool| -> Vec<PersonIx> {
        let fits = |broker: &PersonIx| {
            let broker_is = &story.people()[*broker];
            *broker != person && broker_is.introduces() && near(broker_is.patch)
        };
        story.brokers.iter().copied().filter(fits).collect()
    };
    let mut brokers = ready(story, &|other| other == patch);
    if brokers.is_empty() {
        brokers = ready(story, &|other| other.city() == patch.city());
    }
    let Some(broker) = dice.one(&brokers) else { return };
    let tie = Tie::new(dice, RelationKind::Knows, &reference(broker), &reference(person), seen);
    story.tie(tie.strong(dice.one(&["0.6", "0.7", "0.8"]).unwrap_or_default()));
    super::team::knows(story, dice, broker, seen);
}

/// When a way in that is meant to be good was last seen.
pub(super) fn freshly(dice: &mut Dice) -> Seen {
    if dice.chance(75) { Seen::Lately } else { Seen::LastYear }
}
