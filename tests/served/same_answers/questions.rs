//! Questions of every sort about the seed, the same in each run.

use crate::support::process::Serving;
use serde_json::{Value, json};

/// What can be asked about, by ref; people by ref too, and by id.
pub struct Names {
    groups: Vec<Value>,
    areas: Vec<Value>,
    people: Vec<Value>,
    organisations: Vec<Value>,
    networks: Vec<Value>,
}

impl Names {
    pub async fn of(server: &Serving) -> Self {
        let all = server
            .data(
                r#"{ underservedGroups(first: 100) { nodes { ref } } areas(filter: { scheme: "E08" }, first: 100) { nodes { ref } }
                icbs: areas(filter: { scheme: "E54" }, first: 100) { nodes { ref } }
                individuals(first: 60) { nodes { id } } networks(first: 40) { nodes { ref } }
                a: organisations(filter: { kind: [VCFSE] }, first: 40) { nodes { ref } }
                b: organisations(filter: { notKind: [VCFSE, GP_PRACTICE] }, first: 40) { nodes { ref } }
                c: organisations(filter: { kind: [GP_PRACTICE] }, first: 40) { nodes { ref } } }"#,
            )
            .await;
        let of = |fields: &[&str]| {
            let nodes = fields.iter().flat_map(|field| all[field]["nodes"].as_array().unwrap());
            nodes.cloned().collect::<Vec<_>>()
        };
        Self {
            groups: of(&["underservedGroups"]),
            areas: of(&["areas", "icbs"]),
            people: of(&["individuals"]),
            organisations: of(&["a", "b", "c"]),
            networks: of(&["networks"]),
        }
    }
}

const PATHS: &str = "query($question: OutreachQuestionInput!, $k: Int!) { outreachPaths(question: $question, k: $k) {
    paths { nodes { __typename id ref name } hops { relation relationId title class forward probability strength freshness
        confidence hub lastConfirmedOn needsConsent synthetic evidence { kind source date } furtherEvidence { source } }
        costMicronats probability likelihood warmth weakestLink { relationId } stalestLink { relationId } ask }
    noVerifiedPath { reason rules closestReached { id } suggestions } alreadyThere { id } notices { code message nodes { id } }
    searchLimit { reached proven } searched revision asOf } }";

/// Numbers that look drawn, the same each time (`SplitMix64`).
struct Draw(u64);

impl Draw {
    fn number(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % below as u64).unwrap()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.number(many) == 0
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.number(choices.len())]
    }
}

/// Questions about ways in.
pub fn paths(names: &Names, count: usize) -> Vec<(String, Value)> {
    let mut draw = Draw(42);
    (0..count)
        .map(|_| {
            let question = question(&mut draw, names);
            (PATHS.to_owned(), json!({ "question": question, "k": 1 + draw.number(6) }))
        })
        .collect()
}

fn question(draw: &mut Draw, names: &Names) -> Value {
    let from = match draw.number(4) {
        0 | 1 => json!({ "team": true }),
        2 => draw.of(&names.people).clone(),
        _ => draw.of(&names.organisations).clone(),
    };
    let to = match draw.number(6) {
        0 => {
            json!({ "organisations": { "kind": ["GP_PRACTICE"], "area": draw.of(&names.areas), "rural": draw.one_in(2) } })
        }
        1 => json!({ "organisations": { "kind": ["VCFSE"], "servesGroup": draw.of(&names.groups) } }),
        2 => json!({ "nodes": [draw.of(&names.organisations), draw.of(&names.networks)] }),
        _ => json!({ "group": draw.of(&names.groups) }),
    };
    let to_group = to.get("group").is_some();
    let mut question = json!({ "from": [from], "to": to });
    let mut set = |draw: &mut Draw, one_in: usize, name: &str, value: Value| {
        if draw.one_in(one_in) {
            question[name] = value;
        }
    };
    let hops = 1 + draw.number(6);
    set(draw, 3, "maxHops", json!(hops));
    let day = format!("20{}-0{}-15", 20 + draw.number(8), 1 + draw.number(9));
    set(draw, 1, "asOf", json!(day));
    let area = draw.of(&names.areas);
    if to_group {
        set(draw, 4, "areas", json!([area]));
        set(draw, 8, "serveModes", json!(["PEER_LED", "DIRECT_SERVICE"]));
    }
    let avoid = [draw.of(&names.people), draw.of(&names.organisations), draw.of(&names.networks)];
    set(draw, 4, "avoid", json!(avoid));
    set(draw, 3, "includeInferred", json!(true));
    set(draw, 3, "includeUnasked", json!(true));
    set(draw, 6, "includeDetours", json!(true));
    set(draw, 6, "allow", json!(["WARM", "ROLE", "NETWORK", "TRUST"]));
    question
}

/// Lists, searches, counts, single things and histories.
pub fn rest(names: &Names) -> Vec<(String, Value)> {
    let plain = [
        "{ organisations(filter: { text: \"centre\" }, first: 50, orderBy: { field: NAME }) { totalCount nodes { id refs name
            aliases postcode website updatedAt sources doNotApproach { until } } pageInfo { endCursor hasNextPage } } }",
        "{ organisations(filter: { kind: [GP_PRACTICE], rural: true }, last: 30) { totalCount nodes { id listSize deprivationDecile } } }",
        "{ organisationStats(groupBy: [KIND, SECTOR]) { count keys { dimension ref name } } }",
        "{ organisationStats(filter: { kind: [GP_PRACTICE] }, groupBy: [LOCAL_AUTHORITY, SOFTWARE]) { count keys { ref name } } }",
        "{ programme { countsByKind { kind count } countsByType { type count } relations countsByCity { city { ref } organisations } } }",
        "{ sources(first: 100) { nodes { name publisher licence publishedOn url } } }",
        "{ search(text: \"whitechapel\") { totalCount edges { score node { id } } } }",
        "{ search(text: \"heald grene\", types: [ORGANISATION]) { edges { score node { id } } } }",
        "{ individuals(first: 100) { totalCount nodes { id name email phone languages livedExperience consents { purpose status
            lawfulBasis recordedOn expiresOn } roles(first: 3) { edges { title validFrom node { id } evidence { kind source date } } } } } }",
        "{ networks(first: 40) { nodes { id formality purpose members(first: 10) { totalCount edges { relationId node { id } } } } } }",
        "{ underservedGroups(first: 100) { nodes { id ref name } } areas(first: 100) { nodes { id name deprivationRank } } }",
    ];
    let plain = plain.into_iter().map(|query| (query.to_owned(), json!({})));
    let history = "query($id: ID!) { history(id: $id) { nodes { revision at actor source kind type relation
        fields { name before after personal } } } node(id: $id) { id ... on Individual { name updatedAt } } }";
    let past = names.people.iter().take(10).map(|person| (history.to_owned(), json!({ "id": person["id"] })));
    plain.chain(past).collect()
}
