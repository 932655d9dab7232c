//! The sheet of individuals, and that of networks.

use super::{SHEETS, rows};
use crate::ingest::synthetic::REFERENCE_DAY;
use crate::model::{ConsentStatus, parse_day};
use std::collections::{BTreeMap, BTreeSet};

fn share(rows: &[BTreeMap<String, String>], test: impl Fn(&BTreeMap<String, String>) -> bool) -> usize {
    rows.iter().filter(|row| test(row)).count() * 100 / rows.len()
}

#[test]
fn there_are_sixteen_hundred_and_eight_of_them_are_ours() {
    let people = rows(&SHEETS[0].csv);
    assert_eq!(people.len(), 1600);
    let refs: BTreeSet<&str> = people.iter().map(|row| row["ref"].as_str()).collect();
    assert_eq!(
        (refs.len(), *refs.first().unwrap(), *refs.last().unwrap()),
        (1600, "team:person/0001", "team:person/1600")
    );
    let team: Vec<&str> = people.iter().filter(|row| row["team"] == "true").map(|row| row["area"].as_str()).collect();
    assert_eq!(team.len(), 8);
    assert_eq!(team.iter().filter(|area| **area == "E08:E08000012").count(), 4);
    let names: BTreeSet<&str> = people.iter().map(|row| row["name"].as_str()).collect();
    assert_eq!(names.len(), 1600);
}

#[test]
fn nobody_real_can_be_reached_by_what_is_written() {
    let drama = ["0151 496 0", "0141 496 0", "07700 900"];
    let (mut phones, mut emails) = (BTreeSet::new(), BTreeSet::new());
    for row in rows(&SHEETS[0].csv) {
        let (phone, email) = (row["phone"].clone(), row["email"].clone());
        assert!(phone.is_empty() || drama.iter().any(|range| phone.starts_with(range)), "{phone}");
        assert!(phone.is_empty() || phone.chars().filter(char::is_ascii_digit).count() == 11, "{phone}");
        assert!(email.is_empty() || (email.ends_with("@example.org") && email.is_ascii()), "{email}");
        assert!(phone.is_empty() || phones.insert(phone), "a number is given once");
        assert!(email.is_empty() || emails.insert(email), "an address is given once");
    }
    assert!(phones.len() > 400 && emails.len() > 800);
}

#[test]
fn consents_are_of_every_kind_in_likely_shares() {
    let people = rows(&SHEETS[0].csv);
    for column in ["consent_contact", "consent_introduce"] {
        for status in ConsentStatus::ALL {
            let percent = share(&people, |row| row[column] == status.as_str());
            let likely = match status {
                ConsentStatus::Granted => 30..65,
                ConsentStatus::NotAsked => 25..60,
                ConsentStatus::Refused | ConsentStatus::Withdrawn | ConsentStatus::Expired => 1..10,
            };
            assert!(likely.contains(&percent), "{column} {status}: {percent}%");
        }
    }
}

#[test]
fn some_are_to_be_left_alone_and_some_were() {
    let until: Vec<_> = rows(&SHEETS[0].csv)
        .iter()
        .filter(|row| !row["do_not_approach_until"].is_empty())
        .map(|row| parse_day(&row["do_not_approach_until"]).unwrap())
        .collect();
    let (over, ahead): (Vec<_>, Vec<_>) = until.into_iter().partition(|day| *day <= REFERENCE_DAY);
    assert!(over.len() >= 10 && ahead.len() >= 10);
    assert!(ahead.iter().all(|day| day.year() >= 2031));
}

#[test]
fn most_networks_are_informal() {
    let networks = rows(&SHEETS[1].csv);
    let informal = networks.iter().filter(|row| row["formality"] == "INFORMAL").count();
    assert!((10..=15).contains(&informal) && networks.len() > informal);
    assert!(networks.iter().all(|row| !row["purpose"].is_empty() && !row["area"].is_empty()));
}
