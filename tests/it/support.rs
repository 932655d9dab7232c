//! What several behaviours need.

pub mod http;
pub mod seeded;
