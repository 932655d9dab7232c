//! Who works where: posts at real bodies from the table of jobs, second posts for those who connect people, and posts
//! that have ended. Rural practices stay empty, but for those whose door the story opens.

use super::dice::Dice;
use super::jobs::{JOBS, Job};
use super::people::{Part, PersonIx, reference};
use super::places::{City, Patch};
use super::ties::{Seen, Tie};
use super::{Chapter, Post, Story, day, rural};
use crate::model::{OrganisationKind, RelationKind};

/// Of how many people one has no post anywhere.
const NEIGHBOURS: usize = 11;

/// People who are known where they live, half of them in the two cities themselves.
pub(super) fn neighbours(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::Neighbours);
    let patches: Vec<Patch> = Patch::all().collect();
    for _ in 0..story.casting.left() / NEIGHBOURS {
        let patch = if dice.chance(60) {
            let city = if dice.chance(60) { City::Liverpool } else { City::Glasgow };
            city.centre()
        } else {
            dice.one(&patches).unwrap_or(City::Liverpool.centre())
        };
        story.casting.cast(Part::Neighbour, patch);
    }
}

/// Fills posts until everybody is placed. Who finds none is a neighbour.
pub(super) fn employ(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::Staff);
    for (body, job) in vacancies(story, &mut dice) {
        let Some(person) = story.casting.cast(Part::Staff, story.body(body).patch) else { return };
        take_up(story, &mut dice, person, body, job);
    }
    let patches: Vec<Patch> = Patch::all().collect();
    while let Some(patch) = dice.one(&patches).filter(|_| story.casting.left() > 0) {
        story.casting.cast(Part::Neighbour, patch);
    }
}

/// The posts to fill, in the order in which they are filled: rural doors, bodies of which there are few, the others.
fn vacancies(story: &Story<'_>, dice: &mut Dice) -> Vec<(usize, Job)> {
    let doors = rural::doors(story.places, story.seed);
    let manager = JOBS.iter().find(|job| job.kind == OrganisationKind::GpPractice).copied();
    let mut first: Vec<(usize, Job)> = doors.into_iter().zip(manager.into_iter().cycle()).collect();
    let mut many = Vec::new();
    for body in 0..story.places.bodies.len() {
        let (kind, is_rural) = (story.body(body).kind, story.body(body).rural);
        for job in JOBS.iter().filter(|job| job.kind == kind && !is_rural) {
            let count = job.per_hundred / 100 + usize::from(dice.chance(job.per_hundred % 100));
            let posts = std::iter::repeat_n((body, *job), count);
            if matches!(kind, OrganisationKind::GpPractice | OrganisationKind::Vcfse | OrganisationKind::Pcn) {
                many.extend(posts);
            } else {
                first.extend(posts);
            }
        }
    }
    dice.shuffle(&mut many);
    first.append(&mut many);
    first
}

fn take_up(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, body: usize, job: Job) {
    let seen = Seen::at_random(dice);
    let to = story.body(body).reference.clone();
    let mut tie = Tie::new(dice, RelationKind::RoleAt, &reference(person), &to, seen).titled(job.title);
    tie.gatekeeper = dice.chance(job.gatekeepers);
    tie.champion = dice.chance(4);
    // Some posts run out on a day that is known already.
    if seen == Seen::Lately && dice.chance(6) {
        tie.valid_to = dice.one(&[day(2030, 4, 1), day(2031, 4, 1), day(2032, 10, 1)]);
    }
    if story.tie(tie) {
        story.posts.push(Post { person, body, title: job.title });
    }
}

/// What people do besides their work, by the kind of body they do it at.
const BESIDES: &[(OrganisationKind, &str)] = &[
    (OrganisationKind::Vcfse, "trustee"),
    (OrganisationKind::Vcfse, "volunteer"),
    (OrganisationKind::Healthwatch, "volunteer"),
    (OrganisationKind::University, "honorary research fellow"),
    (OrganisationKind::Cvs, "board member"),
    (OrganisationKind::Tsi, "board member"),
    (OrganisationKind::TestbedHub, "advisory group member"),
    (OrganisationKind::Hscp, "locality forum member"),
];

/// Those whose work is to connect people become brokers, most with a second post; clinical directors often see
/// patients too; others keep a trace of the post they had before.
pub(super) fn second_posts(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::SecondPosts);
    for Post { person, body, title } in story.posts.clone() {
        let connects = JOBS.iter().any(|job| job.connects && job.title == title && job.kind == story.body(body).kind);
        if connects && dice.chance(18) {
            if dice.chance(85) {
                story.casting.people[person].agree();
            }
            story.casting.people[person].broker = true;
            story.brokers.push(person);
            if dice.chance(80) {
                besides(story, &mut dice, person, body);
            }
        } else if title == "clinical director" && dice.chance(50) {
            let patch = story.body(body).patch;
            let practices = story
                .places
                .which(|other| other.kind == OrganisationKind::GpPractice && other.patch == patch && !other.rural);
            if let Some(practice) = dice.one(&practices) {
                second(story, &mut dice, person, practice, "GP partner");
            }
        } else if dice.chance(9) {
            before(story, &mut dice, person, body);
        }
    }
}

fn besides(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, body: usize) {
    let patch = story.body(body).patch;
    let may = |other: &super::places::Body| BESIDES.iter().any(|(kind, _)| *kind == other.kind);
    let mut near = story.places.which(|other| other.patch == patch && may(other));
    if near.len() < 4 {
        near = story.places.which(|other| other.patch.city() == patch.city() && may(other));
    }
    near.retain(|other| *other != body);
    let Some(other) = dice.one(&near) else { return };
    let titles: Vec<&str> =
        BESIDES.iter().filter(|(kind, _)| *kind == story.body(other).kind).map(|(_, title)| *title).collect();
    if let Some(title) = dice.one(&titles) {
        second(story, dice, person, other, title);
    }
}

pub(super) fn second(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, body: usize, title: &'static str) {
    let seen = if dice.chance(70) { Seen::Lately } else { Seen::LastYear };
    let tie = Tie::new(dice, RelationKind::RoleAt, &reference(person), &story.places.bodies[body].reference, seen);
    if story.tie(tie.titled(title)) {
        story.posts.push(Post { person, body, title });
    }
}

/// A post elsewhere in the region that has ended.
fn before(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, body: usize) {
    let city = story.body(body).patch.city();
    let elsewhere = story.places.which(|other| other.patch.city() == city && !other.rural);
    let Some(other) = dice.one(&elsewhere).filter(|other| *other != body) else { return };
    let jobs: Vec<&Job> = JOBS.iter().filter(|job| job.kind == story.body(other).kind).collect();
    let Some(job) = dice.one(&jobs) else { return };
    let seen = if dice.chance(60) { Seen::LongAgo } else { Seen::SomeYearsAgo };
    let to = story.body(other).reference.clone();
    let tie = Tie::new(dice, RelationKind::RoleAt, &reference(person), &to, seen).titled(job.title).ended(dice);
    story.tie(tie);
}
