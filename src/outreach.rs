//! What we work out from a snapshot: who can take us there, how likely it is, and why not where nobody can.
//! Pure functions of (snapshot, question, settings, reader, today). `app` calls it. It does no I/O, reads no clock
//! and does not know who the reader is, only what the reader may see. Design sections 3 and 4.

mod answer;
mod arcs;
mod ask;
mod budget;
pub mod costs;
mod coverage;
mod explain;
mod fragility;
mod naming;
mod question;
mod rank;
mod reach;
mod relax;
mod rules;
mod search;
mod serving;
pub mod settings;
mod states;
mod targets;
mod task;
mod terms;
mod via;
mod withheld;

pub use answer::{
    Answer, Hop, Likelihood, Limit, LimitKind, NoPath, NoPathReason, Notice, NoticeCode, Path, Warmth, Withheld,
};
pub use costs::HopCosts;
pub use coverage::{
    Basis, BestPath, Cell, Coverage, CoverageError, CoverageQuestion, CoverageStatus, OutOfTime, Practices, Server,
    Then, Urgency, coverage,
};
pub use fragility::{Loss, Losses, LostCell, fragility, what_if_lost};
pub use question::{Question, SourceName, TargetName, ViaName};
pub use serving::{Places, Strictness, shares_area};
pub use settings::Settings;

use crate::model::Date;
use crate::snapshot::resolve::Problem;
use crate::snapshot::{Sight, Snapshot};

/// What the policy lets this reader ask and know: data, so that nothing here needs to know who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reader {
    pub sight: Sight,
    /// May walk through people who were not asked yet.
    pub may_include_unasked: bool,
    /// May name individuals in a question.
    pub may_name_people: bool,
    /// May know why there is no path: who was asked, what they said.
    pub may_know_why: bool,
}

/// Answers a question. `stop` is asked now and then whether the search has had its time.
pub fn answer(
    snapshot: &Snapshot,
    costs: &HopCosts,
    question: &Question,
    settings: &Settings,
    reader: Reader,
    today: Date,
    stop: &dyn Fn() -> bool,
) -> Result<Answer, Problem> {
    let task = task::Task::prepare(snapshot, question, settings, reader, today)?;
    let world = rules::World { snapshot, costs, task: &task };
    let wanted = search::Wanted {
        k: question.k,
        keep_detours: task.include_detours,
        diversity: task.diversity,
        max_cost: u64::MAX,
    };
    let found = search::search_for(&world, rules::Relaxed::NOTHING, wanted, settings, stop);
    let no_path = if found.paths.is_empty() && !task.already_there_emptied_targets {
        Some(relax::why_not(&world, &found, settings, reader, stop))
    } else {
        None
    };
    let withheld = (question.count_withheld && reader.may_know_why)
        .then(|| withheld::count(&world, &found, question.k, settings, stop));
    Ok(explain::answer(&world, &found, no_path, withheld))
}
