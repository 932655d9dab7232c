//! What every store promises, case by case. Each case takes a ground and is alone in its store.

pub mod archive;
pub mod commits;
pub mod concurrency;
pub mod delta;
pub mod erasure;
pub mod expectations;
pub mod log;
pub mod past;
pub mod refusals;
pub mod round_trip;
pub mod runs;
