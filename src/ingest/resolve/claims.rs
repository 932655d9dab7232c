//! Which rows are about the same thing. Rows claim refs; rows that share one, directly or through others, are about
//! one thing, and so is the known node that has it. A claim that would make one of two known things is refused.

use super::nodes::lacks;
use crate::{
    ingest::{
        Known, Row,
        known::RefIndex,
        sheets::{Attribute, AttributeRow, NodeRow},
    },
    model::{IdGenerator, NodeId, NodeType, Ref, RefSpace},
};
use rustc_hash::FxHashMap;

pub(super) struct Claims<'k> {
    known: &'k Known,
    index: RefIndex<usize>,
    of_known: FxHashMap<usize, usize>,
    sets: Vec<Set>,
}

struct Set {
    /// The set this one went into, or itself.
    parent: usize,
    known: Option<usize>,
    node_type: NodeType,
    refs: Vec<Ref>,
    /// It is known, or a row says enough to make it.
    there: bool,
}

/// For each row, the thing it is about, or why it cannot be told.
pub(super) struct Claimed {
    pub nodes: Vec<Result<usize, String>>,
    pub attributes: Vec<Result<usize, String>>,
}

/// A thing that rows are about: a known node, or one to be made under this id.
pub(super) struct Thing {
    pub known: Option<usize>,
    pub id: NodeId,
}

impl<'k> Claims<'k> {
    pub fn new(known: &'k Known) -> Self {
        Self { known, index: RefIndex::default(), of_known: FxHashMap::default(), sets: Vec::new() }
    }

    /// Things first, then the identifiers that attributes give them, each of which may be what another row is told
    /// by, then whatever else attributes are about.
    pub fn claim_all(&mut self, nodes: &[Row<NodeRow>], attributes: &[Row<AttributeRow>]) -> Claimed {
        let nodes = nodes
            .iter()
            .map(|row| {
                let set = self.claim(row.cells.facts.node_type(), &row.cells.refs)?;
                self.sets[set].there |= lacks(&row.cells).is_none();
                Ok(set)
            })
            .collect();
        let mut claims: Vec<Option<Result<usize, String>>> = vec![None; attributes.len()];
        loop {
            let mut more = false;
            for (row, claim) in attributes.iter().zip(&mut claims).filter(|(_, claim)| claim.is_none()) {
                let AttributeRow { reference, attribute } = &row.cells;
                let Some(Attribute::Identifier(identifier)) = attribute else { continue };
                let Ok(set) = self.about(reference, attribute.as_ref()) else { continue };
                let node_type = self.sets[set].node_type;
                *claim = Some(if may_name(node_type, identifier) {
                    self.claim(node_type, &[reference.clone(), identifier.clone()])
                } else {
                    Err(format!("{identifier} cannot name {} {}", node_type.article(), node_type.noun()))
                });
                more = true;
            }
            if !more {
                break;
            }
        }
        let rest = attributes.iter().zip(claims).map(|(row, claim)| {
            claim.unwrap_or_else(|| self.about(&row.cells.reference, row.cells.attribute.as_ref()))
        });
        Claimed { nodes, attributes: rest.collect() }
    }

    fn claim(&mut self, node_type: NodeType, refs: &[Ref]) -> Result<usize, String> {
        let space = RefSpace::of(node_type);
        let mut found: Vec<usize> = refs.iter().filter_map(|reference| self.find(space, reference)).collect();
        found.sort_unstable();
        found.dedup();
        for set in &found {
            let other = self.sets[*set].node_type;
            if other.id_prefix() != node_type.id_prefix() {
                let named = self.shown(*set);
                return Err(format!("{named} is known as {} {}", other.article(), other.noun()));
            }
        }
        let known: Vec<usize> = found.iter().copied().filter(|set| self.sets[*set].known.is_some()).collect();
        if let [one, other, ..] = known[..] {
            let noun = node_type.noun();
            let (one, other) = (self.shown(one), self.shown(other));
            return Err(format!("names two different {noun}s, {one} and {other}; merge them first"));
        }
        // The set with a known node takes in the others.
        let into = known.first().or(found.first()).copied().unwrap_or_else(|| self.add(None, node_type));
        for set in found {
            if set != into {
                self.sets[set].parent = into;
                self.sets[into].there |= self.sets[set].there;
                let refs = std::mem::take(&mut self.sets[set].refs);
                self.sets[into].refs.extend(refs);
            }
        }
        for reference in refs {
            if self.find(space, reference).is_none() {
                self.index.insert(space, reference.clone(), into);
                self.sets[into].refs.push(reference.clone());
            }
        }
        Ok(into)
    }

