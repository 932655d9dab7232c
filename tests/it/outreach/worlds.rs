//! Random small worlds and questions about them. Each world has some troubles and not others (dates, refusals, guesses,
//! ties), so that many questions have several paths and the rest fail for every reason there is.

mod draft;
mod parts;
pub mod question;

use super::builders::{World, today};
use draft::{Draft, is_area, is_group, is_walked};
use inroads::model::{Date, RelationKind};
use inroads::outreach::{Question, Reader, Settings};
use parts::{days, groups, links, spans, things};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use question::question;

#[derive(Debug)]
pub struct Case {
    pub world: World,
    pub question: Question,
    pub settings: Settings,
    pub reader: Reader,
    pub today: Date,
}

/// What a run of cases dwells on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Anything,
    /// Areas of groups, bodies and people, with roles that are guesses or over.
    Places,
    /// What is asked of a path as a whole, in dense worlds with many structural relations.
    Terms,
}

/// Which troubles a world has. What is off leaves every node and relation at its plainest.
#[derive(Debug, Clone, Copy)]
struct Troubles {
    dates: bool,
    refusals: bool,
    windows: bool,
    guesses: bool,
    shades: Shades,
    local: bool,
    /// Everyone in a row, so that one refusal or one hop too many cuts it.
    row: bool,
    /// As many relations of bodies are structural as not, however many kinds of either there are.
    half_structural: bool,
}

/// What relations are worth.
#[derive(Debug, Clone, Copy)]
enum Shades {
    /// Nothing recorded: relations of a kind tie.
    None,
    /// A half or a quarter, all fresh: one hop may cost as much as two.
    Ties,
    Any,
}

pub fn cases(theme: Theme) -> impl Strategy<Value = Case> {
    (worlds(theme), settings()).prop_flat_map(move |(world, settings)| {
        question(&world, theme).prop_map(move |(question, reader)| Case {
            world: world.clone(),
            question,
            settings: settings.clone(),
            reader,
            today: today(),
        })
    })
}

fn settings() -> impl Strategy<Value = Settings> {
    let switches = (prop::bool::weighted(0.8), prop::bool::weighted(0.8));
    // Small worlds have no hubs unless a few ways out make one.
    (switches, select(vec![1_u32, 1, 2, 3, 8])).prop_map(|((freshness, hub), hub_from)| Settings {
        freshness,
        hub,
        hub_from,
        ..Settings::default()
    })
}

fn troubles(theme: Theme) -> impl Strategy<Value = Troubles> {
    let terms = theme == Theme::Terms;
    let often = move || prop::bool::weighted(if terms { 0.12 } else { 0.4 });
    let places = theme == Theme::Places;
    let ties = if terms { 24 } else { 2 };
    let shades = prop_oneof![3 => Just(Shades::None), ties => Just(Shades::Ties), 5 => Just(Shades::Any)];
    let row = prop::bool::weighted(if terms { 0.05 } else { 0.35 });
    (often(), often(), often(), often(), shades, often(), row).prop_map(
        move |(dates, refusals, windows, guesses, shades, local, row)| Troubles {
            dates: dates || places,
            refusals,
            windows: windows && !places,
            guesses: guesses || places,
            shades,
            local: local || places,
            row,
            half_structural: terms,
        },
    )
}

pub fn worlds(theme: Theme) -> impl Strategy<Value = World> {
    let roles = if theme == Theme::Places { 3..=8 } else { 0..=0 };
    let (nodes, walks) = if theme == Theme::Terms { (4..=6, 10..=24) } else { (2..=7, 6..=22) };
    (
        troubles(theme),
        (vec(things(theme), nodes), vec(groups(), 1..=3), vec((option::of(any::<Index>()), spans()), 0..=3)),
        (vec(links(theme), walks), prop_oneof![1 => vec(links(theme), 0..=1), 5 => vec(links(theme), 2..=7)]),
        (vec(links(theme), 2..=10), vec(links(theme), roles)),
        option::weighted(0.3, vec((any::<Index>(), any::<Index>(), prop::bool::weighted(0.8)), 1..=3)),
    )
        .prop_map(move |(troubles, (things, groups, areas), (walks, serves), (places, roles), successions)| {
            let mut draft = Draft { world: World::new(), troubles };
            draft.add_nodes(things, groups, areas);
            draft.join_all(walks, troubles.row, is_walked, |kind| kind.class().is_some());
            draft.join_all(serves, false, is_group, |kind| kind.class().is_some());
            draft.join_all(roles, false, is_walked, |kind| kind == RelationKind::RoleAt);
            if troubles.local {
                let is_place = |kind| matches!(kind, RelationKind::LocatedIn | RelationKind::Covers);
                draft.join_all(places, false, is_area, is_place);
            }
            if troubles.dates {
                draft.close_and_succeed(&successions.unwrap_or_default());
            }
            draft.world
        })
}
