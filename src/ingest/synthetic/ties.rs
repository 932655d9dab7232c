//! What joins people, bodies, networks and groups: the rows of the relations sheet as they are made. Each has a first
//! day, so that none is taken for a relation that a real source states.

use super::day;
use super::dice::Dice;
use crate::model::{Date, EvidenceKind, RelationKind, ServeMode};
use rustc_hash::FxHashSet;

/// When somebody last made sure that a relation still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// In 2026.
    Lately,
    /// In 2025.
    LastYear,
    /// In 2023 or 2024.
    SomeYearsAgo,
    /// From 2019 to 2022.
    LongAgo,
}

impl Seen {
    pub fn at_random(dice: &mut Dice) -> Self {
        let ages = [(38, Self::Lately), (27, Self::LastYear), (20, Self::SomeYearsAgo), (15, Self::LongAgo)];
        dice.weighted(&ages).unwrap_or(Self::Lately)
    }

    fn day(self, dice: &mut Dice) -> Date {
        let (first, last) = match self {
            Self::Lately => (day(2026, 1, 5), day(2026, 5, 29)),
            Self::LastYear => (day(2025, 1, 6), day(2025, 12, 19)),
            Self::SomeYearsAgo => (day(2023, 1, 9), day(2024, 12, 20)),
            Self::LongAgo => (day(2019, 2, 4), day(2022, 11, 30)),
        };
        dice.day(first, last)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Tie {
    pub kind: RelationKind,
    pub from: String,
    pub to: String,
    pub title: &'static str,
    pub mode: Option<ServeMode>,
    pub strength: &'static str,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub last_confirmed_on: Date,
    pub evidence: EvidenceKind,
    pub one_way: bool,
    pub champion: bool,
    pub gatekeeper: bool,
}

impl Tie {
    /// A relation that began some time before it was last seen.
    pub fn new(dice: &mut Dice, kind: RelationKind, from: &str, to: &str, seen: Seen) -> Self {
        let last_confirmed_on = seen.day(dice);
        let before = i64::try_from(dice.between(30, 2400)).unwrap_or(30);
        let evidence = match kind {
            RelationKind::Knows | RelationKind::ContactOf => {
                [(80, EvidenceKind::FirstHand), (12, EvidenceKind::Documented), (8, EvidenceKind::Imported)]
            }
            _ => [(35, EvidenceKind::FirstHand), (40, EvidenceKind::Documented), (25, EvidenceKind::Imported)],
        };
        Self {
            kind,
            from: from.to_owned(),
            to: to.to_owned(),
            title: "",
            mode: None,
            strength: "",
            valid_from: last_confirmed_on.saturating_sub(jiff::Span::new().days(before)),
            valid_to: None,
            last_confirmed_on,
            evidence: dice.weighted(&evidence).unwrap_or(EvidenceKind::FirstHand),
            one_way: false,
            champion: false,
            gatekeeper: false,
        }
    }

    pub fn titled(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    pub fn strong(self, strength: &'static str) -> Self {
        Self { strength, ..self }
    }

    pub fn mode(self, mode: ServeMode) -> Self {
        Self { mode: Some(mode), ..self }
    }

    /// The same, begun on that day at the soonest; `None` when it had ended by then.
    pub fn not_before(mut self, opened: Option<Date>) -> Option<Self> {
        let Some(opened) = opened.filter(|opened| *opened > self.valid_from) else { return Some(self) };
        self.valid_from = opened;
        if self.last_confirmed_on <= opened {
            let soon = opened.saturating_add(jiff::Span::new().days(60));
            self.last_confirmed_on = soon.min(super::REFERENCE_DAY);
        }
        self.valid_to.is_none_or(|end| end > self.last_confirmed_on).then_some(self)
    }

    /// It ended some time after it was last seen.
    pub fn ended(self, dice: &mut Dice) -> Self {
        let after = i64::try_from(dice.between(10, 150)).unwrap_or(10);
        let end = self.last_confirmed_on.saturating_add(jiff::Span::new().days(after));
        Self { valid_to: Some(end.min(super::REFERENCE_DAY)), ..self }
    }
}

/// The relations made so far; at most one of a kind, title and mode between the same two.
#[derive(Debug, Default)]
pub(super) struct Ties {
    list: Vec<Tie>,
    made: FxHashSet<(RelationKind, String, String, &'static str)>,
}

impl Ties {
    /// Adds a relation, unless it would join a thing to itself or repeat another.
    pub fn add(&mut self, tie: Tie) -> bool {
        let tag = tie.mode.map_or(tie.title, ServeMode::as_str);
        let fresh = tie.from != tie.to && self.made.insert((tie.kind, tie.from.clone(), tie.to.clone(), tag));
        if fresh {
            self.list.push(tie);
        }
        fresh
    }

    pub fn all(&self) -> &[Tie] {
        &self.list
    }
}
