//! What several behaviours need.

pub mod deeds;
pub mod http;
pub mod live;
pub mod seeded;
pub mod socket;
