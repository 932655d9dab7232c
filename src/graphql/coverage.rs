//! What questions about coverage are answered with, one type a file.

mod cell;
mod fragility;
mod loss;
mod matrix;

pub use fragility::FragilityConnection;
pub use loss::WhatIfLost;
pub use matrix::Coverage;
