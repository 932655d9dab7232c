//! What the cases need: somewhere to keep a graph, the program run on it, and clients of it.

pub mod client;
pub mod place;
pub mod process;
pub mod proxy;
pub mod small;
pub mod subscriber;
