//! What relation rows, and the area cells of node rows, make of the relations they name. Rows of one identity are one
//! relation: its evidence adds up, its other cells take the last value that says something.

use super::{
    draft::{Draft, Named},
    tally::Touched,
};
use crate::{
    ingest::{
        Row,
        report::Origin,
        sheets::{NodeRow, RelationCells, RelationRow},
    },
    model::{Evidence, EvidenceKind, Invalid, NodeType, Ref, RefSpace, RelationKind, RelationRecord, RelationSaid},
};
use std::sync::Arc;

impl Draft<'_> {
    pub(super) fn put_relations(&mut self, rows: Vec<Row<RelationRow>>) {
        for Row { origin, source, cells: RelationRow { kind, from, to, cells } } in rows {
            let (from_types, to_types) = kind.ends();
            let from_end = self.end(&origin, "from", kind, from_types, &from, &to);
            let to_end = self.end(&origin, "to", kind, to_types, &to, &from);
            if let (Some(from), Some(to)) = (from_end, to_end) {
                self.relate(&origin, &source, kind, &from, &to, cells);
            }
        }
    }

    /// Where organisations and initiatives are, and what people and networks cover.
    pub(super) fn put_areas(&mut self, rows: &[Row<NodeRow>], places: &[Option<usize>]) {
        for (row, place) in rows.iter().zip(places) {
            let node_type = row.cells.facts.node_type();
            let kind = match node_type {
                NodeType::Organisation | NodeType::Initiative => RelationKind::LocatedIn,
                NodeType::Individual | NodeType::Network | NodeType::WorkingGroup => RelationKind::Covers,
                NodeType::Area
                | NodeType::UnderservedGroup
                | NodeType::PopulationSegment
                | NodeType::SoftwareProduct => continue,
            };
            let Some(from) = place.and_then(|place| self.end_at(place)) else { continue };
            for area in &row.cells.areas {
                let Some(to) = self.find(RefSpace::Area, area) else {
                    self.refuse(&row.origin, "area", Some(area.as_str()), "no area is known by this ref");
                    continue;
                };
                let cells =
                    RelationCells { synthetic: row.cells.synthetic, ..RelationCells::new(EvidenceKind::Imported) };
                self.relate(&row.origin, &row.source, kind, &from, &to, cells);
            }
        }
    }

    /// The node at an end of a relation; where a ref names a body and its area, what the kind expects decides.
    fn end(
        &mut self,
        origin: &Origin,
        column: &str,
        kind: RelationKind,
        types: &[NodeType],
        reference: &Ref,
        other: &Ref,
    ) -> Option<Named> {
        let areas = types.contains(&NodeType::Area);
        let bodies = types.iter().any(|node_type| RefSpace::of(*node_type) == RefSpace::Other);
        let space = if areas && (!bodies || (reference.may_name_area() && other.may_name_area())) {
            RefSpace::Area
        } else {
            RefSpace::Other
        };
        match self.find(space, reference) {
            Some(end) if types.contains(&end.node_type) => Some(end),
            Some(end) => {
                let noun = end.node_type.noun();
                let may: Vec<&str> = types.iter().map(|node_type| node_type.noun()).collect();
                let reason = format!(
                    "{kind} cannot have {} {noun} at its `{column}` end; it takes: {}",
                    end.node_type.article(),
                    may.join(", ")
                );
                self.refuse(origin, column, Some(reference.as_str()), reason);
                None
            }
            None => {
                let reason = if space == RefSpace::Area {
                    "no area is known by this ref"
                } else {
                    "nothing is known by this ref"
                };
                self.refuse(origin, column, Some(reference.as_str()), reason);
                None
            }
        }
    }

    fn relate(
        &mut self,
        origin: &Origin,
        source: &Arc<str>,
        kind: RelationKind,
        from: &Named,
        to: &Named,
        cells: RelationCells,
    ) {
        match self.merged(source, kind, from, to, cells) {
            Ok(record) => {
                let (place, altered) = self.put_relation(record);
                self.name_source(source);
                self.tally.touch(origin, Touched::Relation(place), altered);
            }
            Err((column, Invalid(reason))) => self.refuse(origin, column, None, reason),
        }
    }

    fn merged(
        &self,
        source: &Arc<str>,
        kind: RelationKind,
        from: &Named,
        to: &Named,
        cells: RelationCells,
    ) -> Result<RelationRecord, (&'static str, Invalid)> {
        let evidence = Evidence { kind: cells.evidence, source: source.to_string(), date: cells.last_confirmed_on };
        let said = RelationSaid {
            title: cells.title,
            mode: cells.mode,
            valid_from: cells.valid_from,
            valid_to: cells.valid_to.into(),
            strength: cells.strength,
            one_way: cells.one_way,
            champion: cells.champion,
            gatekeeper: cells.gatekeeper,
            last_confirmed_on: cells.last_confirmed_on,
            synthetic: cells.synthetic,
            note: cells.note,
            ..RelationSaid::new(kind, from.id.clone(), to.id.clone(), evidence)
        };
        let standing = self.relation(&said.id());
        said.validity(standing).map_err(|invalid| ("valid_to", invalid))?;
        said.onto(standing).map_err(|invalid| ("to", invalid))
    }
}
