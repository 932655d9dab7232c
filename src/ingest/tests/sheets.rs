use super::{World, day, refusals};
use crate::model::{EvidenceKind, NodeId, NodeType, RelationKind, ServeMode, Validity};

const ORGANISATIONS: &str = "ref,name,kind,valid_from,valid_to,area,source\n\
    GB-CHC:1,Shelter,VCFSE,,,E08:E08000012,Register\n\
    GB-NHS:N81059,Culcheth,GP_PRACTICE,1974-04-01,,,\n\
    S08:S08000031,NHS GGC,HEALTH_BOARD,,,,\n";
const AREAS: &str = "ref,name,parents\n\
    E01-2021:E01006412,Small,E08:E08000012\n\
    E08:E08000012,Liverpool,E54:E54000008\n\
    E54:E54000008,Cheshire and Merseyside,\n\
    S08:S08000031,Greater Glasgow and Clyde,\n";
const GROUPS: &str = "ref,name,kind,aliases,parent,same_as,area,members\n\
    group:b,Rough sleepers,POPULATION,street homeless|rough sleeping,group:a,group:c,E08:E08000012,\n\
    group:a,People experiencing homelessness,POPULATION,,,,,\n\
    group:c,People sleeping rough,POPULATION,,,,,\n\
    group:p,Rural practices,PRACTICE,,,,,\"{\"\"kind\"\":[\"\"GP_PRACTICE\"\"],\"\"area\"\":{\"\"ref\"\":\"\"E08:E08000012\"\"}}\"\n";
const RELATIONS: &str =
    "kind,from,to,title,mode,strength,one_way,valid_from,valid_to,last_confirmed_on,evidence,source\n";

fn world() -> World {
    World::of(&[("organisations.csv", ORGANISATIONS), ("areas.csv", AREAS), ("groups.csv", GROUPS)])
}

fn relations(world: &mut World, rows: &str) -> crate::ingest::Report {
    world.sheets(&[("relations.csv", &format!("{RELATIONS}{rows}"))])
}

#[test]
fn sheets_make_nodes_whose_order_does_not_matter() {
    let world = world();
    let group = world.node("group:b").node.group().unwrap();
    assert_eq!(group.parents, [NodeId::known("grp:group:a")]);
    assert_eq!(group.same_as, [NodeId::known("grp:group:c")]);
    assert_eq!(group.area, Some(NodeId::known("area:E08:E08000012")));
    assert_eq!(world.node("group:b").node.aliases, ["street homeless", "rough sleeping"]);
    assert!(world.node("group:p").node.group().unwrap().members.is_some());
    let located = world.relation(RelationKind::LocatedIn, "GB-CHC:1", "E08:E08000012").unwrap();
    assert_eq!((located.evidence[0].kind, located.evidence[0].source.as_str()), (EvidenceKind::Imported, "Register"));
    let sources: Vec<_> = world.known.sources().map(|source| source.name.as_str()).collect();
    assert_eq!(sources, ["Register", "areas.csv", "groups.csv", "organisations.csv"]);
}

#[test]
fn one_code_names_a_body_and_its_area() {
    let mut world = world();
    let ids: Vec<_> = world
        .known
        .nodes()
        .filter(|record| record.node.refs.iter().any(|known| known.as_str() == "S08:S08000031"))
        .map(|record| record.node.id.to_string())
        .collect();
    assert_eq!(ids.len(), 2);
    let report = relations(
        &mut world,
        "COVERS,S08:S08000031,S08:S08000031,,,,,,,,OFFICIAL_REGISTER,Codes\n\
         COMMISSIONED_BY,GB-NHS:N81059,S08:S08000031,,,,,,,,IMPORTED,Codes\n",
    );
    assert_eq!(report.new, 2, "{report}");
    let covers = &world.relations(RelationKind::Covers)[0].relation;
    assert_eq!((covers.from.as_str(), covers.to.as_str()), ("org:S08:S08000031", "area:S08:S08000031"));
    let commissioned = &world.relations(RelationKind::CommissionedBy)[0].relation;
    assert_eq!(commissioned.to.as_str(), "org:S08:S08000031");
}

