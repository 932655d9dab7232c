//! How many hops it takes to get somewhere, over links of some sort: reachability, without costs.

use super::ground::{Ground, Shade, Spot};

/// The fewest hops to each node, by place; `FAR` where there is no way within the limit.
pub type Steps = Vec<u8>;

pub const FAR: u8 = u8::MAX;

pub fn within(steps: &[u8], spot: Spot, hops: usize) -> bool {
    usize::from(steps[spot as usize]) <= hops
}

/// Over any link.
pub fn over_any(ground: &Ground, max_hops: usize) -> Steps {
    over(ground, max_hops, |_, _| true)
}

/// Over the links that `allowed` lets through, which is told whether the link is the first.
pub fn over(ground: &Ground, max_hops: usize, allowed: impl Fn(usize, bool) -> bool) -> Steps {
    let mut steps = vec![FAR; ground.len()];
    let mut here: Vec<Spot> = ground.sources.clone();
    for source in &here {
        steps[*source as usize] = 0;
    }
    for hops in 1..=u8::try_from(max_hops).unwrap_or(FAR - 1) {
        let mut next = Vec::new();
        for tail in here {
            for place in ground.out(tail) {
                let head = ground.link(place).head;
                if steps[head as usize] == FAR && allowed(place, hops == 1) {
                    steps[head as usize] = hops;
                    next.push(head);
                }
            }
        }
        here = next;
    }
    steps
}

/// The fewest hops over fresh links of which one at least is not structural, if nodes may repeat.
pub fn mixed(ground: &Ground, max_hops: usize, shades: &[Shade]) -> Steps {
    // By node: without such a link so far, and with one.
    let mut steps = vec![[FAR; 2]; ground.len()];
    let mut here: Vec<(Spot, bool)> = ground.sources.iter().map(|source| (*source, false)).collect();
    for (source, _) in &here {
        steps[*source as usize] = [0, FAR];
    }
    for hops in 1..=u8::try_from(max_hops).unwrap_or(FAR - 1) {
        let mut next = Vec::new();
        for (tail, met) in here {
            for place in ground.out(tail) {
                let (head, shade) = (ground.link(place).head, shades[place]);
                let met = met || !shade.structural;
                let known = &mut steps[head as usize][usize::from(met)];
                if !shade.stale && *known == FAR {
                    *known = hops;
                    next.push((head, met));
                }
            }
        }
        here = next;
    }
    steps.into_iter().map(|[_, met]| met).collect()
}