    /// What an attribute is about. Some are of areas only and some of bodies only; where it could be either, the one
    /// that exists, and of two the area, which is what such figures are published for, except for names.
    fn about(&mut self, reference: &Ref, attribute: Option<&Attribute>) -> Result<usize, String> {
        let spaces: &[RefSpace] = match attribute {
            Some(Attribute::ListSize(_)) => &[RefSpace::Other],
            Some(
                Attribute::DeprivationRank(_)
                | Attribute::SmallAreas(_)
                | Attribute::DeprivedSmallAreas(_)
                | Attribute::RuralSmallAreas(_),
            ) => &[RefSpace::Area],
            Some(Attribute::DeprivationDecile(_) | Attribute::Rural(_)) => &[RefSpace::Area, RefSpace::Other],
            Some(Attribute::Alias(_) | Attribute::Identifier(_)) | None => &[RefSpace::Other, RefSpace::Area],
        };
        spaces
            .iter()
            .find_map(|space| self.find(*space, reference).filter(|set| self.sets[*set].there))
            .ok_or_else(|| "nothing is known by this ref that can have this attribute".to_owned())
    }

    fn find(&mut self, space: RefSpace, reference: &Ref) -> Option<usize> {
        if let Some(set) = self.index.get(space, reference) {
            return Some(self.root(set));
        }
        let place = self.known.find(space, reference)?;
        if let Some(set) = self.of_known.get(&place) {
            return Some(self.root(*set));
        }
        let set = self.add(Some(place), self.known.node(place).node.node_type());
        self.of_known.insert(place, set);
        Some(set)
    }

    fn add(&mut self, known: Option<usize>, node_type: NodeType) -> usize {
        self.sets.push(Set { parent: self.sets.len(), known, node_type, refs: Vec::new(), there: known.is_some() });
        self.sets.len() - 1
    }

    fn root(&self, mut set: usize) -> usize {
        while self.sets[set].parent != set {
            set = self.sets[set].parent;
        }
        set
    }

    fn shown(&self, set: usize) -> String {
        let known = self.sets[set].known.map(|place| &self.known.node(place).node);
        let reference = known.map_or(self.sets[set].refs.first(), |node| node.refs.first());
        reference.map(ToString::to_string).unwrap_or_default()
    }

    /// The things, one for each set, and for each set the place of its thing. A new thing's id comes from the best of
    /// its refs; a new person's from the generator, drawn in the order of their refs so that the rows' does not matter.
    pub fn into_things(self, ids: &mut IdGenerator) -> (Vec<Thing>, Vec<usize>) {
        let mut things = Vec::new();
        let mut places = vec![usize::MAX; self.sets.len()];
        let mut people = Vec::new();
        for (place, set) in self.sets.iter().enumerate().filter(|(place, set)| set.parent == *place) {
            let best = set.refs.iter().min_by_key(|reference| (reference.creation_rank(), *reference));
            let id = match (set.known, best) {
                (Some(known), _) => self.known.node(known).node.id.clone(),
                (None, Some(best)) => {
                    if set.node_type == NodeType::Individual {
                        people.push((best.clone(), things.len()));
                    }
                    NodeId::from_ref(set.node_type, best)
                }
                (None, None) => unreachable!("a set without a known node was made by a claim of refs"),
            };
            places[place] = things.len();
            things.push(Thing { known: set.known, id });
        }
        people.sort();
        for (_, place) in people {
            things[place].id = ids.individual();
        }
        for set in 0..places.len() {
            places[set] = places[self.root(set)];
        }
        (things, places)
    }
}

/// Whether a ref's scheme can name a thing of this type.
fn may_name(node_type: NodeType, reference: &Ref) -> bool {
    match RefSpace::of(node_type) {
        RefSpace::Area => reference.may_name_area(),
        RefSpace::Other => !reference.names_only_areas(),
    }
}
