//! Rural practices: a handful have a manager whom a broker knows; to the others only the register leads.

use super::acquaintances::through_a_broker;
use super::dice::Dice;
use super::places::Places;
use super::ties::Seen;
use super::{Chapter, Story};
use crate::model::{ConsentStatus, OrganisationKind};

/// The one rural practice of Cheshire and Merseyside on `SystmOne`: somebody should know it.
const CULCHETH: &str = "GB-NHS:N81059";

/// How many rural practices have anybody at all.
const DOORS: usize = 6;

/// The rural practices where somebody works, in the order in which their doors open.
pub(super) fn doors(places: &Places, seed: u64) -> Vec<usize> {
    let mut dice = Dice::new(seed, Chapter::RuralDoors as u64);
    let known = places.find(CULCHETH);
    let mut others = places.which(|body| body.rural && body.kind == OrganisationKind::GpPractice);
    others.retain(|body| Some(*body) != known);
    dice.shuffle(&mut others);
    known.into_iter().chain(others).take(DOORS).collect()
}

/// The first half of the managers will introduce us; of the others one was not asked and one said no.
pub(super) fn open_doors(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::Rural);
    for (place, body) in doors(story.places, story.seed).into_iter().enumerate() {
        let Some(person) = story.posts.iter().find(|post| post.body == body).map(|post| post.person) else { continue };
        let answer = match place {
            0..3 => ConsentStatus::Granted,
            3 => ConsentStatus::NotAsked,
            4 => ConsentStatus::Refused,
            _ => continue,
        };
        let manager = &mut story.casting.people[person];
        manager.agree();
        manager.introduce = answer;
        through_a_broker(story, &mut dice, person, Seen::Lately);
    }
}
