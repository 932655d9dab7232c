//! What is kept of one relation, in one place: whoever looks at a relation wants several of these.

use crate::model::{EvidenceKind, Relation, RelationKind, ServeMode};
use crate::snapshot::{Day, NodeIx};

const ONE_WAY: u8 = 1;
const SYNTHETIC: u8 = 2;
const CHAMPION: u8 = 4;
const GATEKEEPER: u8 = 8;
const GONE: u8 = 16;

#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Not a number where none is recorded.
    pub strength: f64,
    pub from: NodeIx,
    pub to: NodeIx,
    pub live: (Day, Day),
    /// `Day::ALWAYS` where it never was.
    pub confirmed: Day,
    pub kind: RelationKind,
    pub best: EvidenceKind,
    pub mode: Option<ServeMode>,
    flags: u8,
}

impl Row {
    pub fn of(relation: &Relation, from: NodeIx, to: NodeIx) -> Self {
        let flag = |on: bool, bit: u8| if on { bit } else { 0 };
        Self {
            strength: relation.strength.unwrap_or(f64::NAN),
            from,
            to,
            live: Day::span(relation.validity),
            confirmed: relation.last_confirmed_on.map_or(Day::ALWAYS, Day::from),
            kind: relation.kind,
            best: relation.best_evidence,
            mode: relation.mode,
            flags: flag(relation.one_way, ONE_WAY)
                | flag(relation.synthetic, SYNTHETIC)
                | flag(relation.champion, CHAMPION)
                | flag(relation.gatekeeper, GATEKEEPER),
        }
    }

    /// Whether both say the same, unrecorded strengths included.
    pub fn says(&self, other: &Self) -> bool {
        let said = |row: &Self| {
            (
                row.strength.to_bits(),
                (row.from, row.to, row.kind),
                (row.live, row.confirmed),
                (row.best, row.mode, row.flags),
            )
        };
        said(self) == said(other)
    }

    /// What is left of a relation that is no more: never live, joined to nothing.
    pub fn gone(self) -> Self {
        Self { live: (Day::NEVER, Day::NEVER), flags: self.flags | GONE, ..self }
    }

    pub fn is_gone(&self) -> bool {
        self.flags & GONE != 0
    }

    pub fn one_way(&self) -> bool {
        self.flags & ONE_WAY != 0
    }

    pub fn synthetic(&self) -> bool {
        self.flags & SYNTHETIC != 0
    }

    pub fn champion(&self) -> bool {
        self.flags & CHAMPION != 0
    }

    pub fn gatekeeper(&self) -> bool {
        self.flags & GATEKEEPER != 0
    }
}
