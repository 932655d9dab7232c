//! The path engine against the contract of design section 3: by example, and against an oracle that was written from
//! the design's words alone and knows nothing of the snapshot or of the search.

mod agreement;
mod ask;
pub mod builders;
mod coverage;
mod oracle;
pub mod reply;
pub mod worlds;

mod areas;
mod consent;
mod no_path;
mod numbers;
mod order;
mod rank;
mod reading;
mod requests;
mod sources;
mod structural;
mod targets;
mod variety;
mod via;
mod withheld;
