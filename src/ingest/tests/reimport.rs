use super::{World, folder};
use crate::ingest::{Input, team};
use crate::model::{NodeRecord, RelationRecord};
use proptest::prelude::*;

fn cell(options: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(options).prop_map(str::to_owned)
}

fn sheet(header: &'static str, row: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(row.prop_map(|cells| cells.join(",")), 0..8).prop_map(move |rows| {
        let mut lines = vec![header.to_owned()];
        lines.extend(rows);
        lines
    })
}

const ORGANISATIONS: &[&str] = &["GB-CHC:1", "GB-CHC:2", "GB-NHS:A", "GB-NHS:B", "GB-COH:1|GB-CHC:1", "S08:S08000031"];
const AREAS: &[&str] = &["E08:E08000012", "E54:E54000008", "S08:S08000031", ""];
const DAYS: &[&str] = &["", "", "2020-01-01", "2026-04-01"];
const REFS: &[&str] =
    &["GB-CHC:1", "GB-NHS:A", "GB-COH:1", "GB-CHC:9", "team:x", "team:y", "group:a", "network:n", "S08:S08000031"];

/// Small random folders: sparse, contradictory, partly refused.
fn input() -> impl Strategy<Value = Vec<(&'static str, Vec<String>)>> {
    let organisations = sheet(
        "ref,name,kind,valid_from,valid_to,area,source",
        (
            cell(ORGANISATIONS),
            cell(&["One", "Two", ""]),
            cell(&["ICB", "VCFSE", ""]),
            cell(DAYS),
            cell(DAYS),
            cell(AREAS),
            cell(&["", "S"]),
        )
            .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]),
    );
    let individuals = sheet(
        "ref,name,team,area,email,consent_contact,consent_introduce",
        (
            cell(&["team:x", "team:y"]),
            cell(&["X", "Y"]),
            cell(&["true", ""]),
            cell(AREAS),
            cell(&["", "x@example.org"]),
            cell(&["", "GRANTED", "WITHDRAWN"]),
            cell(&["", "GRANTED", "REFUSED", "NOT_ASKED"]),
        )
            .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]),
    );
    let areas = sheet(
        "ref,name,parents",
        (cell(&["E08:E08000012", "E54:E54000008", "S08:S08000031"]), cell(&["Here", "There", ""]), cell(AREAS))
            .prop_map(|(a, b, c)| vec![a, b, c]),
    );
    let groups = sheet(
        "ref,name,kind,aliases,area,parent,same_as",
        (
            cell(&["group:a", "group:b"]),
            cell(&["A", "B"]),
            cell(&["POPULATION"]),
            cell(&["", "a|b", "c"]),
            cell(AREAS),
            cell(&["", "group:a", "group:b"]),
            cell(&["", "group:a"]),
        )
            .prop_map(|(a, b, c, d, e, f, g)| vec![a, b, c, d, e, f, g]),
    );
    let attributes = sheet(
        "ref,attribute,value,source",
        (
            cell(REFS),
            prop_oneof![
                (cell(&["list_size", "deprivation_decile", "small_areas"]), cell(&["3", "7", ""])),
                (cell(&["rural"]), cell(&["true", "false", ""])),
                (cell(&["alias"]), cell(&["One", "Other"])),
                (cell(&["identifier"]), cell(&["GB-COH:1", "GB-SC:7", "GB-CHC:2"])),
            ],
            cell(&["", "S"]),
        )
            .prop_map(|(a, (b, c), d)| vec![a, b, c, d]),
    );
    let relations = sheet(
        "kind,from,to,title,strength,valid_from,valid_to,last_confirmed_on,evidence,source",
        (
            (
                cell(&["FUNDS", "IN_GEOGRAPHY_OF", "SUCCEEDED_BY", "KNOWS", "ROLE_AT", "COVERS", "SIMILAR_TO"]),
                cell(REFS),
                cell(REFS),
                cell(&["", "T"]),
            ),
            (
                cell(&["", "0.5", "2"]),
                cell(DAYS),
                cell(DAYS),
                cell(DAYS),
                cell(&["IMPORTED", "INFERRED", ""]),
                cell(&["", "S"]),
            ),
        )
            .prop_map(|((a, b, c, d), (e, f, g, h, i, j))| vec![a, b, c, d, e, f, g, h, i, j]),
    );
    (organisations, individuals, areas, groups, attributes, relations).prop_map(|(o, i, a, g, t, r)| {
        vec![
            ("organisations.csv", o),
            ("individuals.csv", i),
            ("areas.csv", a),
            ("groups.csv", g),
            ("attributes.csv", t),
            ("relations.csv", r),
        ]
    })
}

