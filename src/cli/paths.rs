//! `inroads paths`: the main question from the terminal, ranked and explained.

use super::{Common, Ended, open_store};
use crate::access::{Role, View, Viewer};
use crate::app::{AnswerView, App, Asking, PathView};
use crate::error::AppError;
use crate::graphql;
use crate::model::{LondonClock, NodeId, NodeRef, NodeType, parse_day};
use crate::outreach::{Likelihood, NoPathReason, Question, SourceName, TargetName, ViaName, Warmth};
use crate::snapshot::Expect;
use serde_json::json;
use std::fmt::Write as _;
use std::sync::Arc;

/// Ask who can take us to a group, from the terminal
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// Where to start: a ref such as GB-NHS:N81059, a name, or `team`. May be given several times
    #[arg(long, value_name = "REF|team", required = true)]
    pub from: Vec<String>,
    /// The under-served group to reach, by ref, name or alias
    #[arg(long, value_name = "TEXT|REF")]
    pub to_group: String,
    /// Only where the group is served in this area, by ref or name. May be given several times
    #[arg(long, value_name = "TEXT|REF")]
    pub area: Vec<String>,
    /// How many paths
    #[arg(short, value_name = "N", default_value_t = 5)]
    pub k: usize,
    /// The most hops that a path may have
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub max_hops: usize,
    /// Only through this one, by ref or name. Given several times: through one of them
    #[arg(long, value_name = "TEXT|REF")]
    pub via: Vec<String>,
    /// The most hops that may be structural, such as from a practice to its commissioner
    #[arg(long, value_name = "N")]
    pub max_structural_hops: Option<usize>,
    /// Only paths at least this likely, as in 0.05
    #[arg(long, value_name = "P")]
    pub min_probability: Option<f64>,
    /// Paths that differ: the greatest share of the nodes between its ends that a path may have in common with one before
    #[arg(long, value_name = "SHARE")]
    pub diversity: Option<f64>,
    /// The day to judge by, as in 2026-04-01; default: today
    #[arg(long, value_name = "DAY", value_parser = |text: &str| parse_day(text).map_err(|invalid| invalid.0))]
    pub as_of: Option<jiff::civil::Date>,
    /// Walk links that are only inferred
    #[arg(long)]
    pub include_inferred: bool,
    /// Walk through people who were not asked for consent yet
    #[arg(long)]
    pub include_unasked: bool,
    /// Print JSON, for programs: the fields of the API's `OutreachAnswer`
    #[arg(long)]
    pub json: bool,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let config = arguments.common.settle()?;
    let store = open_store(&config.store).await?;
    let app = Arc::new(App::open(store, Arc::new(LondonClock), config.outreach.clone()).await?);
    let asking = app.asking(Viewer::new(Role::Team));
    let named = Named::find(&asking, &arguments)?;
    if arguments.json {
        let schema = graphql::schema(&config.limits);
        let answer = schema.outreach(named.variables(&arguments), asking).await.map_err(anyhow::Error::msg)?;
        println!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        print!("{}", in_words(&asking.outreach(named.question(&arguments), None).await?));
    }
    Ok(Ended::Done)
}

/// The things that the arguments name. No source stands for the team.
struct Named {
    from: Vec<Option<NodeId>>,
    group: NodeId,
    areas: Vec<NodeId>,
    via: Vec<NodeId>,
}

