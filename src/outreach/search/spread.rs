//! Which paths of the stream to take when they are to differ from one another. It knows no costs and no rules.

use super::super::arcs::Stop;

/// How many paths of the order are looked at before the search gives up.
pub const MOST_READ: usize = 10_000;

/// The paths taken so far, and how much a further one may have in common with each.
pub struct Spread {
    most_shared: f64,
    taken: Vec<Vec<Stop>>,
}

impl Spread {
    pub fn new(most_shared: f64) -> Self {
        Self { most_shared, taken: Vec::new() }
    }

    /// Whether a path differs enough from all that were taken; then it is taken.
    pub fn takes(&mut self, path: &[Stop]) -> bool {
        let between = path.get(1..path.len() - 1).unwrap_or_default();
        if self.taken.iter().any(|taken| share(between, taken) > self.most_shared) {
            return false;
        }
        self.taken.push(between.to_vec());
        true
    }
}

/// The share of some nodes that others have too; 0 when there are none.
fn share(nodes: &[Stop], others: &[Stop]) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    match nodes.len() {
        0 => 0.0,
        all => count(nodes.iter().filter(|node| others.contains(node)).count()) / count(all),
    }
}