#[test]
fn attributes_find_the_thing_that_can_have_them() {
    let mut world = world();
    let report = world.sheets(&[(
        "attributes.csv",
        "ref,attribute,value,source\n\
         GB-NHS:N81059,list_size,12404.0,Lists\n\
         GB-NHS:N81059,rural,true,Lists\n\
         GB-NHS:N81059,deprivation_decile,,Lists\n\
         S08:S08000031,small_areas,502,Codes\n\
         S08:S08000031,alias,GGC,Codes\n\
         GB-CHC:1,identifier,GB-COH:01234567,Charities\n\
         GB-CHC:1,deprivation_decile,11,Lists\n\
         GB-CHC:1,height,3,Lists\n\
         GB-CHC:9,list_size,3,Lists\n\
         E08:E08000012,list_size,3,Lists\n",
    )]);
    assert_eq!((report.changed, report.unchanged, report.refused_rows), (5, 1, 4), "{report}");
    let practice = world.node("GB-NHS:N81059");
    let facts = practice.node.organisation().unwrap();
    assert_eq!((facts.list_size, facts.rural, facts.deprivation_decile), (Some(12404), Some(true), None));
    assert_eq!(practice.details.sources, ["organisations.csv", "Lists"]);
    // The later identifier finds the body, and leaves its id and first ref as they were.
    let body = world.node("GB-COH:01234567");
    assert_eq!((body.node.id.as_str(), body.node.refs[0].as_str()), ("org:GB-CHC:1", "GB-CHC:1"));
}

#[test]
fn rows_are_one_thing_by_any_ref_and_never_by_name() {
    let mut world = World::of(&[(
        "organisations.csv",
        "ref,name,kind\nGB-COH:01234567,Same name,VCFSE\nGB-CHC:7|GB-COH:01234567,Same name,VCFSE\nGB-CHC:8,Same name,VCFSE\n",
    )]);
    assert_eq!(world.known.nodes().count(), 2);
    // The best of its refs makes the id, whichever row came first.
    assert_eq!(world.node("GB-COH:01234567").node.id.as_str(), "org:GB-CHC:7");
    let report = world.sheets(&[(
        "organisations.csv",
        "ref,name,kind\nGB-CHC:7|GB-CHC:8,Which,VCFSE\nnetwork:n|GB-CHC:8,Fine,VCFSE\n",
    )]);
    assert_eq!(
        refusals(&report),
        [
            "organisations.csv:2 ref `GB-CHC:7`: names two different organisations, GB-CHC:7 and GB-CHC:8; merge them first"
        ]
    );
    let report = world.sheets(&[("networks.csv", "ref,name\nGB-CHC:8,Net\n")]);
    assert!(refusals(&report)[0].ends_with("GB-CHC:8 is known as an organisation"), "{report}");
}

#[test]
fn blank_cells_overwrite_nothing_and_a_new_thing_needs_its_cells() {
    let mut world = world();
    let report = world.sheets(&[(
        "organisations.csv",
        "ref,name,kind,valid_to\nGB-NHS:N81059,,,2026-01-01\nGB-CHC:1,,,1974-01-01\nGB-CHC:5,,VCFSE,\nGB-CHC:6,Six,,\n",
    )]);
    assert_eq!((report.changed, report.refused_rows), (2, 2), "{report}");
    let practice = world.node("GB-NHS:N81059");
    assert_eq!(practice.node.name, "Culcheth");
    assert_eq!(practice.node.validity, Validity { from: Some(day("1974-04-01")), to: Some(day("2026-01-01")) });
    let report = world.sheets(&[("organisations.csv", "ref,name,kind,valid_to\nGB-NHS:N81059,,,1970-01-01\n")]);
    assert!(refusals(&report)[0].contains("valid_to"), "{report}");
}

#[test]
fn a_network_may_be_a_working_group() {
    let mut world = World::of(&[("networks.csv", "ref,name,formality,kind\nnetwork:x,X,FORMAL,WORKING_GROUP\n")]);
    assert_eq!(world.node("network:x").node.node_type(), NodeType::WorkingGroup);
    let report = world.sheets(&[("networks.csv", "ref,name,formality,kind\nnetwork:x,X,,\nnetwork:y,Y,,CLUB\n")]);
    assert_eq!((report.unchanged, report.refused_rows), (1, 1), "{report}");
}

#[test]
fn rows_of_one_identity_are_one_relation_and_evidence_adds_up() {
    let mut world = world();
    let report = relations(
        &mut world,
        "SERVES,GB-CHC:1,group:a,,DIRECT_SERVICE,0.5,,,,2025-01-01,INFERRED,Guess\n\
         SERVES,GB-CHC:1,group:a,,DIRECT_SERVICE,,,,,2026-01-01,DOCUMENTED,Report\n\
         SERVES,GB-CHC:1,group:a,,DIRECT_SERVICE,0.7,,,,2024-01-01,DOCUMENTED,Report\n\
         SERVES,GB-CHC:1,group:a,,ADVOCACY,,,,,,DOCUMENTED,\n",
    );
    assert_eq!((report.new, report.changed), (4, 0), "{report}");
    let [advocacy, direct] = world.relations(RelationKind::Serves)[..] else { panic!("two relations") };
    let (advocacy, direct) =
        if advocacy.relation.mode == Some(ServeMode::Advocacy) { (advocacy, direct) } else { (direct, advocacy) };
    assert_eq!(advocacy.evidence[0].source, "relations.csv");
    let evidence: Vec<_> =
        direct.evidence.iter().map(|known| (known.kind, known.source.as_str(), known.date)).collect();
    assert_eq!(
        evidence,
        [
            (EvidenceKind::Documented, "Report", Some(day("2026-01-01"))),
            (EvidenceKind::Inferred, "Guess", Some(day("2025-01-01"))),
        ]
    );
    assert_eq!(direct.relation.best_evidence, EvidenceKind::Documented);
    assert_eq!((direct.relation.strength, direct.relation.last_confirmed_on), (Some(0.7), Some(day("2024-01-01"))));
}

