//! Where the embedded file keeps what is personal: in few tables, each keyed by the person, and after an erasure nowhere,
//! not in a free page nor in the write-ahead log.

use crate::build::*;
use crate::cases::erasure;
use crate::home::Home;
use inroads::model::{
    Body, Change, Consent, ConsentStatus, Evidence, EvidenceKind, IndividualFacts, NodeRecord, RelationRecord,
};
use inroads::store::GraphStore as _;
use rusqlite::types::ValueRef;

/// As the conformance cases have them, with values in all columns that tell of a person.
fn somebody(mark: &str) -> NodeRecord {
    let mut somebody = erasure::somebody(mark);
    let until = Some(day("2027-01-01"));
    somebody.node.body = Body::Individual(IndividualFacts {
        team: true,
        contact: Consent { status: ConsentStatus::Granted, expires_on: until },
        introduce: Consent { status: ConsentStatus::Refused, expires_on: None },
    });
    somebody.details.consents[0].expires_on = until;
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

    let fields = &home.store.changes_since(inroads::model::Revision(1), 1).await.unwrap()[0].changes[0].fields;
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

/// Every byte of the store's files.
fn bytes(home: &Home) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(home.folder.path()).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    bytes
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

const MARKS: [&str; 12] = [
    "Zebedee name",
    "Zebedee alias",
    "Zebedee reason",
    "Zebedee email",
    "Zebedee phone",
    "Zebedee postcode",
    "Zebedee ref",
    "Zebedee experience",
    "Zebedee basis",
    "Zebedee title",
    "Zebedee note",
    "Zebedee witness",
];

#[tokio::test]
async fn an_erased_person_is_in_no_byte_of_the_files() {
    let home = told_then_changed().await;
    let before = bytes(&home);
    for mark in MARKS {
        assert!(holds(&before, mark), "{mark} was there");
    }
    home.store.commit(set("3", vec![erase("ind:a")])).await.unwrap();
    let after = bytes(&home);
    assert!(!holds(&after, "Zebedee") && !holds(&after, "Ermintrude"));
    assert!(holds(&after, "Person ind:b"), "others are");
}

/// People by the hundred, in no order, each with texts of another length, and every second one is erased: rows move
/// between pages as they come, change and go.
#[tokio::test]
async fn nobody_leaves_a_trace_in_pages_that_were_split_or_joined() {
    const PEOPLE: usize = 1_200;
    let home = Home::new().await;
    let goes = |n: &usize| n.is_multiple_of(2);
    let mark = |n: usize| if goes(&n) { "Zebedee" } else { "Florence" };
    let id = |n: usize| format!("ind:{:04}", n * 379 % PEOPLE);
    let known = |n: usize, length: usize| {
        let mut known = named(person(&id(n)), &format!("{} {n:04}", mark(n)));
        known.details.lived_experience = vec![mark(n).repeat(length * 131 % 100)];
        with_ref(known, &format!("team:{} {n}", mark(n)))
    };
    let met = |n: usize, length: usize| {
        let mut met = role(&id(n), "org:a", &format!("{} role", mark(n)), mark(n));
        met.note = Some(mark(n).repeat(length * 17 % 60));
        met
    };
    home.store.commit(set("0", vec![put(&practice("org:a"))])).await.unwrap();
    for round in 0..12 {
        let some = (0..PEOPLE).filter(|n| n % 12 == round);
        let made = some.clone().flat_map(|n| [put(&known(n, n)), link(&met(n, n))]);
        home.store.commit(set(&format!("made {round}"), made.collect())).await.unwrap();
        let changed = some.filter(|n| n % 3 == 0).flat_map(|n| [put(&known(n, n + 50)), link(&met(n, n + 7))]);
        home.store.commit(set(&format!("changed {round}"), changed.collect())).await.unwrap();
    }
    for part in 0..4 {
        let gone = (0..PEOPLE).filter(goes).filter(|n| n % 16 / 4 == part).map(|n| erase(&id(n)));
        home.store.commit(set(&format!("gone {part}"), gone.collect())).await.unwrap();
    }
    let bytes = bytes(&home);
    assert_eq!(bytes.windows(7).filter(|window| *window == b"Zebedee").count(), 0);
    assert!(holds(&bytes, "Florence"));
    assert_eq!(home.store.load().await.unwrap().nodes.len(), PEOPLE / 2 + 1);
}

/// While somebody reads what was, the write-ahead log has to keep it; the next commit empties it.
#[tokio::test]
async fn old_pages_go_as_soon_as_nobody_reads_them() {
    let home = told_then_changed().await;
    let reader = home.sql();
    reader.execute_batch("BEGIN; SELECT count(*) FROM node").unwrap();
    home.store.commit(set("3", vec![erase("ind:a")])).await.unwrap();
    assert!(holds(&bytes(&home), "Zebedee"), "the reader still sees them");
    reader.execute_batch("COMMIT").unwrap();
    home.store.commit(set("4", vec![])).await.unwrap();
    assert!(!holds(&bytes(&home), "Zebedee"));
}

#[tokio::test]
async fn what_the_log_lets_go_of_is_in_no_byte_either() {
    let home = told_then_changed().await;
    home.store.let_go_of_log(jiff::Timestamp::MAX).await.unwrap();
    let bytes = bytes(&home);
    assert!(!holds(&bytes, "Zebedee"), "what was before");
    assert!(holds(&bytes, "Ermintrude"), "what is now");
}
