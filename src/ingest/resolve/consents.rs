//! What people answered, once all rows have been read: one answer a purpose, so that a sheet which names somebody twice
//! records no history that never was.

use super::draft::Draft;
use crate::{
    ingest::{
        Row,
        sheets::{Facts, NodeRow},
    },
    model::{Body, Consent, ConsentPurpose, ConsentRecord, ConsentStatus},
};
use std::collections::BTreeMap;

impl Draft<'_> {
    /// Records the answers of the rows that were taken. Whoever refused or withdrew, in another row or on record, has
    /// done so: a sheet written before that, imported again, must not undo it.
    pub(super) fn put_answers(&mut self, rows: &[Row<NodeRow>], places: &[Option<usize>]) {
        let mut answers: BTreeMap<(usize, ConsentPurpose), (&Row<NodeRow>, ConsentStatus)> = BTreeMap::new();
        for (row, place) in rows.iter().zip(places) {
            let (Some(place), Facts::Individual(said)) = (*place, &row.cells.facts) else { continue };
            for (purpose, said) in
                [(ConsentPurpose::Contact, said.contact), (ConsentPurpose::Introduce, said.introduce)]
            {
                let Some(said) = said else { continue };
                let answer = answers.entry((place, purpose)).or_insert((row, said));
                if is_no(said) || !is_no(answer.1) {
                    *answer = (row, said);
                }
            }
        }
        for ((place, purpose), (row, status)) in answers {
            self.put_answer(row, place, purpose, status);
        }
    }

    fn put_answer(&mut self, row: &Row<NodeRow>, place: usize, purpose: ConsentPurpose, status: ConsentStatus) {
        let Some(mut record) = self.records[place].clone() else { return };
        let Body::Individual(facts) = &mut record.node.body else { return };
        let (column, standing) = match purpose {
            ConsentPurpose::Contact => ("consent_contact", &mut facts.contact),
            ConsentPurpose::Introduce => ("consent_introduce", &mut facts.introduce),
        };
        if standing.status == status {
            return;
        }
        if is_no(standing.status) && !is_no(status) {
            let reason = format!("{} is on record, and a sheet does not undo that", standing.status);
            self.refuse(&row.origin, column, Some(status.as_str()), reason);
            return;
        }
        *standing = Consent { status, expires_on: None };
        record.details.consents.push(ConsentRecord {
            purpose,
            status,
            lawful_basis: None,
            recorded_on: Some(self.today),
            expires_on: None,
        });
        self.put_record(row, place, record);
    }
}

fn is_no(status: ConsentStatus) -> bool {
    matches!(status, ConsentStatus::Refused | ConsentStatus::Withdrawn)
}
