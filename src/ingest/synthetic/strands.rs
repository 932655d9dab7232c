//! The strands of the story that hang on single people: kept apart from all others when they are cast, and tied in only
//! as their strand says. They are why there is sometimes no way in.

use super::acquaintances::through_a_broker;
use super::dice::Dice;
use super::people::{Part, PersonIx, reference};
use super::plan::{Cover, PLAN};
use super::serving::serves;
use super::ties::{Seen, Tie};
use super::{Chapter, Story, day, team};
use crate::model::{ConsentStatus, RelationKind, ServeMode};

/// How many people a strand needs, the one who serves last.
fn cast_of(cover: Cover) -> usize {
    match cover {
        Cover::FarAway => 5,
        Cover::OnePerson
        | Cover::Refused
        | Cover::NotAsked
        | Cover::RanOut
        | Cover::LeftAlone
        | Cover::RefusedAndLeftAlone
        | Cover::RefusedAndEnded
        | Cover::Unconnected => 1,
        Cover::Well | Cover::Some | Cover::Ended | Cover::Stale | Cover::Guessed => 0,
    }
}

/// The people kept for each line of the plan.
pub(super) type Kept = Vec<Vec<PersonIx>>;

pub(super) fn keep(story: &mut Story<'_>) -> Kept {
    let cast = |(group, city, cover): &(&str, super::places::City, Cover)| {
        let count = if story.places.holds(group) { cast_of(*cover) } else { 0 };
        (0..count).map_while(|_| story.casting.cast(Part::Kept, city.centre())).collect()
    };
    PLAN.iter().map(cast).collect()
}

pub(super) fn tell(story: &mut Story<'_>, kept: &Kept) {
    let mut dice = story.dice(Chapter::Kept);
    for ((group, _, cover), people) in PLAN.iter().zip(kept) {
        if let Some(last) = people.last().copied().filter(|_| people.len() == cast_of(*cover)) {
            strand(story, &mut dice, group, *cover, people, last);
        }
    }
}

fn strand(story: &mut Story<'_>, dice: &mut Dice, group: &str, cover: Cover, people: &[PersonIx], last: PersonIx) {
    for person in people {
        story.casting.people[*person].agree();
    }
    let modes = [ServeMode::PeerLed, ServeMode::Advocacy, ServeMode::DirectService];
    let mode = dice.one(&modes).unwrap_or(ServeMode::PeerLed);
    let serving = serves(dice, &reference(last), group, mode, Seen::Lately);
    let serving = if cover == Cover::RefusedAndEnded { serving.ended(dice) } else { serving };
    story.tie(serving);
    let person = &mut story.casting.people[last];
    match cover {
        Cover::Refused | Cover::RefusedAndLeftAlone | Cover::RefusedAndEnded => {
            person.introduce = ConsentStatus::Refused;
        }
        Cover::NotAsked => person.introduce = ConsentStatus::NotAsked,
        Cover::RanOut => person.introduce = ConsentStatus::Expired,
        _ => {}
    }
    if matches!(cover, Cover::LeftAlone | Cover::RefusedAndLeftAlone) {
        person.do_not_approach_until = Some(day(2035, 1, 1));
    }
    match cover {
        Cover::Unconnected => {}
        Cover::OnePerson => through_a_broker(story, dice, last, Seen::LastYear),
        Cover::FarAway => {
            through_a_broker(story, dice, people[0], Seen::Lately);
            for pair in people.windows(2) {
                let (from, to) = (reference(pair[0]), reference(pair[1]));
                let tie = Tie::new(dice, RelationKind::Knows, &from, &to, Seen::Lately);
                story.tie(tie.titled("neighbours").strong("0.8"));
            }
        }
        _ => team::knows(story, dice, last, Seen::Lately),
    }
}
