//! `inroads import`, `paths` and `coverage` as a team uses them: a folder of sheets in, ranked introductions and who is
//! missing out.

use std::fs;
use std::path::{Path, PathBuf};

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Self { folder };
        desk.write("areas", "ref,name,parents,valid_from,valid_to,source\nE08:E08000012,Liverpool,,,,test\n");
        desk.write(
            "groups",
            "ref,name,kind,framework,category,aliases,area,parent,same_as,members,source\n\
             group:test/homeless,People experiencing homelessness,POPULATION,TEST,,rough sleepers,,,,,test\n",
        );
        desk.write(
            "organisations",
            "ref,name,kind,sector,nation,postcode,area,valid_from,valid_to,do_not_approach_until,website,source,synthetic\n\
             GB-CHC:1,The Drop-in,VCFSE,VOLUNTARY_AND_COMMUNITY,ENGLAND,L1 1AA,E08:E08000012,,,,,test,\n",
        );
        desk.write(
            "individuals",
            "ref,name,team,area,email,phone,languages,lived_experience,consent_contact,consent_introduce,do_not_approach_until,source,synthetic\n\
             team:anna,Anna Example,true,,,,,,,,,test,true\n\
             team:pat,Pat Example,,,pat@example.org,,,,GRANTED,GRANTED,,test,true\n",
        );
        desk.write(
            "relations",
            "kind,from,to,title,mode,strength,one_way,valid_from,valid_to,last_confirmed_on,evidence,source,note,synthetic\n\
             KNOWS,team:anna,team:pat,,,0.8,,,,2026-01-01,FIRST_HAND,Anna,,true\n\
             ROLE_AT,team:pat,GB-CHC:1,manager,,,,,,2026-01-01,FIRST_HAND,Anna,,true\n\
             SERVES,GB-CHC:1,group:test/homeless,,DIRECT_SERVICE,,,,,2026-01-01,DOCUMENTED,annual report,,\n",
        );
        desk
    }

    fn sheets(&self) -> PathBuf {
        self.folder.path().join("sheets")
    }

    fn write(&self, sheet: &str, text: &str) {
        fs::create_dir_all(self.sheets()).expect("a folder");
        fs::write(self.sheets().join(format!("{sheet}.csv")), text).expect("written");
    }

    fn store(&self) -> String {
        format!("embedded:{}", self.folder.path().join("graph.db").display())
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("inroads"))
            .env_remove("INROADS_CONFIG")
            .args(arguments)
            .args(["--store", &self.store()])
            .timeout(std::time::Duration::from_mins(2))
            .output()
            .expect("ran");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    fn import(&self, path: &Path) -> (i32, String, String) {
        self.run(&["import", "team", &path.display().to_string()])
    }
}

#[test]
fn a_folder_of_sheets_becomes_ranked_explained_paths() {
    let desk = Desk::new();
    let (code, out, err) = desk.import(&desk.sheets());
    assert_eq!(code, 0, "{out}{err}");
    let ask =
        ["paths", "--from", "team", "--to-group", "rough sleepers", "--area", "Liverpool", "--as-of", "2026-01-01"];
    let (code, out, err) = desk.run(&ask);
    assert_eq!(code, 0, "{err}");
    // 0.8 × 0.9 × (0.8 × 0.9 for DOCUMENTED): 0.5184.
    assert!(
        out.starts_with(
            "1. LIKELY 0.518 · WARM · Anna Example → Pat Example → The Drop-in → People experiencing homelessness"
        ),
        "{out}"
    );
    let (code, out, err) = desk.run(&[ask.as_slice(), &["--json"]].concat());
    assert_eq!(code, 0, "{err}");
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let path = &answer["paths"][0];
    assert_eq!(path["nodes"].as_array().map(Vec::len), Some(4), "{answer}");
    assert_eq!(path["likelihood"], "LIKELY");
    assert_eq!(path["hops"][0]["relation"], "KNOWS");
    assert_eq!(path["hops"][2]["evidence"][0]["source"], "annual report");
    assert_eq!(answer["asOf"], "2026-01-01");
}

