//! An import of 50,000 rows that is killed half-way, beside a server: nobody sees the half of it, and the same import
//! finishes it.

use crate::on_both;
use crate::support::client::ask;
use crate::support::place::Place;
use crate::support::process::{Serving, until};
use serde_json::Value;
use std::fmt::Write as _;
use std::process::Stdio;

on_both!(an_import_killed_half_way_is_not_seen_and_can_be_finished);

const ROWS: usize = 50_000;
const SET: usize = 2_500;

async fn an_import_killed_half_way_is_not_seen_and_can_be_finished(place: Place) {
    let place = place.configured(&format!("[import]\nchange_set_rows = {SET}\n"));
    let sheets = place.folder.path().join("sheets");
    std::fs::create_dir(&sheets).unwrap();
    let mut sheet = "ref,name,kind,source\n".to_owned();
    for row in 0..ROWS {
        writeln!(sheet, "team:org/{row},Organisation {row},VCFSE,test").unwrap();
    }
    std::fs::write(sheets.join("organisations.csv"), sheet).unwrap();
    let sheets = sheets.to_str().unwrap();

    let serving = Serving::start(&place).await;
    let mut running = place.command(&["import", "team", sheets]).stdout(Stdio::null()).spawn().unwrap();
    let store = place.store().await;
    until("some of it is committed", async || {
        assert!(running.try_wait().unwrap().is_none(), "it ended before it could be killed");
        (store.health().await.unwrap().revision.0 >= 2).then_some(())
    })
    .await;
    running.kill().unwrap();
    running.wait().unwrap();
    let health = store.health().await.unwrap();
    let graph = store.load().await.unwrap();
    assert!(graph.nodes.len() < ROWS, "killed too late to tell anything");
    let written = graph.nodes.len() + graph.sources.len();
    assert_eq!(written as u64, health.revision.0 * SET as u64, "whole change sets only, a revision for each");
    assert_eq!((health.announced.0, health.unfinished.is_some()), (0, true));
    assert_eq!(count(&serving).await, 0);
    // One that starts now has the store as it is, and says so.
    let beside = Serving::start(&place).await;
    assert!(std::fs::read_to_string(&beside.log).unwrap().contains("import the file again to finish it"));
    drop((beside, store));
    place.assert_whole();
    place.run(&["import", "team", sheets]);
    until("all of it shows", async || (count(&serving).await == ROWS as u64).then_some(())).await;
    place.assert_whole();
}

async fn count(serving: &Serving) -> u64 {
    let answer = ask(serving.address, "{ organisations(first: 1) { totalCount } }", &Value::Null, &[]).await.unwrap();
    let json = answer.json();
    assert_eq!(json.get("errors"), None, "{json}");
    json["data"]["organisations"]["totalCount"].as_u64().unwrap()
}
