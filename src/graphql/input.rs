//! What clients write, one input type a file, and how each becomes a value of `model`, `snapshot` or `outreach`. What a
//! name means is for `app` to look up; only shapes and sizes are judged here.

mod area_by;
mod coverage_question;
mod individual_filter;
mod int_range;
mod list_filters;
mod node_ref;
mod organisation_by;
mod organisation_filter;
mod organisation_order;
mod outreach_question;
mod outreach_target;
mod source_input;
mod via;

pub use area_by::AreaBy;
pub use coverage_question::CoverageArguments;
pub use individual_filter::IndividualFilter;
pub use int_range::IntRange;
pub use list_filters::{
    AreaFilter, InitiativeFilter, NetworkFilter, PopulationSegmentFilter, SoftwareProductFilter,
    UnderservedGroupFilter, WorkingGroupFilter,
};
pub use node_ref::NodeRef;
pub use organisation_by::OrganisationBy;
pub use organisation_filter::OrganisationFilter;
pub use organisation_order::OrganisationOrder;
pub use outreach_question::OutreachQuestionInput;
pub use outreach_target::OutreachTargetInput;
pub use source_input::SourceInput;
pub use via::ViaInput;

use crate::error::{AppError, ErrorCode};

/// The most entries of a list in an argument.
const MOST_ENTRIES: usize = 500;
/// The longest text to search for.
const LONGEST_TEXT: usize = 200;

/// Refuses lists longer than anybody means.
pub fn few<T>(list: &[T], argument: &str) -> Result<(), AppError> {
    if list.len() <= MOST_ENTRIES {
        return Ok(());
    }
    let message = format!("{argument} takes at most {MOST_ENTRIES} entries, and {} were given", list.len());
    Err(AppError::new(ErrorCode::LimitExceeded, message).at([argument]))
}

/// Refuses texts longer than any name.
pub fn short(text: Option<&str>, argument: &str) -> Result<(), AppError> {
    match text.map(|text| text.chars().count()) {
        Some(length) if length > LONGEST_TEXT => {
            let message = format!("{argument} takes at most {LONGEST_TEXT} characters, and {length} were given");
            Err(AppError::new(ErrorCode::LimitExceeded, message).at([argument]))
        }
        _ => Ok(()),
    }
}
