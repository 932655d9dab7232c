//! The two city regions of the demonstration, council by council, and the real organisations that the graph holds in
//! them. Made-up people are placed at these and at no others.

use super::REFERENCE_DAY;
use crate::model::{Date, OrganisationKind, RelationKind};
use crate::snapshot::{Day, Direction, NodeIx, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum City {
    Liverpool,
    Glasgow,
}

impl City {
    pub const BOTH: [Self; 2] = [Self::Liverpool, Self::Glasgow];

    /// The council of the city itself.
    pub fn centre(self) -> Patch {
        Patch(if self == Self::Liverpool { 0 } else { 9 })
    }
}

/// A council of one of the regions: a place in `COUNCILS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Patch(usize);

const COUNCILS: &[(&str, City)] = &[
    ("E08:E08000012", City::Liverpool),
    ("E08:E08000011", City::Liverpool),
    ("E08:E08000013", City::Liverpool),
    ("E08:E08000014", City::Liverpool),
    ("E08:E08000015", City::Liverpool),
    ("E06:E06000006", City::Liverpool),
    ("E06:E06000007", City::Liverpool),
    ("E06:E06000049", City::Liverpool),
    ("E06:E06000050", City::Liverpool),
    ("S12:S12000049", City::Glasgow),
    ("S12:S12000011", City::Glasgow),
    ("S12:S12000018", City::Glasgow),
    ("S12:S12000029", City::Glasgow),
    ("S12:S12000035", City::Glasgow),
    ("S12:S12000038", City::Glasgow),
    ("S12:S12000039", City::Glasgow),
    ("S12:S12000045", City::Glasgow),
    ("S12:S12000050", City::Glasgow),
];

impl Patch {
    pub fn all() -> impl Iterator<Item = Self> {
        (0..COUNCILS.len()).map(Self)
    }

    pub fn of(reference: &str) -> Option<Self> {
        COUNCILS.iter().position(|(council, _)| *council == reference).map(Self)
    }

    pub fn area(self) -> &'static str {
        COUNCILS[self.0].0
    }

    pub fn city(self) -> City {
        COUNCILS[self.0].1
    }
}

/// Where the bodies are that serve more than one council, or whose place no register states.
const HOMES: &[(&str, &str)] = &[
    ("GB-NHS:QYG", "E08:E08000012"),
    ("GB-NHS:99A", "E08:E08000012"),
    ("GB-NHS:01J", "E08:E08000011"),
    ("GB-NHS:01X", "E08:E08000013"),
    ("GB-NHS:01T", "E08:E08000014"),
    ("GB-NHS:01V", "E08:E08000014"),
    ("GB-NHS:12F", "E08:E08000015"),
    ("GB-NHS:01F", "E06:E06000006"),
    ("GB-NHS:02E", "E06:E06000007"),
    ("GB-NHS:27D", "E06:E06000050"),
    ("GB-NHS:RBL", "E08:E08000015"),
    ("GB-NHS:RBN", "E08:E08000011"),
    ("GB-NHS:RBQ", "E08:E08000012"),
    ("GB-NHS:RBS", "E08:E08000012"),
    ("GB-NHS:RBT", "E06:E06000049"),
    ("GB-NHS:REM", "E08:E08000012"),
    ("GB-NHS:REN", "E08:E08000015"),
    ("GB-NHS:REP", "E08:E08000012"),
    ("GB-NHS:RET", "E08:E08000012"),
    ("GB-NHS:RJN", "E06:E06000049"),
    ("GB-NHS:RJR", "E06:E06000050"),
    ("GB-NHS:RW4", "E08:E08000011"),
    ("GB-NHS:RWW", "E06:E06000007"),
    ("GB-NHS:RXA", "E06:E06000050"),
    ("GB-NHS:RY7", "E08:E08000015"),
    ("GB-CHC:1129343", "E06:E06000007"),
    ("GB-UKPRN:10006842", "E08:E08000012"),
    ("GB-UKPRN:10007794", "S12:S12000049"),
    ("S08:S08000031", "S12:S12000049"),
    ("S08:S08000032", "S12:S12000050"),
    ("team:hin/hi-nwc", "E06:E06000006"),
    ("team:psc/psc-07", "E06:E06000006"),
    ("team:org/bryn-community-hub", "E08:E08000013"),
    ("team:org/digital-buddies", "E08:E08000012"),
    ("team:org/health-and-social-care-alliance-scotland", "S12:S12000049"),
    ("team:org/vsnw", "E08:E08000012"),
];

