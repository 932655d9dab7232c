//! A snapshot that has grown, delta by delta, and one that was built anew from the same graph answer alike; so does one
//! that was folded. The running application keeps its snapshot up in this way without anybody waiting.

mod answers;
mod history;
mod keeping;
mod readers;
mod telling;
pub mod watched;

use history::{History, histories};
use inroads::outreach::HopCosts;
use inroads::snapshot::{Changed, Day, Snapshot};
use proptest::prelude::*;

use super::outreach::builders::today;
use super::outreach::worlds::Theme;

/// Goes through a history and holds what has grown against what is built anew, at the end of each era.
fn grows_as_built(history: &History) -> Result<(), TestCaseError> {
    let mut grown = Snapshot::build(history.first.clone());
    let days = [Day::from(today()), history.case.question.as_of.map_or(Day::from(today()), Day::from)];
    let settings = &history.case.settings;
    let mut costs = days.map(|day| HopCosts::compute(&grown, day, settings));
    for era in &history.eras {
        let mut unpriced = Changed::default();
        for step in &era.steps {
            let (next, changed) = grown.after(&step.delta);
            grown = next;
            unpriced = unpriced.then(&changed);
            if step.fold {
                let folded = grown.fold();
                prop_assert!(folded.is_plain() && folded.grown() == 0);
                prop_assert_eq!(telling::said(&folded), telling::said(&grown));
                grown = folded;
                costs = days.map(|day| HopCosts::compute(&grown, day, settings));
                unpriced = Changed::default();
            } else if step.price {
                costs = costs.map(|costs| costs.after(&grown, &unpriced));
                unpriced = Changed::default();
            }
        }
        costs = costs.map(|costs| costs.after(&grown, &unpriced));
        let built = Snapshot::build(era.graph.clone());
        prop_assert_eq!(telling::said(&grown), telling::said(&built));
        prop_assert_eq!(answers::found(&grown, &era.graph), answers::found(&built, &era.graph));
        let fresh = days.map(|day| HopCosts::compute(&built, day, settings));
        for (grown_costs, fresh) in costs.iter().zip(&fresh) {
            prop_assert_eq!(answers::priced(&grown, grown_costs), answers::priced(&built, fresh));
        }
        prop_assert_eq!(
            answers::paths(&grown, &costs[1], &history.case),
            answers::paths(&built, &fresh[1], &history.case)
        );
    }
    Ok(())
}

proptest! {
    // `PROPTEST_CASES` may ask for more.
    #![proptest_config({
        let config = ProptestConfig::default();
        ProptestConfig { cases: config.cases.max(500), max_shrink_iters: 5_000, ..config }
    })]

    #[test]
    fn what_has_grown_answers_as_what_is_built_anew(history in histories(Theme::Anything)) {
        grows_as_built(&history)?;
    }

    #[test]
    fn what_has_grown_answers_about_places_as_what_is_built_anew(history in histories(Theme::Places)) {
        grows_as_built(&history)?;
    }
}