#[test]
fn relations_that_cannot_be_are_refused_with_their_column() {
    let mut world = world();
    let report = relations(
        &mut world,
        "SERVES,GB-CHC:1,group:a,,,,,,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,FAITH,,,,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-CHC:1,,,,,,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,,,,,,,,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,,1.5,,,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,,0,,,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,,,true,,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,,,,2026-02-01,2026-01-01,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:N81059,,,,,01/02/2026,,,IMPORTED,\n\
         FUNDS,GB-CHC:1,GB-NHS:ZZZ,,,,,,,,IMPORTED,\n\
         KNOWS,GB-CHC:1,GB-NHS:N81059,,,,,,,,IMPORTED,\n\
         LOVES,GB-CHC:1,GB-NHS:N81059,,,,,,,,IMPORTED,\n\
         LOCATED_IN,GB-CHC:1,E08:E08999999,,,,,,,,IMPORTED,\n",
    );
    let columns: Vec<_> = report.refused.iter().map(|refusal| (refusal.line, refusal.column.as_deref())).collect();
    let expected = [
        (2, "mode"),
        (3, "mode"),
        (4, "to"),
        (5, "evidence"),
        (6, "strength"),
        (7, "strength"),
        (8, "one_way"),
        (9, "valid_to"),
        (10, "valid_from"),
        (11, "to"),
        (12, "from"),
        (12, "to"),
        (13, "kind"),
        (14, "to"),
    ];
    assert_eq!(columns, expected.map(|(line, column)| (Some(line), Some(column))));
    assert_eq!((report.refused_rows, world.relations(RelationKind::Funds).len()), (13, 0));
    assert!(report.refused_too_much(0.1, 12) && !report.refused_too_much(0.1, 13));
}

#[test]
fn a_cell_that_names_nothing_leaves_the_rest_of_its_row() {
    let mut world = world();
    let report = world.sheets(&[
        ("organisations.csv", "ref,name,kind,area\nGB-CHC:2,Two,VCFSE,E08:E08999999\n"),
        ("groups.csv", "ref,name,kind,parent,members\ngroup:d,D,POPULATION,group:zz,\n"),
    ]);
    assert_eq!((report.new, report.refused_rows), (2, 0));
    assert!(report.refused.iter().all(|refusal| refusal.rest_taken), "{report}");
    assert_eq!(world.node("GB-CHC:2").node.name, "Two");
}

#[test]
fn filters_of_practice_groups_are_checked() {
    let mut world = world();
    let sheet = |members: &str| {
        let quoted = members.replace('"', "\"\"");
        format!("ref,name,kind,members\ngroup:q,Q,PRACTICE,\"{quoted}\"\n")
    };
    for bad in
        ["", "{}", "{\"colour\":[\"RED\"]}", "{\"kind\":[\"CASTLE\"]}", "{\"anyOf\":[{\"kind\":[]}]}", "rural", "[]"]
    {
        let report = world.sheets(&[("groups.csv", &sheet(bad))]);
        assert_eq!((report.refused_rows, report.refused[0].column.as_deref()), (1, Some("members")), "{bad}: {report}");
    }
    let report = world.sheets(&[("groups.csv", &sheet("{\"rural\":true,\"icb\":{\"ref\":\"GB-NHS:ZZZ\"}}"))]);
    assert_eq!(report.refused[0].value.as_deref(), Some("GB-NHS:ZZZ"), "{report}");
}

#[test]
fn nothing_becomes_a_part_of_itself() {
    let mut world = world();
    let report = world.sheets(&[(
        "areas.csv",
        "ref,name,parents\nE54:E54000008,,E01-2021:E01006412\nE08:E08000099,New,E08:E08000099\n",
    )]);
    assert_eq!(report.refused.len(), 2, "{report}");
    assert!(report.refused.iter().all(|refusal| refusal.column.as_deref() == Some("parents")));
    assert!(world.node("E54:E54000008").node.area().unwrap().parents.is_empty());
    let parents = &world.node("E01-2021:E01006412").node.area().unwrap().parents;
    assert_eq!(parents, &[NodeId::known("area:E08:E08000012")]);
}