/// Words in the names of bodies that are about something else than serving a group of people.
const OTHER_BUSINESS: &[&str] = &[
    "accrington",
    "college",
    "conservatoire",
    "co-operative",
    "craft",
    "football",
    "garden",
    "growing",
    "land trust",
    "launder",
    "make places",
    "one planet",
    "park",
    "theatre",
];

/// A real organisation that people may be placed at.
#[derive(Debug)]
pub(super) struct Body {
    pub reference: String,
    pub kind: OrganisationKind,
    pub patch: Patch,
    pub rural: bool,
    /// Whether it may be told of as serving a group.
    pub apt: bool,
    /// Groups that a published list already says, or guesses, it serves.
    pub serves: Vec<String>,
}

/// What there is in the graph to build on, in the order of refs, so that one graph always gives one story.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub bodies: Vec<Body>,
    /// With the day on which each opened, if a source says so.
    refs: BTreeMap<String, Option<Date>>,
    areas: BTreeSet<String>,
}

impl Places {
    pub fn of(real: &Snapshot) -> Self {
        let mut places = Self::default();
        for ix in real.all().filter(|ix| real.live_on(*ix, Day::from(REFERENCE_DAY))) {
            let node = real.node(ix);
            let Some(reference) = node.refs.first().map(|reference| reference.as_str().to_owned()) else { continue };
            if node.synthetic || node.merged_into.is_some() {
                continue;
            }
            if node.area().is_some() {
                places.areas.insert(reference);
                continue;
            }
            if let Some(facts) = node.organisation()
                && let Some(patch) = home(real, ix, &reference)
            {
                let name = node.name.to_lowercase();
                places.bodies.push(Body {
                    apt: !OTHER_BUSINESS.iter().any(|word| name.contains(word)),
                    reference: reference.clone(),
                    kind: facts.kind,
                    patch,
                    rural: facts.rural == Some(true),
                    serves: served(real, ix),
                });
            }
            places.refs.insert(reference, node.validity.from);
        }
        places.bodies.sort_by(|a, b| a.reference.cmp(&b.reference));
        places
    }

    /// Whether the graph holds a stakeholder or group with this ref.
    pub fn holds(&self, reference: &str) -> bool {
        self.refs.contains_key(reference)
    }

    pub fn opened(&self, reference: &str) -> Option<Date> {
        self.refs.get(reference).copied().flatten()
    }

    /// The council's ref, where the graph holds its area.
    pub fn area(&self, patch: Patch) -> &'static str {
        if self.areas.contains(patch.area()) { patch.area() } else { "" }
    }

    pub fn find(&self, reference: &str) -> Option<usize> {
        self.bodies.binary_search_by(|body| body.reference.as_str().cmp(reference)).ok()
    }

    /// The bodies that pass a test.
    pub fn which(&self, test: impl Fn(&Body) -> bool) -> Vec<usize> {
        (0..self.bodies.len()).filter(|place| test(&self.bodies[*place])).collect()
    }
}

fn home(real: &Snapshot, body: NodeIx, reference: &str) -> Option<Patch> {
    if let Some((_, council)) = HOMES.iter().find(|(known, _)| *known == reference) {
        return Patch::of(council);
    }
    let place = |kind| {
        let areas: Vec<NodeIx> = real.relations.of_kind(body, kind, Direction::Out).map(|(_, area)| area).collect();
        let around = real.areas.containing(areas.iter().copied());
        // An area such as that of a health and social care partnership is one council, or a few, under another name.
        let inside = real.areas.within(areas);
        let council = |area: &NodeIx| Patch::of(real.node(*area).refs.first()?.as_str());
        around.iter().filter_map(council).min().or_else(|| inside.iter().filter_map(council).min())
    };
    place(RelationKind::LocatedIn).or_else(|| place(RelationKind::Covers))
}

fn served(real: &Snapshot, body: NodeIx) -> Vec<String> {
    let mut groups: Vec<String> = real
        .relations
        .of_kind(body, RelationKind::Serves, Direction::Out)
        .filter(|(relation, _)| !real.relations.synthetic(*relation))
        .filter_map(|(_, group)| real.node(group).refs.first().map(|reference| reference.as_str().to_owned()))
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}
