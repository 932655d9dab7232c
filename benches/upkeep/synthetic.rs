//! Graphs of any size, the same each time: bodies, people, networks, areas and groups, with a few hubs.

use inroads::model::{
    AreaFacts, Body, Consent, ConsentStatus, Date, EvidenceKind, GroupFacts, GroupKind, IndividualFacts, NetworkFacts,
    Node, NodeId, OrganisationFacts, OrganisationKind, Ref, Relation, RelationId, RelationKind, Revision, ServeMode,
    Validity, parse_day,
};
use inroads::store::{Graph, StoredNode};

#[derive(Clone, Copy)]
pub struct Size {
    pub nodes: usize,
    pub relations: usize,
}

pub fn today() -> Date {
    parse_day("2026-03-10").expect("a day")
}

/// Numbers that look random, for measuring only.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % count as u64).expect("below a usize")
    }

    /// Small numbers far more often than great ones.
    fn skewed(&mut self, count: usize) -> usize {
        let most = self.below(count) + 1;
        let most = self.below(most) + 1;
        self.below(most)
    }
}

/// Of every hundred nodes: 65 bodies, 20 people, 8 networks, 5 areas, 2 groups.
pub fn graph(size: Size) -> Graph {
    let mut dice = Dice::new(1);
    let mut kinds: [Vec<NodeId>; 5] = Default::default();
    let mut nodes = Vec::with_capacity(size.nodes);
    for number in 0..size.nodes {
        let kind = match number % 100 {
            0..65 => 0,
            65..85 => 1,
            85..93 => 2,
            93..98 => 3,
            _ => 4,
        };
        let above = kinds[kind].get(dice.skewed(kinds[kind].len().max(1))).cloned();
        let node = node(kind, number, above, &mut dice);
        kinds[kind].push(node.id.clone());
        nodes.push(StoredNode { node, updated_at: jiff::Timestamp::UNIX_EPOCH });
    }
    let relations = (0..size.relations).map(|_| relation(&kinds, &mut dice)).collect();
    Graph { revision: Revision(1), nodes, relations, sources: Vec::new() }
}

pub fn name(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "cor", "den", "fal", "gor", "hel", "in", "jo", "ken", "lim", "mar", "nor", "or", "pen", "quin", "ros",
        "sal", "tor", "ul", "ven",
    ];
    let word = |dice: &mut Dice| (0..3).map(|_| SYLLABLES[dice.below(20)]).collect::<String>();
    format!("{} {} {}", word(dice), word(dice), word(dice))
}

pub fn node(kind: usize, number: usize, above: Option<NodeId>, dice: &mut Dice) -> Node {
    let above: Vec<NodeId> = above.into_iter().collect();
    let (prefix, scheme, body) = match kind {
        0 => {
            let kind = OrganisationKind::ALL[dice.below(OrganisationKind::ALL.len())];
            let list_size = u32::try_from(dice.below(20_000)).ok();
            let (sector, nation, rural) = (None, None, Some(dice.below(2) == 0));
            let facts = OrganisationFacts { kind, sector, nation, list_size, deprivation_decile: None, rural };
            ("org", "GB-NHS", Body::Organisation(facts))
        }
        1 => {
            let granted = Consent { status: ConsentStatus::Granted, expires_on: None };
            let facts = IndividualFacts { team: dice.below(200) == 0, contact: granted, introduce: granted };
            ("ind", "team", Body::Individual(facts))
        }
        2 => ("net", "network", Body::Network(NetworkFacts::default())),
        3 => ("area", "E01-2021", Body::Area(AreaFacts { parents: above, ..AreaFacts::default() })),
        _ => {
            let facts = GroupFacts {
                kind: GroupKind::Population,
                framework: None,
                category: None,
                area: None,
                parents: above,
                same_as: Vec::new(),
                members: None,
            };
            ("grp", "group", Body::UnderservedGroup(facts))
        }
    };
    // Ids in another order than nodes are made.
    let mixed = Dice::new(number as u64).roll();
    Node {
        id: NodeId::known(format!("{prefix}:{scheme}:{mixed:016x}")),
        refs: vec![Ref::new(scheme, &format!("{mixed:016x}")).expect("a ref")],
        name: name(dice),
        aliases: Vec::new(),
        validity: Validity { from: parse_day("2001-02-03").ok(), to: None },
        do_not_approach: None,
        merged_into: None,
        synthetic: true,
        body,
    }
}

fn relation(kinds: &[Vec<NodeId>; 5], dice: &mut Dice) -> Relation {
    use RelationKind::{CommissionedBy, Funds, Knows, LocatedIn, MemberOf, PartnersWith, RoleAt, Serves};
    let (kind, from, to) = [
        (CommissionedBy, 0, 0),
        (PartnersWith, 0, 0),
        (Funds, 0, 0),
        (Knows, 1, 1),
        (RoleAt, 1, 0),
        (RoleAt, 1, 0),
        (MemberOf, 0, 2),
        (LocatedIn, 0, 3),
        (Serves, 0, 4),
    ][dice.below(9)];
    let from = &kinds[from][dice.below(kinds[from].len())];
    let to = &kinds[to][dice.skewed(kinds[to].len())];
    related(kind, from, to, dice)
}

pub fn related(kind: RelationKind, from: &NodeId, to: &NodeId, dice: &mut Dice) -> Relation {
    let digest = (u128::from(dice.roll()) << 64 | u128::from(dice.roll())).to_be_bytes();
    Relation {
        id: RelationId::of_digest(digest),
        kind,
        from: from.clone(),
        to: to.clone(),
        title: None,
        mode: kind.has_mode().then_some(ServeMode::DirectService),
        validity: Validity::ALWAYS,
        strength: None,
        one_way: false,
        champion: false,
        gatekeeper: false,
        last_confirmed_on: parse_day("2025-06-07").ok(),
        best_evidence: EvidenceKind::Documented,
        synthetic: true,
    }
}