fn folder_of(sheets: &[(&'static str, Vec<String>)]) -> Input {
    let texts: Vec<_> = sheets.iter().map(|(name, lines)| (*name, lines.join("\n"))).collect();
    folder(&texts.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>())
}

fn graph(world: &World) -> (Vec<NodeRecord>, Vec<RelationRecord>) {
    let mut nodes: Vec<_> = world.known.nodes().cloned().collect();
    nodes.sort_by_cached_key(|record| record.node.id.clone());
    let mut relations: Vec<_> = world.known.relations().cloned().collect();
    relations.sort_by_cached_key(|record| record.relation.id.clone());
    (nodes, relations)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn importing_the_same_again_changes_nothing_and_says_so(first in input(), second in input()) {
        let mut world = World::empty();
        world.import(team(&folder_of(&first)));
        world.import(team(&folder_of(&second)));
        let plan = world.plan(team(&folder_of(&second)));
        prop_assert!(plan.changes.is_empty(), "{:?}\n{}", plan.changes, plan.report);
        prop_assert!(plan.report.nothing_new(), "{}", plan.report);
    }

    #[test]
    fn the_order_of_rows_and_sheets_decides_nothing(sheets in shuffled()) {
        let mut world = World::empty();
        let report = world.import(team(&folder_of(&sheets)));
        prop_assert!(report.refused.is_empty(), "{}", report);
        let mut expected = World::empty();
        expected.import(team(&folder_of(&consistent())));
        prop_assert_eq!(graph(&world), graph(&expected));
    }
}

/// Sheets full of references among each other, without contradictions.
fn consistent() -> Vec<(&'static str, Vec<String>)> {
    let sheets: [(&str, &[&str]); 6] = [
        (
            "organisations.csv",
            &[
                "ref,name,kind,area,source",
                "GB-COH:1,One,VCFSE,E08:E08000012,S",
                "GB-COH:1|GB-CHC:1,One,VCFSE,,S",
                "360G:x|GB-COH:2,Two,VCFSE,S08:S08000031,S",
                "S08:S08000031,Board,HEALTH_BOARD,,S",
                "GB-NHS:OLD,Old,ICB,,S",
                "GB-NHS:NEW,New,ICB,,S",
            ],
        ),
        ("individuals.csv", &["ref,name,area,source", "team:x,X,E08:E08000012,S", "team:y,Y,,S", "team:z,Z,,S"]),
        (
            "areas.csv",
            &["ref,name,parents,source", "E08:E08000012,Here,E54:E1,S", "E54:E1,Wide,,S", "S08:S08000031,Board,,S"],
        ),
        (
            "groups.csv",
            &[
                "ref,name,kind,parent,same_as,source",
                "group:a,A,POPULATION,group:b,group:c,S",
                "group:b,B,POPULATION,,,S",
                "group:c,C,POPULATION,group:b,,S",
            ],
        ),
        (
            "attributes.csv",
            &[
                "ref,attribute,value,source",
                "GB-COH:2,identifier,GB-CHC:2,S",
                "GB-CHC:2,list_size,7,S",
                "S08:S08000031,small_areas,5,S",
                "GB-NHS:OLD,alias,Older,S",
            ],
        ),
        (
            "relations.csv",
            &[
                "kind,from,to,title,valid_from,evidence,source",
                "FUNDS,GB-CHC:1,GB-CHC:2,,,IMPORTED,S",
                "FUNDS,GB-COH:1,GB-COH:2,,,DOCUMENTED,T",
                "KNOWS,team:x,team:y,,,FIRST_HAND,S",
                "ROLE_AT,team:z,360G:x,Chair,2020-01-01,IMPORTED,S",
                "IN_GEOGRAPHY_OF,S08:S08000031,GB-NHS:OLD,,,IMPORTED,S",
                "SUCCEEDED_BY,GB-NHS:OLD,GB-NHS:NEW,,,OFFICIAL_REGISTER,S",
            ],
        ),
    ];
    sheets.map(|(name, lines)| (name, lines.iter().map(|line| (*line).to_owned()).collect())).to_vec()
}

fn shuffled() -> impl Strategy<Value = Vec<(&'static str, Vec<String>)>> {
    let sheets: Vec<_> = consistent()
        .into_iter()
        .map(|(name, mut lines)| {
            let rows = lines.split_off(1);
            Just(rows).prop_shuffle().prop_map(move |rows| (name, [lines.clone(), rows].concat()))
        })
        .collect();
    sheets.prop_flat_map(|sheets| Just(sheets).prop_shuffle())
}

#[test]
fn the_report_says_that_nothing_changed() {
    let sheets = [("organisations.csv", "ref,name,kind\nGB-CHC:1,One,VCFSE\nGB-CHC:1,Two,VCFSE\nGB-CHC:1,One,VCFSE\n")];
    let mut world = World::of(&sheets);
    let report = world.sheets(&sheets);
    assert_eq!(report.unchanged, 3);
    assert_eq!(
        report.to_string(),
        "3 rows read: 0 new, 0 changed, 3 unchanged, 0 refused.\nNothing changed: all that was taken from here was known.\n"
    );
}
