//! Whom the story serves, where and how well: the one table of it. Groups that do not stand here are served by nobody.

use super::places::City::{self, Glasgow, Liverpool};

/// How a group is served in a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// By several bodies, people and networks, some of them close to the team.
    Well,
    /// By two bodies and a person.
    Some,
    /// By one person, whom a broker knows.
    OnePerson,
    /// By one person, who will not introduce us, or was not asked, or whose consent has run out.
    Refused,
    NotAsked,
    RanOut,
    /// By one person, who is to be left alone for years.
    LeftAlone,
    /// By one person who will not introduce us and is to be left alone.
    RefusedAndLeftAlone,
    /// By one person who will not introduce us, and that has ended.
    RefusedAndEnded,
    /// By a body, until a few years ago.
    Ended,
    /// By a body, as far as anybody knew years ago.
    Stale,
    /// By one person, many introductions away.
    FarAway,
    /// By one person whom nobody we know of knows.
    Unconnected,
    /// Only as a published list guesses; the team knows the body.
    Guessed,
}

pub(super) const PLAN: &[(&str, City, Cover)] = &[
    ("group:core20plus5/people-experiencing-homelessness", Liverpool, Cover::Well),
    ("group:core20plus5/people-experiencing-homelessness", Glasgow, Cover::Well),
    ("group:core20plus5/vulnerable-migrants", Liverpool, Cover::Well),
    ("group:core20plus5/vulnerable-migrants", Glasgow, Cover::Well),
    ("group:local/older-people", Liverpool, Cover::Well),
    ("group:local/older-people", Glasgow, Cover::Well),
    ("group:systematic/unpaid-carers", Liverpool, Cover::Well),
    ("group:systematic/unpaid-carers", Glasgow, Cover::Well),
    ("group:core20plus5/people-with-drug-and-alcohol-dependence", Liverpool, Cover::Well),
    ("group:core20plus5/people-with-drug-and-alcohol-dependence", Glasgow, Cover::Well),
    ("group:local/people-with-mental-ill-health", Liverpool, Cover::Well),
    ("group:local/people-with-mental-ill-health", Glasgow, Cover::Well),
    ("group:core20plus5/ethnic-minority-communities", Liverpool, Cover::Well),
    ("group:core20plus5/ethnic-minority-communities", Glasgow, Cover::Some),
    ("group:local/people-on-low-income", Liverpool, Cover::Well),
    ("group:local/people-on-low-income", Glasgow, Cover::Well),
    ("group:local/children-and-families", Liverpool, Cover::Well),
    ("group:local/children-and-families", Glasgow, Cover::Some),
    ("group:systematic/residents-of-hotspots-of-deprivation", Liverpool, Cover::Well),
    ("group:systematic/residents-of-hotspots-of-deprivation", Glasgow, Cover::Some),
    ("group:systematic/seldom-heard-patients-and-public", Liverpool, Cover::Some),
    ("group:systematic/seldom-heard-patients-and-public", Glasgow, Cover::Some),
    ("group:systematic/people-with-limited-digital-literacy-or-resources", Liverpool, Cover::Some),
    ("group:systematic/people-with-limited-digital-literacy-or-resources", Glasgow, Cover::Some),
    ("group:core20plus5/gypsy-roma-and-traveller-communities", Liverpool, Cover::Some),
    ("group:local/disabled-people", Liverpool, Cover::Some),
    ("group:local/disabled-people", Glasgow, Cover::Some),
    ("group:core20plus5/autistic-people", Liverpool, Cover::Some),
    ("group:core20plus5/people-with-a-learning-disability", Liverpool, Cover::Some),
    ("group:core20plus5/people-with-a-learning-disability", Glasgow, Cover::OnePerson),
    ("group:systematic/people-with-low-literacy-or-language-barriers", Liverpool, Cover::Some),
    ("group:systematic/people-who-distrust-or-avoid-healthcare", Liverpool, Cover::OnePerson),
    ("group:systematic/people-who-distrust-or-avoid-healthcare", Glasgow, Cover::Some),
    ("group:systematic/younger-individuals-with-mltc", Liverpool, Cover::Some),
    ("group:systematic/people-with-combined-mental-physical-and-pain-mltc", Glasgow, Cover::Some),
    ("group:local/survivors-of-domestic-abuse", Liverpool, Cover::Some),
    ("group:core20plus5/sex-workers", Liverpool, Cover::OnePerson),
    ("group:include/religious-minorities", Liverpool, Cover::OnePerson),
    ("group:include/military-veterans", Glasgow, Cover::OnePerson),
    ("group:include/military-veterans", Liverpool, Cover::RefusedAndEnded),
    ("group:include/looked-after-children", Liverpool, Cover::Refused),
    ("group:include/lgbtq-sexual-orientation", Glasgow, Cover::NotAsked),
    ("group:include/pregnant-women", Liverpool, Cover::RanOut),
    ("group:core20plus5/victims-of-modern-slavery", Glasgow, Cover::LeftAlone),
    ("group:include/cognitive-impairment", Liverpool, Cover::RefusedAndLeftAlone),
    ("group:include/visual-or-hearing-impairment", Liverpool, Cover::Ended),
    ("group:include/physical-disabilities", Glasgow, Cover::Ended),
    ("group:core20plus5/coastal-communities-with-pockets-of-deprivation", Liverpool, Cover::Stale),
    ("group:include/socially-marginalised-people", Glasgow, Cover::Stale),
    ("group:include/people-living-in-remote-areas", Glasgow, Cover::FarAway),
    ("group:include/in-full-time-employment", Liverpool, Cover::Unconnected),
    ("group:core20plus5/people-in-contact-with-the-justice-system", Liverpool, Cover::Guessed),
];
