//! Coverage and fragility: by example, and on random worlds against an oracle that lists every path.

mod agreement;
mod cells;
mod chart;
mod fragility;
mod matrix;
