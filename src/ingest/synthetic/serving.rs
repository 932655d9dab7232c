//! Who serves whom, as the plan says, and which bodies are partners. Bodies that a published list already names for a
//! group come first; nobody is chosen by name.

use super::acquaintances::{freshly, through_a_broker};
use super::dice::Dice;
use super::networks::Network;
use super::people::{Part, PersonIx, reference};
use super::places::{Body, City};
use super::plan::{Cover, PLAN};
use super::ties::{Seen, Tie};
use super::{Chapter, Story, staff, team};
use crate::model::{OrganisationKind, RelationKind, ServeMode};
use OrganisationKind::{Cvs, GpPractice, Healthwatch, Hscp, NhsTrust, Pcn, TestbedHub, Tsi, Vcfse};
use ServeMode::{Advocacy, DirectService, Faith, PeerLed, Signposting};

pub(super) fn serves(dice: &mut Dice, from: &str, group: &str, mode: ServeMode, seen: Seen) -> Tie {
    let strength = dice.weighted(&[(70, ""), (10, "0.5"), (12, "0.75"), (8, "0.9")]).unwrap_or_default();
    Tie::new(dice, RelationKind::Serves, from, group, seen).mode(mode).strong(strength)
}

pub(super) fn serve(story: &mut Story<'_>, networks: &[Network]) {
    let mut dice = story.dice(Chapter::Serving);
    for network in networks {
        for (group, mode) in network.serves.iter().filter(|(group, _)| story.places.holds(group)) {
            let seen = Seen::at_random(&mut dice);
            let tie = serves(&mut dice, network.reference, group, *mode, seen);
            story.tie(tie);
        }
    }
    for (group, city, cover) in PLAN {
        if story.places.holds(group) {
            match cover {
                Cover::Well => well(story, &mut dice, group, *city),
                Cover::Some => somewhat(story, &mut dice, group, *city),
                Cover::Ended | Cover::Stale => once(story, &mut dice, group, *city, *cover),
                Cover::Guessed => guessed(story, &mut dice, group, *city),
                // One person's strand each.
                _ => {}
            }
        }
    }
}

/// Bodies of the city itself, then those around it; before the others, those that a list names for the group.
fn bodies(story: &Story<'_>, dice: &mut Dice, group: &str, city: City, kinds: &[OrganisationKind]) -> Vec<usize> {
    let mut found = story.places.which(|body| body.patch.city() == city && body.apt && kinds.contains(&body.kind));
    dice.shuffle(&mut found);
    found.sort_by_key(|body| {
        let Body { patch, serves, .. } = story.body(*body);
        let named = serves.iter().any(|known| known == group);
        // A list that names it for others only speaks against this one.
        (*patch != city.centre(), !named, !serves.is_empty())
    });
    found
}

/// In what way a body may serve a group.
fn mode_of(dice: &mut Dice, body: &Body, group: &str) -> ServeMode {
    let modes = match body.kind {
        Vcfse if body.serves.iter().any(|known| known == group) => [(80, DirectService), (20, Advocacy), (0, PeerLed)],
        Vcfse => [(60, DirectService), (25, Advocacy), (15, PeerLed)],
        Hscp => [(60, DirectService), (20, Advocacy), (20, Signposting)],
        GpPractice | Pcn => [(25, DirectService), (5, Advocacy), (70, Signposting)],
        _ => [(15, DirectService), (45, Advocacy), (40, Signposting)],
    };
    dice.weighted(&modes).unwrap_or(Signposting)
}

/// How a way in leads to one of the bodies that serve a group well.
#[derive(Clone, Copy)]
enum Way {
    Contact(Seen),
    Partner,
    FrontDoor,
}

/// The bodies where some of the team work, city by city.
const OURS: [[&str; 2]; 2] = [
    ["team:org/liverpool-city-region-civic-data-cooperative", "team:org/civic-health-innovation-labs"],
    ["team:org/byres-community-hub", "team:org/nhs-west-of-scotland-innovation-hub"],
];

/// Bodies of the city, each with its way in; some around it; some that point people on; and people.
fn well(story: &mut Story<'_>, dice: &mut Dice, group: &str, city: City) {
    let voluntary = bodies(story, dice, group, city, &[Vcfse, Cvs, Tsi, Healthwatch]);
    let (inside, around): (Vec<usize>, Vec<usize>) =
        voluntary.iter().partition(|body| story.body(**body).patch == city.centre());
    let ways = [Way::Contact(Seen::Lately), Way::Partner, Way::FrontDoor, Way::Contact(Seen::LongAgo), Way::FrontDoor];
    for (body, way) in inside.into_iter().zip(ways) {
        let mode = mode_of(dice, story.body(body), group);
        body_serves(story, dice, body, group, mode, Seen::Lately);
        match way {
            Way::Contact(seen) => team::contacts_body(story, dice, body, seen),
            Way::Partner => partner_of_ours(story, dice, city, body),
            Way::FrontDoor => front_door(story, dice, body),
        }
    }
    let clinics =
        story.places.which(|body| body.patch == city.centre() && matches!(body.kind, GpPractice | Pcn | Hscp));
    let others = dice.some(&around[..around.len().min(24)], 3);
    for body in others.into_iter().chain(dice.some(&clinics, 2)) {
        let (mode, seen) = (mode_of(dice, story.body(body), group), Seen::at_random(dice));
        body_serves(story, dice, body, group, mode, seen);
    }
    for (mode, title, agrees) in [
        (PeerLed, None, true),
        (PeerLed, None, false),
        (Faith, Some("faith and community lead"), true),
        (Advocacy, Some("social prescribing link worker"), true),
    ] {
        if let Some(person) = somebody(story, dice, city, title) {
            person_serves(story, dice, person, group, mode, agrees);
        }
    }
}