#[test]
fn a_folder_of_sheets_becomes_a_table_of_whom_we_reach() {
    let desk = Desk::new();
    let groups = fs::read_to_string(desk.sheets().join("groups.csv")).expect("text");
    desk.write("groups", &format!("{groups}group:test/sailors,\"Sailors, retired\",POPULATION,TEST,,,,,,,test\n"));
    assert_eq!(desk.import(&desk.sheets()).0, 0);
    let ask = ["coverage", "--from", "team", "--area", "Liverpool", "--as-of", "2026-01-01", "--since", "2020-01-01"];
    let (code, out, err) = desk.run(&ask);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.starts_with(
            "Group                             Liverpool\n\
             People experiencing homelessness  warm 51.8% bs\n\
             Sailors, retired                  nobody serves them\n"
        ),
        "{out}"
    );
    assert!(out.contains("  1. Sailors, retired (Liverpool): nobody serves them\n"), "{out}");
    assert!(out.contains("every path leads through Pat Example and The Drop-in"), "{out}");
    let (code, out, err) = desk.run(&[ask.as_slice(), &["--csv"]].concat());
    assert_eq!(code, 0, "{err}");
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("urgency,group_ref,group,area_ref,area,status,best_probability,"), "{out}");
    assert!(
        lines[1].starts_with(
            "NOBODY_SERVES,group:test/sailors,\"Sailors, retired\",E08:E08000012,Liverpool,NOBODY_SERVES_TARGET,,"
        ),
        "{out}"
    );
    assert!(lines[2].contains(",WARM,0.518400,657009,Anna Example|Pat Example|The Drop-in|"), "{out}");
    assert_eq!(lines.len(), 3, "{out}");
}

#[test]
fn what_is_not_known_is_not_covered() {
    let desk = Desk::new();
    assert_eq!(desk.import(&desk.sheets()).0, 0);
    let (code, _, err) = desk.run(&["coverage", "--from", "team", "--group", "night owls"]);
    assert_eq!(code, 1);
    assert!(err.contains("nothing is called `night owls`"), "{err}");
}

#[test]
fn importing_again_changes_nothing_and_says_so() {
    let desk = Desk::new();
    assert_eq!(desk.import(&desk.sheets()).0, 0);
    let (code, out, _) = desk.import(&desk.sheets());
    assert_eq!(code, 0);
    assert!(out.contains("Nothing changed"), "{out}");
}

#[test]
fn a_rehearsal_changes_nothing() {
    let desk = Desk::new();
    let (code, out, _) = desk.run(&["import", "team", &desk.sheets().display().to_string(), "--dry-run"]);
    assert_eq!(code, 0, "{out}");
    let (code, _, err) = desk.run(&["paths", "--from", "team", "--to-group", "rough sleepers"]);
    assert_eq!(code, 1);
    assert!(err.contains("nothing is called `rough sleepers`"), "{err}");
}

#[test]
fn a_refused_row_names_its_place_and_the_rest_is_taken() {
    let desk = Desk::new();
    let relations = fs::read_to_string(desk.sheets().join("relations.csv")).expect("text");
    desk.write("relations", &format!("{relations}KNOWS,team:anna,team:nobody,,,2.5,,,,,FIRST_HAND,Anna,,true\n"));
    let (code, out, _) = desk.import(&desk.sheets());
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("relations.csv") && out.contains(":5"), "{out}");
    let (code, out, _) = desk.run(&["paths", "--from", "team", "--to-group", "rough sleepers"]);
    assert_eq!(code, 0);
    assert!(out.contains("The Drop-in"), "{out}");
}

#[test]
fn a_path_that_is_not_there_is_one_line_and_exit_code_2() {
    let desk = Desk::new();
    let (code, out, err) = desk.import(Path::new("no/such/folder"));
    assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1), "{err}");
    assert!(err.contains("no/such/folder"), "{err}");
}
