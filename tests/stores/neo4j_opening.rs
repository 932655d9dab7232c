//! What may be opened on a server, what is left alone, what a person is told, and what the doctor finds.

use crate::bolt::{neo4j_of_version, silence, web_server};
use crate::build::*;
use crate::ground::runtime;
use crate::home::{ended, inroads, unusable};
use crate::neo4j_server::{Server, server};
use inroads::model::Revision;
use inroads::store::neo4j::{Neo4jStore, Settings};
use inroads::store::{GraphStore as _, StoreError};
use neo4rs::query;
use std::time::{Duration, Instant};

/// A store with a practice and somebody who works there, behind whose back a statement then does harm.
async fn harmed(server: &Server, harm: &str) -> Neo4jStore {
    server.wipe().await;
    let store = Neo4jStore::open(&server.settings()).await.unwrap();
    let lead = role("ind:a", "org:a", "Lead", "register");
    let changes =
        vec![put(&with_ref(practice("org:a"), "GB-NHS:A1")), put(&person("ind:a")), put(&area("area:a")), link(&lead)];
    store.commit(set("1", changes)).await.unwrap();
    store.commit(set("2", vec![put(&merged(practice("org:b"), "org:a"))])).await.unwrap();
    store.commit(set("3", vec![put(&named(person("ind:a"), "Renamed"))])).await.unwrap();
    server.driver().run(query(harm)).await.unwrap();
    store
}

#[test]
fn a_database_of_a_newer_schema_or_of_somebody_else_is_refused_and_left_alone() {
    let server = server();
    runtime().block_on(async {
        let settings = server.settings();
        let address = settings.server();
        harmed(&server, "MATCH (m:Meta) SET m.schema = 99").await;
        assert_eq!(
            unusable(Neo4jStore::open(&settings).await),
            format!(
                "the database at {address} was written by a newer inroads (schema 99; this one knows 1): upgrade inroads"
            )
        );

        server.wipe().await;
        server.driver().run(query("CREATE (:Movie {title: 'Brief Encounter'})")).await.unwrap();
        for outcome in [Neo4jStore::open(&settings).await, Neo4jStore::open_existing(&settings).await] {
            let why = unusable(outcome);
            assert!(why.contains("not of inroads, which is left alone: use an empty one"), "{why}");
        }
        let mut left = server.driver().execute(query("MATCH (n) RETURN labels(n)[0] AS label")).await.unwrap();
        assert_eq!(left.next().await.unwrap().unwrap().get::<String>("label").unwrap(), "Movie");
        assert!(left.next().await.unwrap().is_none(), "nothing was added");
    });
}

#[test]
fn what_is_only_looked_at_is_not_made() {
    let server = server();
    runtime().block_on(async {
        server.wipe().await;
        let why = unusable(Neo4jStore::open_existing(&server.settings()).await);
        assert!(why.contains("the database is empty; check the address"), "{why}");
        Neo4jStore::open(&server.settings()).await.unwrap();
        Neo4jStore::open_existing(&server.settings()).await.unwrap();
    });
}

#[test]
fn half_a_copy_is_no_store() {
    let server = server();
    runtime().block_on(async {
        let store = harmed(&server, "MATCH (m:Meta) SET m.copying = true").await;
        let why = unusable(Neo4jStore::open(&server.settings()).await);
        assert!(why.contains("broken off half-way") && why.contains("docs/NEO4J.md"), "{why}");
        assert_eq!(unusable(store.load().await), why);
        assert_eq!(unusable(store.health().await), why);
        assert_eq!(unusable(store.commit(set("4", vec![])).await), why);
    });
}

#[test]
fn a_wrong_password_is_told_without_it() {
    let server = server();
    runtime().block_on(async {
        let settings = Settings { password: "hunter2hunter2".to_owned(), ..server.settings() };
        let why = unusable(Neo4jStore::open(&settings).await);
        assert!(why.contains("INROADS_STORE_PASSWORD") && why.contains(&settings.server()), "{why}");
        assert!(!why.contains("hunter2"), "{why}");
    });
    let url = format!("bolt://nobody@127.0.0.1:{}", server.port);
    let mut command = inroads(&["doctor", "--store", &url]);
    command.env("INROADS_STORE_PASSWORD", "hunter2hunter2");
    let (code, out, why) = ended(command);
    assert_eq!((code, out.as_str(), why.lines().count()), (2, "", 1), "{why}");
    assert!(!why.contains("hunter2"), "{why}");

    let mut command = inroads(&["doctor", "--store", &url]);
    command.env_remove("INROADS_STORE_PASSWORD");
    let (code, _, why) = ended(command);
    assert!(code == 2 && why.contains("the store needs a password"), "{why}");
}

