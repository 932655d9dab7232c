//! Our own team of eight: where they work, which working groups they sit in, whom they know. Some of their contacts
//! are of this year, some nobody has spoken to since 2019.

use super::dice::Dice;
use super::people::{Part, PersonIx, reference};
use super::places::City;
use super::ties::{Seen, Tie};
use super::{Chapter, Story};
use crate::model::{OrganisationKind, RelationKind};

struct Seat {
    city: City,
    title: &'static str,
    body: &'static str,
    group_title: &'static str,
    group: &'static str,
}

const fn seat(
    city: City,
    title: &'static str,
    body: &'static str,
    group_title: &'static str,
    group: &'static str,
) -> Seat {
    Seat { city, title, body, group_title, group }
}

const LIVERPOOL_UNIVERSITY: &str = "GB-UKPRN:10006842";
const GLASGOW_UNIVERSITY: &str = "GB-UKPRN:10007794";

const SEATS: [Seat; 8] = [
    seat(City::Liverpool, "programme co-lead", LIVERPOOL_UNIVERSITY, "chair", "network:programme-management-group"),
    seat(City::Glasgow, "programme co-lead", GLASGOW_UNIVERSITY, "chair", "network:systems-futures"),
    seat(City::Liverpool, "public involvement lead", LIVERPOOL_UNIVERSITY, "co-lead", "network:people-insights"),
    seat(City::Glasgow, "public involvement lead", GLASGOW_UNIVERSITY, "co-lead", "network:people-insights"),
    seat(
        City::Liverpool,
        "health data scientist",
        "team:org/civic-health-innovation-labs",
        "co-lead",
        "network:health-care-intelligence",
    ),
    seat(
        City::Glasgow,
        "GP and researcher",
        "team:org/nhs-west-of-scotland-innovation-hub",
        "member",
        "network:health-care-intelligence",
    ),
    seat(
        City::Liverpool,
        "community engagement officer",
        "team:org/liverpool-city-region-civic-data-cooperative",
        "facilitator",
        "network:ppie-group",
    ),
    seat(
        City::Glasgow,
        "community engagement officer",
        "team:org/byres-community-hub",
        "member",
        "network:people-insights",
    ),
];

pub(super) fn join(story: &mut Story<'_>) {
    let mut dice = story.dice(Chapter::Team);
    for seat in &SEATS {
        let Some(person) = story.casting.cast(Part::Team, seat.city.centre()) else { return };
        for (title, to) in [(seat.title, seat.body), (seat.group_title, seat.group)] {
            if story.places.holds(to) {
                let tie = Tie::new(&mut dice, RelationKind::RoleAt, &reference(person), to, Seen::Lately);
                story.tie(tie.titled(title));
            }
        }
    }
}

/// The members of the team who work in a city.
pub(super) fn members(story: &Story<'_>, city: City) -> Vec<PersonIx> {
    story.who(|person| person.part == Part::Team && person.patch.city() == city)
}

/// Somebody of the team knows a person.
pub(super) fn knows(story: &mut Story<'_>, dice: &mut Dice, person: PersonIx, seen: Seen) {
    let ours = members(story, story.people()[person].patch.city());
    if let Some(member) = dice.one(&ours) {
        let tie = Tie::new(dice, RelationKind::Knows, &reference(member), &reference(person), seen);
        let strength = dice.one(&["0.6", "0.7", "0.8"]).unwrap_or_default();
        story.tie(tie.strong(strength));
    }
}

/// Somebody of the team is in contact with a body.
pub(super) fn contacts_body(story: &mut Story<'_>, dice: &mut Dice, body: usize, seen: Seen) {
    let ours = members(story, story.body(body).patch.city());
    if let Some(member) = dice.one(&ours) {
        let to = story.body(body).reference.clone();
        let tie = Tie::new(dice, RelationKind::ContactOf, &reference(member), &to, seen);
        let strength = dice.one(&["0.5", "0.6", "0.7", "0.8"]).unwrap_or_default();
        story.tie(tie.strong(strength));
    }
}

/// What each of the team has in their address book besides: some brokers, some bodies, one person of the other city.
pub(super) fn contacts(story: &mut Story<'_>) {
    use OrganisationKind::{Cvs, Healthwatch, Hin, Hscp, NhsTrust, Pcn, SubIcbLocation, Tsi, Vcfse};
    let mut dice = story.dice(Chapter::Contacts);
    for city in City::BOTH {
        let brokers: Vec<PersonIx> =
            story.brokers.iter().copied().filter(|broker| story.people()[*broker].patch.city() == city).collect();
        let strangers: Vec<PersonIx> =
            story.brokers.iter().copied().filter(|broker| story.people()[*broker].patch.city() != city).collect();
        let bodies = story.places.which(|body| {
            body.patch.city() == city
                && matches!(body.kind, Cvs | Healthwatch | Hin | Hscp | NhsTrust | Pcn | SubIcbLocation | Tsi | Vcfse)
        });
        for member in members(story, city) {
            let others: Vec<PersonIx> = dice.some(&brokers, 7).into_iter().chain(dice.one(&strangers)).collect();
            for other in others {
                let seen = Seen::at_random(&mut dice);
                let tie = Tie::new(&mut dice, RelationKind::Knows, &reference(member), &reference(other), seen);
                story.tie(tie);
            }
            for body in dice.some(&bodies, 7) {
                let seen = Seen::at_random(&mut dice);
                let to = story.body(body).reference.clone();
                story.tie(Tie::new(&mut dice, RelationKind::ContactOf, &reference(member), &to, seen));
            }
        }
    }
}
