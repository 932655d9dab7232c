//! Invariant 9: the log holds no personal value; what is personal stands in few places, each keyed by the person.

use super::Home;
use super::worlds::{day, person, practice, put, role, set, with_ref};
use crate::model::{
    Body, Change, Consent, ConsentPurpose, ConsentRecord, ConsentStatus, DoNotApproach, Evidence, EvidenceKind,
    IndividualFacts, NodeRecord, RelationRecord,
};
use crate::store::GraphStore as _;
use rusqlite::types::ValueRef;

/// Everything personal has this in it, so that it can be found wherever it went.
fn somebody(mark: &str) -> NodeRecord {
    let mut somebody = with_ref(person("ind:a"), &format!("team:{mark} ref"));
    let node = &mut somebody.node;
    node.name = format!("{mark} name");
    node.aliases = vec![format!("{mark} alias")];
    node.do_not_approach =
        Some(DoNotApproach { from: None, until: day("2026-09-01"), reason: Some(format!("{mark} reason")) });
    node.body = Body::Individual(IndividualFacts {
        team: true,
        contact: Consent { status: ConsentStatus::Granted, expires_on: Some(day("2027-01-01")) },
        introduce: Consent { status: ConsentStatus::Refused, expires_on: None },
    });
    let details = &mut somebody.details;
    details.email = Some(format!("{mark} email"));
    details.phone = Some(format!("{mark} phone"));
    details.postcode = Some(format!("{mark} postcode"));
    details.website = Some(format!("{mark} website"));
    details.sources = vec![format!("{mark} source")];
    details.languages = vec![format!("{mark} language")];
    details.lived_experience = vec![format!("{mark} experience")];
    details.consents = vec![ConsentRecord {
        purpose: ConsentPurpose::Contact,
        status: ConsentStatus::Granted,
        lawful_basis: Some(format!("{mark} basis")),
        recorded_on: None,
        expires_on: Some(day("2027-01-01")),
    }];
    somebody
}

fn their_role(mark: &str, to: &str) -> RelationRecord {
    let mut role = role("ind:a", to, "the same title", "the same source");
    role.relation.title = Some(format!("{mark} title"));
    role.note = Some(format!("{mark} note"));
    role.add_evidence([Evidence { kind: EvidenceKind::FirstHand, source: format!("{mark} witness"), date: None }]);
    role
}

/// The tables in which some text holds `word`.
fn tables_with(home: &Home, word: &str) -> Vec<String> {
    let sql = home.sql();
    let tables: Vec<String> = sql
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let holds = |table: &String| {
        let mut statement = sql.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                if let ValueRef::Text(text) = row.get_ref(column).unwrap()
                    && String::from_utf8_lossy(text).contains(word)
                {
                    return true;
                }
            }
        }
        false
    };
    tables.into_iter().filter(holds).collect()
}

async fn told_then_changed() -> Home {
    let friend = person("ind:b");
    let first = vec![
        put(&somebody("Zebedee")),
        put(&friend),
        put(&practice("org:a")),
        Change::PutRelation(their_role("Zebedee", "org:a")),
        Change::PutRelation(their_role("Zebedee", "ind:b")),
    ];
    let home = Home::with(set("1", first)).await;
    let second = vec![
        put(&somebody("Ermintrude")),
        Change::PutRelation(their_role("Ermintrude", "org:a")),
        Change::PutRelation(their_role("Ermintrude", "ind:b")),
    ];
    home.store.commit(set("2", second)).await.unwrap();
    home
}

#[tokio::test]
async fn personal_values_are_in_their_own_tables_and_never_in_the_log() {
    let home = told_then_changed().await;
    assert_eq!(tables_with(&home, "Zebedee"), ["personal_change"]);
    assert_eq!(tables_with(&home, "Ermintrude"), ["evidence", "personal", "personal_change", "ref", "relation_text"]);
    for word in ["GRANTED", "REFUSED", "2026-09-01", "2027-01-01"] {
        let tables = tables_with(&home, word);
        assert!(!tables.is_empty() && tables.iter().all(|table| table.starts_with("personal")), "{word}: {tables:?}");
    }
}

#[tokio::test]
async fn the_personal_part_of_a_change_is_kept_by_person_with_its_before_and_after() {
    let home = told_then_changed().await;
    let sql = home.sql();
    let email: (String, String) = sql
        .query_one(
            "SELECT before, after FROM personal_change WHERE individual = 'ind:a' AND field = 'email'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(email, (r#""Zebedee email""#.to_owned(), r#""Ermintrude email""#.to_owned()));
    let with_friend: i64 =
        sql.query_one("SELECT count(*) FROM personal_change WHERE other = 'ind:b'", [], |row| row.get(0)).unwrap();
    assert_eq!(with_friend, 3, "title, note and evidence");

    let fields = &home.store.changes_since(crate::model::Revision(1), 1).await.unwrap()[0].changes[0].fields;
    assert!(fields.iter().any(|field| field == "email"), "the log names the field: {fields:?}");
}

#[tokio::test]
async fn words_between_organisations_are_in_the_log() {
    let home = Home::with(set("1", vec![put(&practice("org:a")), put(&practice("org:b"))])).await;
    let mut deal = role("org:a", "org:b", "deal", "register");
    home.store.commit(set("2", vec![Change::PutRelation(deal.clone())])).await.unwrap();
    deal.note = Some("Zebedee Partners".to_owned());
    home.store.commit(set("3", vec![Change::PutRelation(deal)])).await.unwrap();
    assert_eq!(tables_with(&home, "Zebedee"), ["log_change", "relation_text"]);
}

#[tokio::test]
async fn the_tables_refuse_a_personal_value_beside_the_node() {
    let home = Home::with(set("1", vec![put(&person("ind:a"))])).await;
    assert!(home.sql().execute("UPDATE node SET name = 'Zebedee' WHERE id = 'ind:a'", []).is_err());
}

#[tokio::test]
async fn what_is_deleted_leaves_no_trace_in_the_file() {
    let home = told_then_changed().await;
    let writer = home.store.writer.lock().await;
    writer.execute("DELETE FROM personal_change", []).unwrap();
    writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let file = std::fs::read(home.store.path()).unwrap();
    let holds = |word: &[u8]| file.windows(word.len()).any(|window| window == word);
    assert!(!holds(b"Zebedee"));
    assert!(holds(b"Ermintrude"));
}
