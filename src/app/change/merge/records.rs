//! What two records of one thing become. Pure: no fact is lost, and of two answers on consent the stricter stands.

use crate::model::{
    Body, Consent, ConsentPurpose, ConsentStatus, Date, Details, DoNotApproach, NodeId, NodeRecord, Relation,
    RelationRecord,
};

/// The duplicate, which keeps its key and says what it stands for now, and the one that stays, with all that it takes
/// over. Where both know something, the one that stays is believed.
pub fn merged(mut duplicate: NodeRecord, mut survivor: NodeRecord, today: Date) -> (NodeRecord, NodeRecord) {
    let (from, into) = (&mut duplicate.node, &mut survivor.node);
    into.refs.append(&mut from.refs);
    for name in std::iter::once(&from.name).chain(&from.aliases) {
        if *name != into.name && !into.aliases.contains(name) {
            into.aliases.push(name.clone());
        }
    }
    into.do_not_approach = longer(into.do_not_approach.take(), from.do_not_approach.clone());
    fill_facts(&mut into.body, &from.body, today);
    fill_details(&mut survivor.details, &duplicate.details);
    from.merged_into = Some(into.id.clone());
    (duplicate, survivor)
}

/// A relation of the duplicate as it is at the one that stays; nothing if it would join that to itself.
pub fn moved(record: &RelationRecord, duplicate: &NodeId, into: &NodeId) -> Option<RelationRecord> {
    let end = |end: &NodeId| if end == duplicate { into.clone() } else { end.clone() };
    let known = &record.relation;
    let (from, to) = (end(&known.from), end(&known.to));
    if from == to {
        return None;
    }
    let id = Relation::identity(known.kind, &from, &to, known.title.as_deref(), known.mode, known.validity.from);
    Some(RelationRecord { relation: Relation { id, from, to, ..known.clone() }, ..record.clone() })
}

/// A relation that comes to where one may stand already: evidence adds up, and what stands keeps its cells.
pub fn joined(standing: Option<&RelationRecord>, coming: RelationRecord) -> RelationRecord {
    let Some(standing) = standing else { return coming };
    let mut together = standing.clone();
    together.add_evidence(coming.evidence);
    together.note = together.note.or(coming.note);
    together
}

/// One window that leaves out no day of either.
fn longer(one: Option<DoNotApproach>, other: Option<DoNotApproach>) -> Option<DoNotApproach> {
    let (Some(one), Some(other)) = (&one, &other) else { return one.or(other) };
    let (last, first) = if other.until > one.until { (other, one) } else { (one, other) };
    Some(DoNotApproach {
        from: one.from.min(other.from),
        until: last.until,
        reason: last.reason.clone().or_else(|| first.reason.clone()),
    })
}

fn fill<T: Clone>(slot: &mut Option<T>, value: Option<&T>) {
    if slot.is_none() {
        *slot = value.cloned();
    }
}

fn fill_facts(into: &mut Body, from: &Body, today: Date) {
    match (into, from) {
        (Body::Organisation(into), Body::Organisation(from)) => {
            fill(&mut into.sector, from.sector.as_ref());
            fill(&mut into.nation, from.nation.as_ref());
            fill(&mut into.list_size, from.list_size.as_ref());
            fill(&mut into.deprivation_decile, from.deprivation_decile.as_ref());
            fill(&mut into.rural, from.rural.as_ref());
        }
        (Body::Network(into), Body::Network(from)) => {
            fill(&mut into.formality, from.formality.as_ref());
            fill(&mut into.purpose, from.purpose.as_ref());
        }
        (Body::Individual(into), Body::Individual(from)) => {
            for purpose in ConsentPurpose::ALL {
                let standing = into.consent_mut(*purpose);
                *standing = stricter(*standing, from.consent(*purpose), today);
            }
        }
        // Only records of one sort are merged, and of no other sort than these.
        (
            Body::Organisation(_)
            | Body::Individual(_)
            | Body::Network(_)
            | Body::Area(_)
            | Body::UnderservedGroup(_)
            | Body::PopulationSegment(_)
            | Body::SoftwareProduct(_)
            | Body::Initiative(_),
            _,
        ) => {}
    }
}

/// Of two answers of one person the stricter; of two alike the first.
fn stricter(one: Consent, other: Consent, today: Date) -> Consent {
    let rank = |consent: Consent| match consent.on(today) {
        ConsentStatus::Refused | ConsentStatus::Withdrawn => 0,
        ConsentStatus::NotAsked | ConsentStatus::Expired => 1,
        ConsentStatus::Granted => 2,
    };
    // Of two that hold, the one that ends first.
    let end = |consent: Consent| consent.expires_on.unwrap_or(Date::MAX);
    let both_hold = rank(one) == 2 && rank(other) == 2;
    if rank(other) < rank(one) || (both_hold && end(other) < end(one)) { other } else { one }
}

fn fill_details(into: &mut Details, from: &Details) {
    fill(&mut into.postcode, from.postcode.as_ref());
    fill(&mut into.website, from.website.as_ref());
    fill(&mut into.email, from.email.as_ref());
    fill(&mut into.phone, from.phone.as_ref());
    let lists = [
        (&mut into.sources, &from.sources),
        (&mut into.languages, &from.languages),
        (&mut into.lived_experience, &from.lived_experience),
    ];
    for (list, more) in lists {
        for entry in more {
            if !list.contains(entry) {
                list.push(entry.clone());
            }
        }
    }
    for record in &from.consents {
        if !into.consents.contains(record) {
            into.consents.push(record.clone());
        }
    }
}

#[cfg(test)]
mod tests;
