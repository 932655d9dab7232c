//! The made-up people of the seed, in the team's own sheets: who they are, where they work, whom they know, whom they
//! serve. All of it follows from the graph they are placed in and one number; it says of itself that it is made up.

mod acquaintances;
mod dice;
mod jobs;
mod names;
mod networks;
mod people;
mod places;
mod plan;
mod rural;
mod serving;
mod staff;
mod strands;
mod team;
mod ties;
mod write;

use crate::model::Date;
use crate::snapshot::Snapshot;
use people::{Casting, Person, PersonIx};
use places::Places;
use ties::{Tie, Ties};

/// What every made-up thing names as its source.
pub const SOURCE: &str = "synthetic (made up for demonstration)";

/// The day on which the story is told: nothing in it is confirmed or asked after that day.
pub const REFERENCE_DAY: Date = day(2026, 6, 1);

/// How many people the seed has unless it is told otherwise.
pub const INDIVIDUALS: usize = 1600;

/// The number that the seed's people follow from.
pub const SEED: u64 = 2042;

/// A sheet of the team's format (design section 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: &'static str,
    pub csv: String,
}

/// The sheets `individuals`, `networks` and `relations` of that many made-up people, placed in what the graph holds of
/// the Liverpool and Glasgow regions. Made-up things that it holds already are not looked at.
pub fn sheets(real: &Snapshot, individuals: usize, seed: u64) -> Vec<Sheet> {
    let places = Places::of(real);
    let mut story = Story {
        places: &places,
        casting: Casting::new(individuals, seed),
        ties: Ties::default(),
        posts: Vec::new(),
        brokers: Vec::new(),
        seed,
    };
    team::join(&mut story);
    let kept = strands::keep(&mut story);
    staff::neighbours(&mut story);
    staff::employ(&mut story);
    staff::second_posts(&mut story);
    acquaintances::meet(&mut story);
    let networks = networks::gather(&mut story);
    serving::serve(&mut story, networks);
    strands::tell(&mut story, &kept);
    serving::partner(&mut story);
    rural::open_doors(&mut story);
    team::contacts(&mut story);
    write::sheets(&story, networks)
}

/// The parts of the story that throw dice of their own.
#[derive(Debug, Clone, Copy)]
enum Chapter {
    People,
    Team,
    Kept,
    Neighbours,
    Staff,
    SecondPosts,
    Acquaintances,
    Networks,
    Serving,
    Partners,
    Rural,
    RuralDoors,
    Contacts,
}

/// A person's post at a body.
#[derive(Debug, Clone, Copy)]
struct Post {
    person: PersonIx,
    body: usize,
    title: &'static str,
}

/// The story as far as it is told.
struct Story<'a> {
    places: &'a Places,
    casting: Casting,
    ties: Ties,
    /// Posts held today, first posts before second ones.
    posts: Vec<Post>,
    brokers: Vec<PersonIx>,
    seed: u64,
}

impl Story<'_> {
    fn dice(&self, chapter: Chapter) -> dice::Dice {
        dice::Dice::new(self.seed, chapter as u64)
    }

    fn people(&self) -> &[Person] {
        &self.casting.people
    }

    /// The people who pass a test.
    fn who(&self, test: impl Fn(&Person) -> bool) -> Vec<PersonIx> {
        (0..self.people().len()).filter(|person| test(&self.people()[*person])).collect()
    }

    /// Adds a relation, unless it repeats another; it begins no sooner than the things it joins.
    fn tie(&mut self, tie: Tie) -> bool {
        let opened = [&tie.from, &tie.to].into_iter().filter_map(|end| self.places.opened(end)).max();
        tie.not_before(opened).is_some_and(|tie| self.ties.add(tie))
    }

    fn body(&self, body: usize) -> &places::Body {
        &self.places.bodies[body]
    }
}

const fn day(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

#[cfg(test)]
mod tests;