#[tokio::test]
async fn what_answers_has_to_be_neo4j_and_not_too_old() {
    let settings = |port| Settings {
        host: "127.0.0.1".to_owned(),
        port,
        user: "neo4j".to_owned(),
        password: "a password".to_owned(),
        tls: false,
        deadline: Duration::from_secs(5),
        long_deadline: Duration::from_secs(5),
        connections: 2,
    };
    let why = unusable(Neo4jStore::open(&settings(neo4j_of_version("4.4.40").await)).await);
    assert!(why.contains("version 4.4.40, which is too old: 5.26 or later is needed"), "{why}");
    let why = unusable(Neo4jStore::open(&settings(web_server().await)).await);
    assert!(why.contains("no Neo4j") && why.contains("7687"), "{why}");

    let hasty = Settings { deadline: Duration::from_millis(300), ..settings(silence().await) };
    let start = Instant::now();
    let Err(StoreError::Unavailable(why)) = Neo4jStore::open(&hasty).await else { panic!("nobody is there") };
    assert!(why.contains(&hasty.server()) && why.contains("did not answer in time"), "{why}");
    assert!(start.elapsed() < Duration::from_secs(5));

    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let Err(StoreError::Unavailable(why)) = Neo4jStore::open(&settings(nobody)).await else {
        panic!("nobody is there")
    };
    assert!(why.contains("cannot be reached") && why.contains("is it running"), "{why}");
    let away = Settings { host: "nowhere.invalid".to_owned(), ..settings(7687) };
    assert!(
        matches!(Neo4jStore::open(&away).await, Err(StoreError::Unavailable(why)) if why.contains("nowhere.invalid"))
    );
}

#[test]
fn the_doctor_finds_what_was_harmed() {
    let harms = [
        ("MATCH (c:ChangeSet {revision: 2}) DELETE c", "the log has 2 entries between revisions 1 and 3"),
        ("MATCH (c:Change {revision: 1, seq: 2}) DELETE c", "1 log entries lack some of their changes"),
        ("MATCH (m:Meta) SET m.announced = 9", "revision 9 is announced, the graph is at 3"),
        ("MATCH (r:Ref) DETACH DELETE r", "1 things do not have the refs that they list"),
        ("MATCH (:Ref)-[r:NAMES]->() DELETE r", "1 refs name nothing"),
        ("MATCH (n:Thing {id: 'org:a'}) SET n.mergedInto = 'org:b'", "2 nodes are merged into one another in a circle"),
        ("MATCH (n:Thing {id: 'org:b'}) SET n.mergedInto = 'org:z'", "1 things are merged into one that is not there"),
        ("MATCH ()-[r:MERGED_INTO]->() DELETE r", "1 MERGED_INTO relationships are missing"),
        (
            "MATCH (a:Area), (o {id: 'org:a'}) CREATE (a)-[:WITHIN]->(o)",
            "1 WITHIN relationships are there that nothing says",
        ),
        (
            "MATCH ()-[r:ROLE_AT]->() SET r.evidenceKinds = []",
            "1 relations have no evidence, or lists of it that do not match",
        ),
        ("MATCH ()-[r:ROLE_AT]->() REMOVE r.id", "1 relations have no id, or join what is no thing of ours"),
        ("MATCH (p:PersonalChange) SET p.individual = 'ind:z'", "1 personal changes are of no change, or of nobody"),
        ("MATCH (n:Thing {id: 'org:a'}) SET n.kind = 'CASTLE'", "org:a cannot be read"),
        ("MATCH (n:Individual) REMOVE n:Individual", "ind:a cannot be read"),
        ("MATCH (a:Area) SET a.validFrom = 'long ago'", "area:a cannot be read"),
        ("DROP CONSTRAINT serves_id", "the index serves_id is missing or not online"),
    ];
    let server = server();
    runtime().block_on(async {
        let well = harmed(&server, "RETURN 1").await;
        assert_eq!(well.check().await.unwrap(), Vec::<String>::new());
        for (harm, finding) in harms {
            let store = harmed(&server, harm).await;
            let findings = store.check().await.unwrap();
            assert!(findings.iter().any(|found| found.contains(finding)), "{harm}: {findings:?}");
            // What cannot be read is not passed over.
            let unreadable = finding.strip_suffix(" cannot be read");
            if let Some(id) = unreadable {
                let outcome = store.load().await;
                assert!(
                    matches!(&outcome, Err(StoreError::Internal { context, .. }) if context.contains(id)),
                    "{harm}"
                );
            }
        }
        // The last of them goes for the store that is opened next.
        let schema = include_str!("../../schema/neo4j/0001_graph_and_log.cypher");
        let serves = schema.lines().find(|line| line.contains("serves_id")).unwrap();
        server.driver().run(query(serves.trim_end_matches(';'))).await.unwrap();
        assert_eq!(harmed(&server, "RETURN 1").await.check().await.unwrap(), Vec::<String>::new());
    });
}

#[test]
fn two_may_open_an_empty_database_at_once() {
    let server = server();
    runtime().block_on(async {
        server.wipe().await;
        let settings = server.settings();
        let opened = futures_util::future::join_all((0..4).map(|_| Neo4jStore::open(&settings))).await;
        for store in opened {
            assert_eq!(store.unwrap().health().await.unwrap().revision, Revision(0));
        }
    });
}
