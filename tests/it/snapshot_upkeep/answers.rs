//! What snapshots answer, by ids: lists, pages, searches, counts, hop costs and paths.

use crate::outreach::builders::today;
use crate::outreach::worlds::Case;
use inroads::model::{GroupKind, NodeRef, NodeType, OrganisationFilter, OrganisationKind};
use inroads::outreach::{self, Answer, HopCosts};
use inroads::snapshot::order::{Order, OrderField};
use inroads::snapshot::people::IndividualFilter;
use inroads::snapshot::plain::PlainFilter;
use inroads::snapshot::stats::{Dimension, StatValue};
use inroads::snapshot::{Day, Direction, NodeIx, PageRequest, Sight, Snapshot};
use inroads::store::Graph;

const QUERIES: &[&str] = &[
    "health",
    "helth",
    "healthy mary",
    "homelessness liverpool",
    "liv",
    "l",
    "st mary",
    "carers cafe",
    "emis",
    "n81059",
    "gb nhs n81059",
    "and",
    "N8105",
    "zzz",
    "!!!",
    "person",
    "3",
];
const SIGHTS: [Sight; 2] = [Sight::Full, Sight::PeopleUnnamed];

/// Lists, pages, searches and counts of whatever can be asked about a graph.
pub fn found(snapshot: &Snapshot, graph: &Graph) -> Vec<String> {
    let today = Day::from(today());
    let ids = |nodes: &[NodeIx]| nodes.iter().map(|ix| snapshot.id(*ix).to_string()).collect::<Vec<_>>();
    let mut lines = Vec::new();
    for query in QUERIES {
        for with_people in [true, false] {
            let hits = snapshot.search(query, with_people).into_iter();
            let hits: Vec<_> = hits.map(|hit| (snapshot.id(hit.node), hit.score)).collect();
            lines.push(format!("{query} {with_people}: {hits:?}"));
        }
        lines.push(format!("called {query}: {:?}", ids(&snapshot.called(query))));
    }
    for filter in filters(graph) {
        for sight in SIGHTS {
            let compiled = match snapshot.compile(&filter, today, sight) {
                Ok(compiled) => compiled,
                Err(problem) => {
                    lines.push(format!("{filter:?} {sight:?}: {problem:?}"));
                    continue;
                }
            };
            let matching = snapshot.matching(&compiled);
            let replaced: Vec<_> = compiled.replaced.iter().map(|(old, new)| (ids(&[*old]), ids(new))).collect();
            lines.push(format!("{filter:?} {sight:?}: {:?} {replaced:?}", ids(&matching)));
            lines.extend(counts(snapshot, &compiled));
        }
    }
    lines.extend(pages(snapshot));
    for team in [None, Some(true)] {
        for text in [None, Some("health".to_owned())] {
            let filter = IndividualFilter { team, text, ..IndividualFilter::default() };
            for sight in SIGHTS {
                let people = snapshot.individuals(&filter, today, sight).map(|people| ids(&people));
                lines.push(format!("{filter:?} {sight:?}: {people:?}"));
            }
        }
    }
    for group_kind in [None, Some(GroupKind::Population)] {
        for text in [None, Some("mary".to_owned())] {
            let filter = PlainFilter { group_kind, text, ..PlainFilter::default() };
            let types = [NodeType::Area, NodeType::UnderservedGroup, NodeType::Network, NodeType::SoftwareProduct];
            lines.push(format!("{filter:?}: {:?}", snapshot.plain(&types, &filter, today).map(|nodes| ids(&nodes))));
        }
    }
    lines
}

/// Filters that name each thing of a graph where it may be named.
fn filters(graph: &Graph) -> Vec<OrganisationFilter> {
    let none = OrganisationFilter::default();
    let mut filters = vec![
        none.clone(),
        OrganisationFilter { kind: Some(vec![OrganisationKind::Icb]), ..none.clone() },
        OrganisationFilter { include_closed: Some(true), ..none.clone() },
        OrganisationFilter { text: Some("health mary".to_owned()), ..none.clone() },
        OrganisationFilter { uses_software: Some(vec!["emis".to_owned()]), ..none.clone() },
        OrganisationFilter { updated_since: jiff::Timestamp::from_second(1000).ok(), ..none.clone() },
    ];
    for stored in &graph.nodes {
        let name = Some(NodeRef::Id(stored.node.id.to_string()));
        filters.extend(match stored.node.node_type() {
            NodeType::Organisation => vec![
                OrganisationFilter { commissioned_by: name.clone(), ..none.clone() },
                OrganisationFilter { icb: name, include_closed: Some(true), ..none.clone() },
            ],
            NodeType::Network | NodeType::WorkingGroup => {
                vec![OrganisationFilter { network: name, ..none.clone() }]
            }
            NodeType::Area => vec![OrganisationFilter { area: name, ..none.clone() }],
            NodeType::UnderservedGroup => vec![OrganisationFilter { serves_group: name, ..none.clone() }],
            NodeType::SoftwareProduct => {
                vec![OrganisationFilter { uses_software: Some(vec![stored.node.name.clone()]), ..none.clone() }]
            }
            NodeType::Individual | NodeType::PopulationSegment | NodeType::Initiative => Vec::new(),
        });
        let refs = stored.node.refs.iter().map(|reference| Some(NodeRef::Ref(reference.to_string())));
        filters.extend(refs.map(|icb| OrganisationFilter { icb, ..none.clone() }));
    }
    filters
}