impl Named {
    fn find(asking: &Asking, arguments: &Arguments) -> Result<Self, AppError> {
        let meant = |text: &str, types, argument| {
            asking.meant(text, types).map(|view| view.id).map_err(|error: AppError| error.at([argument]))
        };
        let source = |text: &String| {
            if text == "team" { Ok(None) } else { meant(text, Expect::SOURCE.0, "from").map(Some) }
        };
        let all = |texts: &[String], types, argument| {
            texts.iter().map(|text| meant(text, types, argument)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self {
            from: arguments.from.iter().map(source).collect::<Result<_, _>>()?,
            group: meant(&arguments.to_group, &[NodeType::UnderservedGroup], "to-group")?,
            areas: all(&arguments.area, &[NodeType::Area], "area")?,
            via: all(&arguments.via, Expect::SOURCE.0, "via")?,
        })
    }

    fn question(&self, arguments: &Arguments) -> Question {
        let name = |id: &NodeId| NodeRef::Id(id.to_string());
        let from = self.from.iter().map(|id| id.as_ref().map_or(SourceName::Team, |id| SourceName::Node(name(id))));
        Question {
            k: arguments.k,
            max_hops: arguments.max_hops,
            as_of: arguments.as_of,
            areas: self.areas.iter().map(name).collect(),
            via: ViaName { nodes: self.via.iter().map(name).collect(), ..ViaName::default() },
            max_structural_hops: arguments.max_structural_hops,
            min_probability: arguments.min_probability,
            diversity: arguments.diversity,
            count_withheld: true,
            include_inferred: arguments.include_inferred,
            include_unasked: arguments.include_unasked,
            ..Question::new(from.collect(), TargetName::Group(name(&self.group)))
        }
    }

    /// The same question as variables of the API.
    fn variables(&self, arguments: &Arguments) -> serde_json::Value {
        let name = |id: &NodeId| json!({ "id": id });
        let from = self.from.iter().map(|id| id.as_ref().map_or(json!({ "team": true }), name));
        json!({
            "k": arguments.k,
            "question": {
                "from": from.collect::<Vec<_>>(),
                "to": { "group": name(&self.group) },
                "maxHops": arguments.max_hops,
                "asOf": arguments.as_of,
                "areas": self.areas.iter().map(name).collect::<Vec<_>>(),
                "via": { "nodes": self.via.iter().map(name).collect::<Vec<_>>() },
                "maxStructuralHops": arguments.max_structural_hops,
                "minProbability": arguments.min_probability,
                "diversity": arguments.diversity,
                "includeInferred": arguments.include_inferred,
                "includeUnasked": arguments.include_unasked,
            },
        })
    }
}

fn in_words(answer: &AnswerView) -> String {
    let mut out = String::new();
    for notice in &answer.notices {
        let _ = writeln!(out, "Note: {}", notice.message);
    }
    for (place, path) in answer.paths.iter().enumerate() {
        let _ = writeln!(out, "{}", path_in_words(place + 1, path));
    }
    if !answer.already_there.is_empty() {
        let names: Vec<&str> = answer.already_there.iter().map(shown).collect();
        let _ = writeln!(out, "Already there: {}", names.join(", "));
    }
    if let Some(no_path) = &answer.no_path {
        let _ = writeln!(out, "No path: {}.", reason(no_path.reason));
        if let Some(closest) = &no_path.closest {
            let _ = writeln!(out, "Closest reached: {}", shown(closest));
        }
        for suggestion in &no_path.suggestions {
            let _ = writeln!(out, "  {suggestion}");
        }
    }
    for withheld in answer.withheld.iter().flatten() {
        let _ = writeln!(out, "Kept back: {} or more, because {}.", withheld.at_least, reason(withheld.reason));
    }
    if let Some(limit) = &answer.limit {
        let others = probability(limit.others_at_most());
        let _ = writeln!(
            out,
            "The search met its limit: the first {} are proven; any other has a probability of {others} at most.",
            limit.proven
        );
    }
    let _ = writeln!(out, "As of {}, revision {}.", answer.as_of, answer.revision);
    out
}

fn path_in_words(rank: usize, path: &PathView) -> String {
    let mut out = String::new();
    let names: Vec<&str> = path.nodes.iter().map(shown).collect();
    let _ = writeln!(
        out,
        "{rank}. {} {} · {} · {}",
        likelihood(path.likelihood),
        probability(path.probability),
        warmth(path.warmth),
        names.join(" → ")
    );
    let _ = writeln!(out, "   {}", path.ask);
    if let Some(why) = &path.why_this_rank {
        let _ = writeln!(out, "   {why}");
    }
    for (place, hop) in path.hops.iter().enumerate() {
        let confirmed =
            hop.last_confirmed_on.map_or_else(|| "never confirmed".to_owned(), |day| format!("confirmed {day}"));
        let mut marks = Vec::new();
        if place == path.weakest && path.hops.len() > 1 {
            marks.push("weakest link");
        }
        if Some(place) == path.stalest && path.hops.len() > 1 {
            marks.push("stalest link");
        }
        if hop.needs_consent {
            marks.push("ask for consent first");
        }
        if hop.synthetic {
            marks.push("synthetic");
        }
        let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join(", ")) };
        let _ = writeln!(
            out,
            "   {:.3} {} {} {}: strength {:.2} × freshness {:.2} × confidence {:.2} × hub {:.2}, {confirmed}{marks}",
            hop.probability,
            hop.kind,
            if hop.forward { "→" } else { "←" },
            shown(&hop.to),
            hop.strength,
            hop.freshness,
            hop.confidence,
            hop.hub,
        );
    }
    out
}

/// Three digits, or that it is less than they can show.
fn probability(probability: f64) -> String {
    if probability < 0.001 { "under 0.001".to_owned() } else { format!("{probability:.3}") }
}

fn shown(view: &View) -> &str {
    view.name.as_deref().unwrap_or("(a person)")
}

/// Why there is no path, as a reader would say it.
const fn reason(reason: NoPathReason) -> &'static str {
    match reason {
        NoPathReason::NoMatchingTarget => "nothing matches the target",
        NoPathReason::NobodyServesTarget => "nobody is known to serve this group there",
        NoPathReason::OnlyInferredLinks => "the only links are inferred, not confirmed",
        NoPathReason::BlockedByConsent => "the way in leads through somebody who has not agreed to introduce",
        NoPathReason::DoNotApproach => "the way in leads through somebody who is not to be approached now",
        NoPathReason::OnlyExpiredLinks => "the links that lead there have ended or not begun",
        NoPathReason::TooManyHops => "the way in has more hops than asked for",
        NoPathReason::ConstraintsExcludeAll => "the question's own conditions leave no way in",
        NoPathReason::SeveralRules => "more than one rule stands in the way",
        NoPathReason::Disconnected => "nothing joins the two at all",
        NoPathReason::SearchLimit => "the search met its limit before it could tell",
        NoPathReason::NoPath => "there is none",
    }
}

const fn likelihood(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Likely => "LIKELY",
        Likelihood::Possible => "POSSIBLE",
        Likelihood::Unlikely => "UNLIKELY",
        Likelihood::Remote => "REMOTE",
    }
}

const fn warmth(warmth: Warmth) -> &'static str {
    match warmth {
        Warmth::Warm => "WARM",
        Warmth::Networked => "NETWORKED",
        Warmth::Cold => "COLD",
    }
}
