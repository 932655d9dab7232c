use super::{World, day, refusals};
use crate::{
    ingest::{GrantsOptions, RawFile, grants},
    model::{EvidenceKind, OrganisationKind, RelationKind, Validity},
};
use serde_json::{Value, json};

fn package(list: Vec<Value>) -> RawFile {
    RawFile::new("grants.json", json!({ "grants": list }).to_string())
}

fn grant(id: &str, recipient: Value) -> Value {
    json!({
        "id": id,
        "awardDate": "2015-06-10T00:00:00+00:00",
        "amountAwarded": 15000, "currency": "GBP",
        "description": "never imported",
        "plannedDates": [{ "startDate": "2015-07-01T00:00:00+00:00", "endDate": "2016-06-30T00:00:00+00:00" }],
        "fundingOrganization": [{ "id": "GB-CHC-327114", "name": "A foundation" }],
        "recipientOrganization": [recipient],
    })
}

fn import(world: &mut World, list: Vec<Value>) -> crate::ingest::Report {
    world.import(grants(&package(list), &GrantsOptions::default()))
}

#[test]
fn a_grant_makes_its_bodies_and_says_who_funded_whom() {
    let mut world = World::of(&[("areas.csv", "ref,name\nE08:E08000012,Liverpool\n")]);
    let mut one = grant(
        "360G-x-1",
        json!({
            "id": "GB-COH-1234567", "name": "Café Ami", "charityNumber": 1_136_419, "companyNumber": "1234567",
            "postalCode": "l82tj", "url": "http://example.org"
        }),
    );
    one["beneficiaryLocation"] = json!([
        { "geoCode": "E08000012", "geoCodeType": "MD" },
        { "geoCode": "E01006412", "geoCodeType": "LSOA" },
        { "geoCode": "E08999999" },
        { "name": "somewhere" },
    ]);
    let report = import(&mut world, vec![one.clone()]);
    assert_eq!((report.new, report.refused_rows, report.refused.len()), (1, 0, 2), "{report}");
    let body = world.node("GB-COH:01234567");
    // The charity number makes the id, though the grant was made to the company.
    assert_eq!(body.node.id.as_str(), "org:GB-CHC:1136419");
    assert_eq!(body.node.organisation().unwrap().kind, OrganisationKind::Vcfse);
    assert_eq!(body.details.postcode.as_deref(), Some("L8 2TJ"));
    let funds = world.relation(RelationKind::Funds, "GB-CHC:327114", "GB-CHC:1136419").unwrap();
    assert_eq!(funds.relation.title.as_deref(), Some("360G-x-1"));
    assert_eq!(funds.relation.validity, Validity { from: Some(day("2015-07-01")), to: Some(day("2016-07-01")) });
    assert_eq!(funds.relation.last_confirmed_on, Some(day("2015-06-10")));
    assert_eq!((funds.relation.best_evidence, funds.note.as_deref()), (EvidenceKind::Documented, Some("15000 GBP")));
    assert!(world.relation(RelationKind::Covers, "GB-CHC:1136419", "E08:E08000012").is_some());
    let again = import(&mut world, vec![one]);
    assert!(again.nothing_new() && again.unchanged == 1, "{again}");
}

#[test]
fn the_latest_award_names_a_body_and_corrects_nothing_on_record() {
    let mut world = World::of(&[(
        "organisations.csv",
        "ref,name,kind,sector\nGB-UKPRN:10006842|GB-CHC:9,University of Liverpool,UNIVERSITY,WORK_AND_EDUCATION\n",
    )]);
    let mut older = grant("1", json!({ "id": "GB-CHC-5", "name": "Old name", "postalCode": "L1 1AA" }));
    older["awardDate"] = json!("2011-01-01");
    let newer = grant("2", json!({ "id": "GB-CHC-5", "name": "New name" }));
    let university = grant("3", json!({ "id": "GB-CHC-9", "name": "Univ.", "url": "javascript:x" }));
    let report = import(&mut world, vec![older, newer, university]);
    assert_eq!((report.new, report.refused.len()), (3, 0), "{report}");
    let body = world.node("GB-CHC:5");
    assert_eq!((body.node.name.as_str(), body.details.postcode.as_deref()), ("New name", Some("L1 1AA")));
    let body = world.node("GB-CHC:9");
    assert_eq!(body.node.name, "University of Liverpool");
    assert_eq!(body.node.organisation().unwrap().kind, OrganisationKind::University);
    assert_eq!(body.details.website, None);
}

#[test]
fn grants_that_cannot_be_taken_say_why() {
    let mut person = grant("1", json!(null));
    person["recipientOrganization"] = json!([]);
    person["recipientIndividual"] = json!({ "id": "360G-x-p1", "name": "A person" });
    let mut backwards = grant("2", json!({ "id": "GB-CHC-5", "name": "Five" }));
    backwards["plannedDates"] = json!([{ "startDate": "2020-01-01", "endDate": "2019-01-01" }]);
    let unknown = grant("3", json!({ "id": "XX-5", "name": "Five" }));
    let mut nobody = grant("4", json!(null));
    nobody["recipientOrganization"] = json!([]);
    let mut unfunded = grant("5", json!({ "id": "GB-CHC-5", "name": "Five" }));
    unfunded["fundingOrganization"] = json!([]);
    let mut world = World::empty();
    let report = import(&mut world, vec![person, backwards, unknown, nobody, unfunded, json!(7)]);
    assert_eq!((report.rows_read, report.left_out, report.refused_rows), (6, 1, 5), "{report}");
    let columns: Vec<_> = report.refused.iter().filter_map(|refusal| refusal.column.as_deref()).collect();
    assert_eq!(
        columns,
        ["plannedDates", "recipientOrganization", "recipientOrganization", "fundingOrganization", "grant"]
    );
    assert_eq!(world.known.nodes().count(), 0);
}

#[test]
fn what_is_no_package_is_refused() {
    for text in ["", "[]", "{}", "{\"grants\":3}", "grants"] {
        let report = World::empty().import(grants(&RawFile::new("x.json", text), &GrantsOptions::default()));
        assert_eq!(refusals(&report).len(), 1, "{text}");
    }
}
