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
        succession::only_by_succession,
    },
    model::{
        Evidence, EvidenceKind, Invalid, NodeType, Ref, RefSpace, Relation, RelationKind, RelationRecord, Validity,
    },
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
        let id = Relation::identity(kind, &from.id, &to.id, cells.title.as_deref(), cells.mode, cells.valid_from);
        let standing = self.relation(&id);
        // What was only worked out gives way to what is given; its evidence stays.
        let given = standing.filter(|standing| !only_by_succession(standing));
        let mut record = given.cloned().unwrap_or_else(|| RelationRecord {
            relation: Relation {
                id,
                kind,
                from: from.id.clone(),
                to: to.id.clone(),
                title: None,
                mode: cells.mode,
                validity: Validity { from: cells.valid_from, to: None },
                strength: None,
                one_way: false,
                champion: false,
                gatekeeper: false,
                last_confirmed_on: None,
                best_evidence: cells.evidence,
                synthetic: false,
            },
            evidence: standing.map(|standing| standing.evidence.clone()).unwrap_or_default(),
            note: None,
        });
        let evidence = Evidence { kind: cells.evidence, source: source.to_string(), date: cells.last_confirmed_on };
        record.add_evidence([evidence]);
        let relation = &mut record.relation;
        relation.title = cells.title.or(relation.title.take());
        relation.strength = cells.strength.or(relation.strength);
        relation.one_way = cells.one_way.unwrap_or(relation.one_way);
        relation.champion = cells.champion.unwrap_or(relation.champion);
        relation.gatekeeper = cells.gatekeeper.unwrap_or(relation.gatekeeper);
        relation.last_confirmed_on = cells.last_confirmed_on.or(relation.last_confirmed_on);
        relation.synthetic = cells.synthetic.unwrap_or(relation.synthetic);
        let to_day = cells.valid_to.or(relation.validity.to);
        relation.validity = Validity::new(relation.validity.from, to_day).map_err(|invalid| ("valid_to", invalid))?;
        record.note = cells.note.or(record.note.take());
        record.checked().map_err(|invalid| ("to", invalid))
    }
}