fn partner_of_ours(story: &mut Story<'_>, dice: &mut Dice, city: City, body: usize) {
    if let Some(ours) = dice.one(&OURS[city as usize]).filter(|ours| story.places.holds(ours)) {
        let to = story.body(body).reference.clone();
        let tie = Tie::new(dice, RelationKind::PartnersWith, ours, &to, Seen::Lately);
        story.tie(tie.strong(dice.one(&["0.8", "0.85", "0.9"]).unwrap_or_default()));
    }
}

fn somewhat(story: &mut Story<'_>, dice: &mut Dice, group: &str, city: City) {
    let found = bodies(story, dice, group, city, &[Vcfse, Cvs, Tsi]);
    for (place, body) in found.into_iter().take(2).enumerate() {
        let mode = mode_of(dice, story.body(body), group);
        let seen = Seen::at_random(dice);
        body_serves(story, dice, body, group, mode, seen);
        if place == 0 {
            front_door(story, dice, body);
        }
    }
    if let Some(person) = somebody(story, dice, city, None) {
        let agrees = dice.chance(60);
        person_serves(story, dice, person, group, PeerLed, agrees);
    }
}

/// A body that the team knows served the group until a few years ago, or did when last anybody looked.
fn once(story: &mut Story<'_>, dice: &mut Dice, group: &str, city: City, cover: Cover) {
    let found = bodies(story, dice, group, city, &[Vcfse, Cvs, Tsi]);
    if let Some(body) = found.first().copied() {
        let tie = serves(dice, &story.body(body).reference, group, DirectService, Seen::LongAgo);
        let tie = if cover == Cover::Ended { tie.ended(dice) } else { tie };
        story.tie(tie);
        team::contacts_body(story, dice, body, Seen::LastYear);
    }
}

/// The team knows a body that a list guesses to serve the group.
fn guessed(story: &mut Story<'_>, dice: &mut Dice, group: &str, city: City) {
    let named = story.places.which(|body| body.patch.city() == city && body.serves.iter().any(|known| known == group));
    if let Some(body) = named.first().copied() {
        team::contacts_body(story, dice, body, Seen::LastYear);
    }
}

fn body_serves(story: &mut Story<'_>, dice: &mut Dice, body: usize, group: &str, mode: ServeMode, seen: Seen) {
    let tie = serves(dice, &story.body(body).reference, group, mode, seen);
    story.tie(tie);
}

fn person_serves(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, group: &str, mode: ServeMode, agrees: bool) {
    let seen = if agrees { Seen::Lately } else { Seen::at_random(dice) };
    let tie = serves(dice, &reference(person), group, mode, seen);
    story.tie(tie);
    if agrees {
        story.casting.people[person].agree();
        let seen = freshly(dice);
        through_a_broker(story, dice, person, seen);
    }
}

/// Somebody at work in the city, with a title or, without one, known where they live.
fn somebody(story: &Story<'_>, dice: &mut Dice, city: City, title: Option<&str>) -> Option<PersonIx> {
    let fits: Vec<PersonIx> = match title {
        None => story.who(|person| person.part == Part::Neighbour && person.patch == city.centre()),
        Some(title) => {
            let here = |body: usize| story.body(body).patch == city.centre();
            story.posts.iter().filter(|post| post.title == title && here(post.body)).map(|post| post.person).collect()
        }
    };
    dice.one(&fits)
}

/// Somebody at a body introduces us: one who works there, else a broker who gets a second post.
fn front_door(story: &mut Story<'_>, dice: &mut Dice, body: usize) {
    let here: Vec<PersonIx> = story.posts.iter().filter(|post| post.body == body).map(|post| post.person).collect();
    if let Some(person) = dice.one(&here) {
        story.casting.people[person].agree();
        let seen = freshly(dice);
        through_a_broker(story, dice, person, seen);
        return;
    }
    let city = story.body(body).patch.city();
    let brokers: Vec<PersonIx> = story
        .brokers
        .iter()
        .copied()
        .filter(|broker| {
            let broker = &story.people()[*broker];
            broker.introduces() && broker.patch.city() == city
        })
        .collect();
    if let Some(broker) = dice.one(&brokers) {
        staff::second(story, dice, broker, body, "volunteer");
        team::knows(story, dice, broker, Seen::LastYear);
    }
}

/// Bodies near each other that work together; those that hold the sector together have most partners.
pub(super) fn partner(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::Partners);
    let kinds = [Vcfse, Cvs, Tsi, TestbedHub, Healthwatch, NhsTrust, Hscp, Pcn];
    let all = story.places.which(|body| kinds.contains(&body.kind));
    for body in all.iter().copied() {
        let (kind, patch) = (story.body(body).kind, story.body(body).patch);
        let wide = dice.chance(25);
        let near: Vec<usize> = all
            .iter()
            .copied()
            .filter(|other| {
                let other = story.body(*other).patch;
                if wide { other.city() == patch.city() } else { other == patch }
            })
            .collect();
        let count = match kind {
            Cvs | Tsi | Healthwatch => dice.between(4, 12),
            Pcn => 0,
            _ => dice.weighted(&[(45, 0), (40, 1), (15, 2)]).unwrap_or(0),
        };
        for other in dice.some(&near, count) {
            let seen = Seen::at_random(&mut dice);
            let (from, to) = (&story.places.bodies[body].reference, &story.places.bodies[other].reference);
            story.tie(Tie::new(&mut dice, RelationKind::PartnersWith, from, to, seen));
        }
    }
}
