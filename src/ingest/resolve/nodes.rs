//! What node rows make of the nodes they are about. Cells that say nothing leave what is recorded alone.

use super::{draft::Draft, tally::Touched};
use crate::{
    ingest::{
        Row,
        sheets::{Facts, GroupCells, IndividualCells, NetworkCells, NodeRow, OrganisationCells},
    },
    model::{
        AreaFacts, Body, Details, DoNotApproach, GroupFacts, GroupKind, IndividualFacts, InitiativeFacts, NetworkFacts,
        Node, NodeId, NodeRecord, OrganisationFacts, Ref, SegmentFacts, SoftwareFacts, Validity,
    },
};
use rustc_hash::FxHashMap;

/// Why a row cannot be taken: the column and the reason.
type Objection = (&'static str, String);

impl Draft<'_> {
    /// Puts the rows' nodes in their places; says for each row which place, if the row was taken.
    pub(super) fn put_nodes(
        &mut self,
        rows: &[Row<NodeRow>],
        claimed: Vec<Result<usize, String>>,
    ) -> Vec<Option<usize>> {
        // A new thing may be told of before the row that says enough to make it, so that row is looked for first.
        let mut makings: FxHashMap<usize, NodeRecord> = FxHashMap::default();
        for (row, claimed) in rows.iter().zip(&claimed) {
            let Ok(place) = claimed.as_ref().map(|set| self.place(*set)) else { continue };
            if self.records[place].is_none()
                && !makings.contains_key(&place)
                && let Some(making) = blank(self.things[place].id.clone(), &row.cells)
            {
                makings.insert(place, making);
            }
        }
        let put = |(row, claimed): (&Row<NodeRow>, Result<usize, String>)| {
            let shown = row.cells.refs.first().map(ToString::to_string).unwrap_or_default();
            let place = match claimed {
                Ok(set) => self.place(set),
                Err(reason) => {
                    self.refuse(&row.origin, "ref", Some(&shown), reason);
                    return None;
                }
            };
            match self.put_node(row, place, &makings) {
                Ok(()) => Some(place),
                Err((column, reason)) => {
                    self.refuse(&row.origin, column, Some(&shown), reason);
                    None
                }
            }
        };
        rows.iter().zip(claimed).map(put).collect()
    }

    /// Makes or alters one node; refuses the row, with the column that is to blame.
    fn put_node(
        &mut self,
        row: &Row<NodeRow>,
        place: usize,
        makings: &FxHashMap<usize, NodeRecord>,
    ) -> Result<(), Objection> {
        let cells = &row.cells;
        let thing = &self.things[place];
        let before = &self.records[place];
        if before.is_none() && self.known.by_id(&thing.id).is_some() {
            return Err(("ref", format!("the id {} is another thing's already", thing.id)));
        }
        let Some(mut record) = before.as_ref().or(makings.get(&place)).cloned() else {
            return Err(lacks(cells).unwrap_or(("ref", "the row that would make it was refused".to_owned())));
        };
        let gaps = cells.fills_gaps && before.is_some();
        merge_common(&mut record, cells, gaps)?;
        merge_facts(&mut record, &cells.facts, gaps);
        add_source(&mut record.details, &row.source);
        self.put_record(row, place, record);
        Ok(())
    }

    /// Puts a record in its place, and notes that a row did so.
    pub(super) fn put_record<T>(&mut self, row: &Row<T>, place: usize, record: NodeRecord) {
        let altered = self.records[place].as_ref() != Some(&record);
        self.records[place] = Some(record);
        self.index_refs(place);
        self.name_source(&row.source);
        self.tally.touch(&row.origin, Touched::Node(place), altered);
    }
}

/// What a row does not say that a new thing needs.
pub(super) fn lacks(cells: &NodeRow) -> Option<Objection> {
    let needs = |column: &'static str| {
        let noun = cells.facts.node_type().noun();
        Some((column, format!("not known yet, and a new {noun} needs a {column}")))
    };
    match &cells.facts {
        _ if cells.name.is_none() => needs("name"),
        Facts::Organisation(facts) if facts.kind.is_none() => needs("kind"),
        Facts::Group(facts) => match (facts.kind, &facts.members) {
            (None, _) => needs("kind"),
            (Some(GroupKind::Practice), None) => {
                Some(("members", "a new group of kind PRACTICE needs its filter".to_owned()))
            }
            (Some(GroupKind::Practice | GroupKind::Population), _) => None,
        },
        Facts::Organisation(_)
        | Facts::Individual(_)
        | Facts::Network(_)
        | Facts::Area { .. }
        | Facts::Segment { .. }
        | Facts::Software { .. }
        | Facts::Initiative { .. } => None,
    }
}

/// A node that nothing is recorded of yet, if the row says enough to make it.
fn blank(id: NodeId, cells: &NodeRow) -> Option<NodeRecord> {
    let body = match &cells.facts {
        Facts::Organisation(facts) => Body::Organisation(OrganisationFacts {
            kind: facts.kind?,
            sector: None,
            nation: None,
            list_size: None,
            deprivation_decile: None,
            rural: None,
        }),
        Facts::Individual(_) => Body::Individual(IndividualFacts::default()),
        Facts::Network(_) => Body::Network(NetworkFacts::default()),
        Facts::Area { .. } => Body::Area(AreaFacts::default()),
        Facts::Group(facts) => Body::UnderservedGroup(GroupFacts {
            kind: facts.kind?,
            framework: None,
            category: None,
            area: None,
            parents: Vec::new(),
            same_as: Vec::new(),
            members: None,
        }),
        Facts::Segment { .. } => Body::PopulationSegment(SegmentFacts::default()),
        Facts::Software { .. } => Body::SoftwareProduct(SoftwareFacts::default()),
        Facts::Initiative { .. } => Body::Initiative(InitiativeFacts::default()),
    };
    let node = Node {
        id,
        refs: Vec::new(),
        name: cells.name.clone()?,
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: false,
        body,
    };
    lacks(cells).is_none().then(|| NodeRecord { node, details: Details::default() })
}

