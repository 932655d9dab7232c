//! Who there is: name, ways to reach them, what they agreed to. Addresses end in example.org and telephone numbers come
//! from the ranges that Ofcom keeps free for drama, so nobody can be reached by them.

use super::dice::Dice;
use super::names::{Names, mailbox};
use super::places::{City, Patch};
use super::{Chapter, day};
use crate::model::{ConsentStatus, Date};

/// A person's place in the cast.
pub(super) type PersonIx = usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Team,
    /// Has a job at a body.
    Staff,
    /// Known in their neighbourhood, with no post anywhere.
    Neighbour,
    /// Kept for one strand of the story; nobody is acquainted with them but by that strand.
    Kept,
}

#[derive(Debug)]
pub(super) struct Person {
    pub name: String,
    pub part: Part,
    pub patch: Patch,
    pub email: String,
    pub phone: String,
    pub languages: Vec<&'static str>,
    pub lived_experience: Vec<&'static str>,
    pub contact: ConsentStatus,
    pub introduce: ConsentStatus,
    pub do_not_approach_until: Option<Date>,
    /// Knows very many people, and introduces them to each other.
    pub broker: bool,
}

impl Person {
    /// They said yes to being contacted and to introducing others.
    pub fn agree(&mut self) {
        self.contact = ConsentStatus::Granted;
        self.introduce = ConsentStatus::Granted;
        self.do_not_approach_until = None;
    }

    pub fn introduces(&self) -> bool {
        self.introduce == ConsentStatus::Granted && self.do_not_approach_until.is_none()
    }
}

/// The ref of the person who stands at a place of the cast.
pub(super) fn reference(person: PersonIx) -> String {
    format!("team:person/{:04}", person + 1)
}

const LANGUAGES: &[&str] = &[
    "Arabic",
    "Bengali",
    "British Sign Language",
    "Cantonese",
    "Dari",
    "Farsi",
    "French",
    "Kurdish (Sorani)",
    "Mandarin",
    "Polish",
    "Portuguese",
    "Punjabi",
    "Romanian",
    "Scots",
    "Scottish Gaelic",
    "Somali",
    "Spanish",
    "Tigrinya",
    "Ukrainian",
    "Urdu",
    "Welsh",
];

const LIVED_EXPERIENCE: &[&str] = &[
    "caring for a relative without pay",
    "disability",
    "homelessness",
    "leaving care",
    "living on a low income",
    "mental ill health",
    "neurodivergence",
    "recovery from addiction",
    "seeking asylum",
    "several long-term conditions",
    "time in the armed forces",
];

/// Casts people one after the other.
pub(super) struct Casting {
    pub people: Vec<Person>,
    limit: usize,
    names: Names,
    dice: Dice,
    /// The next drama number of Liverpool, of Glasgow and of mobile telephones.
    numbers: [usize; 3],
}

impl Casting {
    pub fn new(limit: usize, seed: u64) -> Self {
        Self {
            people: Vec::with_capacity(limit),
            limit,
            names: Names::default(),
            dice: Dice::new(seed, Chapter::People as u64),
            numbers: [0; 3],
        }
    }

    pub fn left(&self) -> usize {
        self.limit.saturating_sub(self.people.len())
    }

    /// One more person, unless the cast is complete.
    pub fn cast(&mut self, part: Part, patch: Patch) -> Option<PersonIx> {
        if self.left() == 0 {
            return None;
        }
        let place = self.people.len();
        let dice = &mut self.dice;
        let name = self.names.next(dice, patch.city());
        let (contact, introduce) =
            if part == Part::Team { (ConsentStatus::Granted, ConsentStatus::Granted) } else { consents(dice) };
        let email_known = part == Part::Team || dice.chance(70);
        let phone_known = part == Part::Team || dice.chance(45);
        self.people.push(Person {
            email: if email_known { format!("{}.{:04}@example.org", mailbox(&name), place + 1) } else { String::new() },
            phone: if phone_known { phone(&mut self.numbers, part, patch.city()) } else { String::new() },
            name,
            part,
            patch,
            languages: several(dice, LANGUAGES, &[82, 14, 4]),
            lived_experience: several(
                dice,
                LIVED_EXPERIENCE,
                if part == Part::Neighbour { &[55, 35, 10] } else { &[94, 5, 1] },
            ),
            contact,
            introduce,
            do_not_approach_until: (part != Part::Team).then(|| window(dice)).flatten(),
            broker: false,
        });
        Some(place)
    }
}

/// Most were never asked, or said yes to being contacted; fewer were asked to introduce others.
fn consents(dice: &mut Dice) -> (ConsentStatus, ConsentStatus) {
    use ConsentStatus::{Expired, Granted, NotAsked, Refused, Withdrawn};
    let contact = [(49, Granted), (38, NotAsked), (5, Refused), (4, Withdrawn), (4, Expired)];
    let contact = dice.weighted(&contact).unwrap_or(NotAsked);
    let introduce: &[(usize, ConsentStatus)] = match contact {
        Granted => &[(66, Granted), (22, NotAsked), (6, Refused), (3, Withdrawn), (3, Expired)],
        NotAsked => &[(100, NotAsked)],
        Refused => &[(60, NotAsked), (40, Refused)],
        Withdrawn => &[(100, Withdrawn)],
        Expired => &[(70, Expired), (30, NotAsked)],
    };
    (contact, dice.weighted(introduce).unwrap_or(NotAsked))
}

/// A few are to be left alone: some were until a day that has passed, some are for years to come.
fn window(dice: &mut Dice) -> Option<Date> {
    if !dice.chance(4) {
        return None;
    }
    Some(if dice.chance(60) {
        dice.day(day(2022, 1, 10), day(2026, 3, 31))
    } else {
        dice.day(day(2031, 1, 6), day(2034, 12, 22))
    })
}

/// `shares[n]` of a hundred have n of the list.
fn several(dice: &mut Dice, list: &[&'static str], shares: &[usize]) -> Vec<&'static str> {
    let counts: Vec<(usize, usize)> = shares.iter().copied().zip(0..).collect();
    let count = dice.weighted(&counts).unwrap_or(0);
    let mut chosen = dice.some(list, count);
    chosen.sort_unstable();
    chosen
}

/// Each number is given once; when a range is used up there are no more.
fn phone(numbers: &mut [usize; 3], part: Part, city: City) -> String {
    let (slot, range) = match (part, city) {
        (Part::Neighbour | Part::Kept, _) => (2, "07700 900"),
        (Part::Team | Part::Staff, City::Liverpool) => (0, "0151 496 0"),
        (Part::Team | Part::Staff, City::Glasgow) => (1, "0141 496 0"),
    };
    let number = numbers[slot];
    numbers[slot] += 1;
    if number < 1000 { format!("{range}{number:03}") } else { String::new() }
}
