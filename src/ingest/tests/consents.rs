use super::{World, day, refusals};
use crate::model::ConsentStatus;

const PEOPLE: &str = "ref,name,team,consent_contact,consent_introduce\n";

fn person(cells: &str) -> String {
    format!("{PEOPLE}team:ada,Ada,{cells}\n")
}

#[test]
fn a_new_person_was_not_asked_and_has_a_random_id() {
    let world = World::of(&[("individuals.csv", &person(",,"))]);
    let record = world.node("team:ada");
    let facts = record.node.individual().unwrap();
    assert_eq!((facts.contact.status, facts.introduce.status), (ConsentStatus::NotAsked, ConsentStatus::NotAsked));
    assert!(record.details.consents.is_empty());
    assert!(record.node.id.as_str().starts_with("ind:") && !record.node.id.as_str().contains("ada"));
}

#[test]
fn an_answer_is_recorded_with_its_day_and_a_blank_cell_leaves_it() {
    let mut world = World::of(&[("individuals.csv", &person("true,GRANTED,REFUSED"))]);
    let report = world.sheets(&[("individuals.csv", &person(",,"))]);
    assert_eq!(report.unchanged, 1, "{report}");
    let record = world.node("team:ada");
    assert!(record.node.individual().unwrap().team);
    let recorded: Vec<_> =
        record.details.consents.iter().map(|consent| (consent.status, consent.recorded_on)).collect();
    let today = Some(day("2026-05-01"));
    assert_eq!(recorded, [(ConsentStatus::Granted, today), (ConsentStatus::Refused, today)]);
}

#[test]
fn a_sheet_does_not_undo_a_withdrawal() {
    let before = person(",GRANTED,GRANTED");
    let mut world = World::of(&[("individuals.csv", &before)]);
    assert_eq!(world.sheets(&[("individuals.csv", &person(",WITHDRAWN,"))]).changed, 1);
    let report = world.sheets(&[("individuals.csv", &before)]);
    assert_eq!((report.changed, report.unchanged), (0, 1));
    assert!(refusals(&report)[0].contains("WITHDRAWN is on record"), "{report}");
    let facts = world.node("team:ada").node.individual().unwrap();
    assert_eq!((facts.contact.status, facts.introduce.status), (ConsentStatus::Withdrawn, ConsentStatus::Granted));
}

#[test]
fn of_two_rows_the_one_that_says_no_counts() {
    let twice = |one: &str, other: &str| format!("{PEOPLE}team:ada,Ada,,{one},\nteam:ada,Ada,,{other},\n");
    for (one, other, status) in [
        ("REFUSED", "GRANTED", ConsentStatus::Refused),
        ("GRANTED", "REFUSED", ConsentStatus::Refused),
        ("NOT_ASKED", "GRANTED", ConsentStatus::Granted),
    ] {
        let sheet = twice(one, other);
        let mut world = World::of(&[("individuals.csv", &sheet)]);
        let record = world.node("team:ada");
        assert_eq!(record.node.individual().unwrap().contact.status, status);
        assert_eq!(record.details.consents.len(), 1);
        assert!(world.sheets(&[("individuals.csv", &sheet)]).nothing_new());
    }
}

#[test]
fn reports_do_not_repeat_what_speaks_of_a_person() {
    let mut world = World::empty();
    let name = "x".repeat(600);
    let report = world.sheets(&[("individuals.csv", &format!("ref,name,team\nteam:ada,{name},maybe\n"))]);
    let shown: Vec<_> = report.refused.iter().map(|refusal| (refusal.column.as_deref(), &refusal.value)).collect();
    assert_eq!(shown, [(Some("name"), &None), (Some("team"), &Some("maybe".to_owned()))]);
}