/// Fills a cell when the row says something, and, if only gaps are to be filled, when there is one.
fn fill<T: Clone>(cell: &mut Option<T>, said: Option<&T>, gaps: bool) {
    if let Some(value) = said
        && !(gaps && cell.is_some())
    {
        *cell = Some(value.clone());
    }
}

fn merge_common(record: &mut NodeRecord, cells: &NodeRow, gaps: bool) -> Result<(), Objection> {
    let node = &mut record.node;
    add_refs(node, &cells.refs);
    if let (Some(name), false) = (&cells.name, gaps) {
        node.name.clone_from(name);
    }
    for alias in &cells.aliases {
        add_alias(node, alias);
    }
    if let Some(until) = cells.do_not_approach_until {
        match &mut node.do_not_approach {
            Some(window) if window.from.is_some_and(|from| until <= from) => {
                return Err(("do_not_approach_until", "ends before the recorded window starts".to_owned()));
            }
            Some(window) => window.until = until,
            None => node.do_not_approach = Some(DoNotApproach { from: None, until, reason: None }),
        }
    }
    node.synthetic = cells.synthetic.unwrap_or(node.synthetic);
    Ok(())
}

/// Adds the refs that a node does not have yet, the best first; those it has keep their order, since the first is shown.
pub(super) fn add_refs(node: &mut Node, refs: &[Ref]) {
    let mut more: Vec<&Ref> = refs.iter().filter(|reference| !node.refs.contains(reference)).collect();
    more.sort_by_key(|reference| (reference.creation_rank(), *reference));
    more.dedup();
    node.refs.extend(more.into_iter().cloned());
}

pub(super) fn add_alias(node: &mut Node, alias: &str) {
    if node.name != alias && !node.aliases.iter().any(|known| known == alias) {
        node.aliases.push(alias.to_owned());
    }
}

pub(super) fn add_source(details: &mut Details, source: &str) {
    if !details.sources.iter().any(|known| known == source) {
        details.sources.push(source.to_owned());
    }
}

/// The cells that only this type of node has. References to other nodes come later, when all nodes are there; days and
/// a person's answers when all rows have been read.
fn merge_facts(record: &mut NodeRecord, facts: &Facts, gaps: bool) {
    let NodeRecord { node, details } = record;
    match (&mut node.body, facts) {
        (Body::Organisation(known), Facts::Organisation(said)) => {
            let OrganisationCells { kind, sector, nation, postcode, website } = said;
            known.kind = kind.filter(|_| !gaps).unwrap_or(known.kind);
            fill(&mut known.sector, sector.as_ref(), gaps);
            fill(&mut known.nation, nation.as_ref(), gaps);
            fill(&mut details.postcode, postcode.as_ref(), gaps);
            fill(&mut details.website, website.as_ref(), gaps);
        }
        (Body::Individual(known), Facts::Individual(said)) => merge_person(known, details, said),
        (Body::Network(known), Facts::Network(said)) => {
            let NetworkCells { working_group, formality, purpose } = said;
            known.working_group = working_group.unwrap_or(known.working_group);
            fill(&mut known.formality, formality.as_ref(), gaps);
            fill(&mut known.purpose, purpose.as_ref(), gaps);
        }
        (Body::UnderservedGroup(known), Facts::Group(said)) => {
            let GroupCells { kind, framework, category, .. } = &**said;
            known.kind = kind.unwrap_or(known.kind);
            fill(&mut known.framework, framework.as_ref(), gaps);
            fill(&mut known.category, category.as_ref(), gaps);
        }
        (Body::PopulationSegment(known), Facts::Segment { description }) => {
            fill(&mut known.description, description.as_ref(), gaps);
        }
        (Body::SoftwareProduct(known), Facts::Software { supplier, nation }) => {
            fill(&mut known.supplier, supplier.as_ref(), gaps);
            fill(&mut known.nation, nation.as_ref(), gaps);
        }
        (Body::Initiative(known), Facts::Initiative { kind }) => fill(&mut known.kind, kind.as_ref(), gaps),
        (Body::Area(_), Facts::Area { .. }) => {}
        (body, facts) => {
            let noun = facts.node_type().noun();
            unreachable!("claims keep {} {noun} apart from {body:?}", facts.node_type().article())
        }
    }
}

fn merge_person(known: &mut IndividualFacts, details: &mut Details, said: &IndividualCells) {
    let IndividualCells { team, email, phone, languages, lived_experience, contact: _, introduce: _ } = said;
    known.team = team.unwrap_or(known.team);
    fill(&mut details.email, email.as_ref(), false);
    fill(&mut details.phone, phone.as_ref(), false);
    for (list, said) in [(&mut details.languages, languages), (&mut details.lived_experience, lived_experience)] {
        if !said.is_empty() {
            list.clone_from(said);
        }
    }
}
