//! Whether a path goes the long way round: among its own nodes there is a better way between its ends. A partial path is
//! judged as early as that is certain of all that may become of it. Only `search` calls it.

use super::super::arcs::{Arcs, Stop};
use super::super::budget::NEVER;
use super::Search;
use super::partial::{MAX_NODES, Nodes};

impl Search {
    /// Whether a step to this node can only make paths that are detours.
    pub fn leads_to_detours(&self, nodes: Nodes, cost: u64, head: Stop, step: u32) -> bool {
        if self.arcs.states.is_single() {
            self.is_detour(nodes, cost, head, step)
        } else {
            self.adds_nothing(nodes.with(head), cost + u64::from(step))
        }
    }

    /// Whether a path is a detour as it stands. Without a limit on structural hops, the steps to it have told.
    pub fn is_detour_at_its_end(&self, nodes: Nodes, cost: u64) -> bool {
        self.arcs.states.budget().is_some_and(|budget| self.has_better(nodes, cost, budget, self.meets(nodes)))
    }

    fn meets(&self, nodes: Nodes) -> bool {
        self.arcs.states.meets(nodes.as_slice())
    }

    /// The same where a way has to pass somebody, or may have so many structural hops only: then a shorter way does
    /// instead only if it leaves open whatever this one does.
    fn adds_nothing(&self, nodes: Nodes, cost: u64) -> bool {
        let states = &self.arcs.states;
        let Some(last) = nodes.as_slice().last() else { return false };
        // Whoever goes on from the last node passes it; but a path may also end there.
        let met = self.meets(nodes) && (self.arcs.is_target(*last) || !states.is_via(*last));
        let Some(budget) = states.budget() else { return self.has_better(nodes, cost, usize::MAX, met) };
        let levels = self.arcs.levels(nodes.as_slice());
        let mut dearer = NEVER;
        (0..=budget).all(|most| {
            // As dear as with fewer structural hops: the same better way does.
            let judged = levels[most] == dearer;
            dearer = levels[most];
            judged || self.has_better(nodes, dearer, most, met)
        })
    }

    /// Whether there is a better way from the first of these nodes to the last, by no other nodes, with at most so many
    /// structural hops; one that passes whom it has to, if that is wanted.
    fn has_better(&self, nodes: Nodes, cost: u64, most_structural: usize, wants_via: bool) -> bool {
        let own = nodes.as_slice();
        let wanted = Better { arcs: &self.arcs, own, cost, wants_via };
        own.first().is_some_and(|first| {
            wanted.exists(&Trail {
                nodes: Nodes::EMPTY.with(*first),
                at: 0,
                used: 1,
                cost: 0,
                left: most_structural,
                met: false,
            })
        })
    }

    /// Whether a step makes the partial path a detour: among its own nodes there is a better way from its first node to
    /// its new last one. Any path that went on from here would then be a detour too, and no detour is missed so.
    fn is_detour(&self, nodes: Nodes, cost: u64, head: Stop, step: u32) -> bool {
        let path = nodes.as_slice();
        let Some((last, earlier)) = path.split_last() else { return false };
        // A better way has to arrive at the head from another node than the last.
        let shortcuts: Vec<(usize, u32)> = earlier
            .iter()
            .enumerate()
            .filter_map(|(place, node)| Some((place, self.arcs.between(*node, head)?.cost)))
            .collect();
        if shortcuts.is_empty() {
            return false;
        }
        debug_assert_ne!(*last, head);
        let best = self.best_within(path);
        let own = Label { cost: cost + u64::from(step), nodes: nodes.with(head) };
        shortcuts.iter().any(|(place, arc)| {
            best[*place].as_ref().is_some_and(|label| {
                let shortcut = Label { cost: label.cost + u64::from(*arc), nodes: label.nodes.with(head) };
                shortcut.key() < own.key()
            })
        })
    }

    /// The best way from the first of some nodes to each of them, by these nodes alone.
    fn best_within(&self, path: &[Stop]) -> [Option<Label>; MAX_NODES] {
        let mut best: [Option<Label>; MAX_NODES] = [const { None }; MAX_NODES];
        best[0] = Some(Label { cost: 0, nodes: Nodes::EMPTY.with(path[0]) });
        // Costs are above 0, so best ways repeat no node, and one round for each hop is enough.
        for _ in 1..path.len() {
            let mut settled = true;
            for tail in 0..path.len() {
                let Some(label) = best[tail].clone() else { continue };
                for head in 1..path.len() {
                    let Some(arc) = (head != tail).then(|| self.arcs.between(path[tail], path[head])).flatten() else {
                        continue;
                    };
                    if label.nodes.is_full() || label.nodes.as_slice().contains(&path[head]) {
                        continue;
                    }
                    let longer = Label { cost: label.cost + u64::from(arc.cost), nodes: label.nodes.with(path[head]) };
                    if best[head].as_ref().is_none_or(|known| longer.key() < known.key()) {
                        best[head] = Some(longer);
                        settled = false;
                    }
                }
            }
            if settled {
                break;
            }
        }
        best
    }
}

/// A better way that is looked for: from the first of some nodes to the last.
struct Better<'a> {
    arcs: &'a Arcs,
    own: &'a [Stop],
    cost: u64,
    wants_via: bool,
}

/// How far one has come.
struct Trail {
    nodes: Nodes,
    at: usize,
    /// One bit for each of the nodes.
    used: u32,
    cost: u64,
    /// How many more hops may be structural.
    left: usize,
    met: bool,
}

impl Better<'_> {
    /// Tries every way that costs no more. There are few: the nodes are those of one path.
    fn exists(&self, trail: &Trail) -> bool {
        let goal = self.own.len() - 1;
        (1..self.own.len()).filter(|next| trail.used & (1 << next) == 0).any(|next| {
            let head = self.own[next];
            self.arcs.choices(self.own[trail.at], head).iter().any(|arc| {
                let Some(left) = trail.left.checked_sub(usize::from(arc.structural)) else { return false };
                let on = Trail {
                    nodes: trail.nodes.with(head),
                    at: next,
                    used: trail.used | (1 << next),
                    cost: trail.cost + u64::from(arc.cost),
                    left,
                    met: trail.met || self.arcs.states.is_via(head),
                };
                if on.cost > self.cost {
                    false
                } else if next == goal {
                    let better = (on.cost, on.nodes.len(), on.nodes.as_slice())
                        < (self.cost, u8::try_from(self.own.len()).unwrap_or(u8::MAX), self.own);
                    better && (trail.met || !self.wants_via)
                } else {
                    self.exists(&on)
                }
            })
        })
    }
}

#[derive(Clone)]
struct Label {
    cost: u64,
    nodes: Nodes,
}

impl Label {
    fn key(&self) -> (u64, u8, &[Stop]) {
        (self.cost, self.nodes.len(), self.nodes.as_slice())
    }
}