fn counts(snapshot: &Snapshot, filter: &inroads::snapshot::CompiledFilter) -> Vec<String> {
    let by = [Dimension::Kind, Dimension::Icb, Dimension::Commissioner, Dimension::LocalAuthority, Dimension::Network];
    let also = [Dimension::Software, Dimension::Group, Dimension::Rural];
    let stats = |by: &[Dimension]| {
        let stats = snapshot.organisation_stats(filter, by, Day::from(today())).into_iter();
        stats
            .map(|stat| {
                let key = |value: &StatValue| match value {
                    StatValue::Node(ix) => snapshot.id(*ix).to_string(),
                    StatValue::Code(code) => code.clone(),
                    StatValue::Unknown => "unknown".to_owned(),
                };
                let keys: Vec<_> = stat.keys.iter().map(|(dimension, value)| (*dimension, key(value))).collect();
                format!("  {keys:?} {}", stat.count)
            })
            .collect::<Vec<_>>()
    };
    [stats(&by), stats(&also), stats(&[Dimension::Software])].concat()
}

/// Every page of two, in every order, forwards and backwards.
fn pages(snapshot: &Snapshot) -> Vec<String> {
    let fields = [
        OrderField::Name,
        OrderField::ListSize,
        OrderField::DeprivationDecile,
        OrderField::OpenedOn,
        OrderField::UpdatedAt,
    ];
    let orders = fields.into_iter().flat_map(|field| [true, false].map(|descending| Some(Order { field, descending })));
    let mut lines = Vec::new();
    for order in orders.chain([None]) {
        let all: Vec<NodeIx> = snapshot.of_type(NodeType::Organisation).collect();
        let (mut after, mut before) = (None, None);
        loop {
            let forwards = PageRequest { first: Some(2), after, ..PageRequest::default() };
            let backwards = PageRequest { last: Some(2), before, ..PageRequest::default() };
            let cut = |request| snapshot.ordered_page(all.clone(), order, request, 10).expect("one end is given");
            let (next, last) = (cut(&forwards), cut(&backwards));
            for page in [&next, &last] {
                let ids: Vec<_> = page.items.iter().map(|ix| snapshot.id(*ix)).collect();
                lines.push(format!("{order:?} {ids:?} {} {} {}", page.has_previous, page.has_next, page.total));
            }
            after = next.items.last().map(|ix| snapshot.order_key(*ix, order));
            before = last.items.first().map(|ix| snapshot.order_key(*ix, order));
            if !next.has_next {
                break;
            }
        }
    }
    lines
}

/// What every hop costs and why, to the bit.
pub fn priced(snapshot: &Snapshot, costs: &HopCosts) -> Vec<String> {
    let mut all: Vec<_> = snapshot.relations.all().collect();
    snapshot.relations.sort(&mut all);
    let price = |ix| {
        let hop = |direction| {
            let factors = costs.factors(snapshot, ix, direction);
            let bits = [factors.strength, factors.freshness, factors.confidence, factors.hub].map(f64::to_bits);
            (costs.cost(ix, direction), bits)
        };
        let hops = [Direction::Out, Direction::In].map(hop);
        format!("{} {} {hops:?}", snapshot.relations.id(ix), costs.live(ix))
    };
    all.into_iter().map(price).collect()
}

/// The answer to the case's question, whole and in its order.
pub fn paths(snapshot: &Snapshot, costs: &HopCosts, case: &Case) -> String {
    let Case { question, settings, reader, today, .. } = case;
    match outreach::answer(snapshot, costs, question, settings, *reader, *today, &|| false) {
        Ok(answer) => told(snapshot, &answer),
        Err(problem) => format!("{problem:?}"),
    }
}

fn told(snapshot: &Snapshot, answer: &Answer) -> String {
    let ids = |nodes: &[NodeIx]| nodes.iter().map(|ix| snapshot.id(*ix).to_string()).collect::<Vec<_>>();
    let relation = |ix: &u32| snapshot.relations.id(*ix);
    let mut lines = Vec::new();
    for path in &answer.paths {
        lines.push(format!(
            "{:?} {} {:?} {:?} {}",
            ids(&path.nodes),
            path.cost,
            path.probability,
            path.warmth,
            path.ask
        ));
        lines.push(format!("  {:?} {} {:?}", path.likelihood, path.weakest, path.stalest));
        lines.extend(path.hops.iter().map(|hop| {
            let further: Vec<_> = hop.further.iter().map(relation).collect();
            let ends = ids(&[hop.from, hop.to]);
            format!(
                "  {ends:?} {} {:?} {:?} {:?} {} {further:?} {}",
                relation(&hop.relation),
                hop.direction,
                hop.class,
                hop.factors,
                hop.cost,
                hop.needs_consent
            )
        }));
    }
    lines.extend(answer.no_path.as_ref().map(|no_path| {
        let closest = no_path.closest.map(|ix| ids(&[ix]));
        format!("{:?} {:?} {closest:?} {:?}", no_path.reason, no_path.rules, no_path.suggestions)
    }));
    lines.push(format!("already there {:?}", ids(&answer.already_there)));
    let notices = answer.notices.iter();
    lines.extend(notices.map(|notice| format!("{:?} {} {:?}", notice.code, notice.message, ids(&notice.nodes))));
    lines.push(format!("{:?} {} {}", answer.limit, answer.searched, answer.as_of));
    lines.join("\n")
}
