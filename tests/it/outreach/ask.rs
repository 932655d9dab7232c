//! Asking a small world, by name: `world.ask("ann", "carers").hops(3).answer()`. Every answer is the engine's and has
//! been compared with the oracle's first, so an example also checks the oracle.

use super::agreement::{engine, oracle};
use super::builders::{PARTNER, TEAM, World, day, today};
use super::reply::{Reply, Route};
use inroads::model::{HopClass, OrganisationFilter, ServeMode};
use inroads::outreach::{
    self, Answer, HopCosts, NoPathReason, Question, Reader, Settings, SourceName, TargetName, ViaName,
};
use inroads::snapshot::Day;
use inroads::snapshot::resolve::{Problem, ProblemKind};

pub struct Ask<'a> {
    world: &'a World,
    question: Question,
    settings: Settings,
    reader: Reader,
}

impl World {
    /// Who can take this one to that group or node?
    pub fn ask(&self, from: &str, to: &str) -> Ask<'_> {
        let is_group = self.nodes.iter().any(|node| node.name == to && node.group().is_some());
        let to = if is_group { TargetName::Group(self.named(to)) } else { TargetName::Nodes(vec![self.named(to)]) };
        self.ask_for(SourceName::Node(self.named(from)), to)
    }

    /// The same, of the whole team.
    pub fn ask_team(&self, to: &str) -> Ask<'_> {
        let mut ask = self.ask(&self.nodes[0].name, to);
        ask.question.from = vec![SourceName::Team];
        ask
    }

    pub fn ask_for_organisations(&self, from: &str, filter: OrganisationFilter) -> Ask<'_> {
        self.ask_for(SourceName::Node(self.named(from)), TargetName::Organisations(filter))
    }

    pub fn ask_for_nodes(&self, from: &str, nodes: &[&str]) -> Ask<'_> {
        let nodes = nodes.iter().map(|name| self.named(name)).collect();
        self.ask_for(SourceName::Node(self.named(from)), TargetName::Nodes(nodes))
    }

    fn ask_for(&self, from: SourceName, to: TargetName) -> Ask<'_> {
        Ask { world: self, question: Question::new(vec![from], to), settings: Settings::default(), reader: TEAM }
    }
}

impl Ask<'_> {
    pub fn answer(&self) -> Reply {
        let (engine, _) = self.asked().unwrap_or_else(|problem| panic!("{problem} at {:?}", problem.path));
        let oracle = oracle(self.world, &self.question, &self.settings, self.reader, today());
        assert_eq!(engine, oracle, "the engine and the oracle differ");
        engine
    }

    /// What the engine answers, limits included.
    pub fn limited(&self) -> Answer {
        let snapshot = self.world.snapshot();
        let costs = HopCosts::compute(&snapshot, Day::from(today()), &self.settings);
        outreach::answer(&snapshot, &costs, &self.question, &self.settings, self.reader, today(), &|| false)
            .expect("the question can be answered")
    }

    fn asked(&self) -> Result<(Reply, Vec<String>), Problem> {
        engine(self.world, &self.question, &self.settings, self.reader, today())
    }

    /// What would help, in words.
    pub fn suggestions(&self) -> Vec<String> {
        self.asked().expect("the question can be answered").1
    }

    /// Why it cannot be answered as asked: what kind of problem, and where in the question.
    pub fn refusal(&self) -> (ProblemKind, String) {
        let problem = self.asked().expect_err("it is refused");
        (problem.kind, problem.path.join("."))
    }

    /// Why it cannot be answered, in words.
    pub fn complaint(&self) -> String {
        self.asked().expect_err("it is refused").message
    }

    /// Its paths, each as `ann > bea > carers`.
    pub fn paths(&self) -> Vec<String> {
        self.answer().paths.iter().map(Route::names).collect()
    }

    /// The one path there is.
    pub fn path(&self) -> Route {
        let mut paths = self.answer().paths;
        assert_eq!(paths.len(), 1, "one path: {paths:#?}");
        paths.remove(0)
    }

    /// Why there is none: the reason, the rules, the name of the last node reached.
    pub fn why_not(&self) -> (NoPathReason, Vec<NoPathReason>, Option<String>) {
        let why = self.answer().no_path.expect("there is no path");
        (why.reason, why.rules, why.closest.as_deref().map(name_of))
    }

    /// Why there is none: the reason alone.
    pub fn reason(&self) -> NoPathReason {
        self.why_not().0
    }

    /// The names of the nodes that notices of a code speak of.
    pub fn noticed(&self, code: &str) -> Vec<String> {
        let notices = self.answer().notices;
        notices.get(code).into_iter().flatten().map(|id| name_of(id)).collect()
    }

    /// From nobody at all.
    pub fn of_nobody(mut self) -> Self {
        self.question.from.clear();
        self
    }

    pub fn and_from(mut self, name: &str) -> Self {
        self.question.from.push(SourceName::Node(self.world.named(name)));
        self
    }

    pub fn first(mut self, k: usize) -> Self {
        self.question.k = k;
        self
    }

    pub fn hops(mut self, max: usize) -> Self {
        self.question.max_hops = max;
        self
    }

    pub fn on_day(mut self, on: &str) -> Self {
        self.question.as_of = Some(day(on));
        self
    }

    pub fn in_area(mut self, area: &str) -> Self {
        self.question.areas.push(self.world.named(area));
        self
    }

    pub fn avoiding(mut self, name: &str) -> Self {
        self.question.avoid.push(self.world.named(name));
        self
    }

    pub fn allowing(mut self, class: HopClass) -> Self {
        self.question.allow.push(class);
        self
    }

    pub fn served_by(mut self, mode: ServeMode) -> Self {
        self.question.serve_modes.push(mode);
        self
    }

    /// Through this one, among others that are named so.
    pub fn via(mut self, name: &str) -> Self {
        self.question.via.nodes.push(self.world.named(name));
        self
    }

    pub fn via_any(mut self, change: impl FnOnce(&mut ViaName)) -> Self {
        change(&mut self.question.via);
        self
    }

    pub fn structural(mut self, most: usize) -> Self {
        self.question.max_structural_hops = Some(most);
        self
    }

    /// No less probable than this.
    pub fn probable(mut self, least: f64) -> Self {
        self.question.min_probability = Some(least);
        self
    }

    /// With at most this share in common with any before.
    pub fn diverse(mut self, most_shared: f64) -> Self {
        self.question.diversity = Some(most_shared);
        self
    }

    pub fn with_inferred(mut self) -> Self {
        self.question.include_inferred = true;
        self
    }

    pub fn with_unasked(mut self) -> Self {
        self.question.include_unasked = true;
        self
    }

    pub fn with_detours(mut self) -> Self {
        self.question.include_detours = true;
        self
    }

    pub fn counting_withheld(mut self) -> Self {
        self.question.count_withheld = true;
        self
    }

    pub fn by_partner(mut self) -> Self {
        self.reader = PARTNER;
        self
    }

    pub fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }
}

impl Route {
    pub fn names(&self) -> String {
        self.nodes.iter().map(|id| name_of(id)).collect::<Vec<_>>().join(" > ")
    }

    /// What each hop is worth.
    pub fn probabilities(&self) -> Vec<f64> {
        self.hops.iter().map(|hop| hop.probability.0).collect()
    }

    pub fn costs(&self) -> Vec<u64> {
        self.hops.iter().map(|hop| hop.cost).collect()
    }
}

pub fn name_of(id: &str) -> String {
    id.split_once(':').map_or(id, |(_, name)| name).to_owned()
}
