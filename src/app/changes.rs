//! Changes as they happen: one stream for each subscriber, of every change set after a revision, in order, each once.
//! Wherever it is broken off, the last revision that was seen is all that it takes to go on.

mod follower;
mod recent;

pub use recent::Recent;

use super::{App, Asking};
use crate::access::{Logged, Viewer};
use crate::model::{ChangedThing, Happened, NodeType, Revision};
use crate::snapshot::Snapshot;
use follower::Follower;
use futures_util::{Stream, stream};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};

/// An event tells of no more changes than this: an import's change set holds thousands.
pub const MOST_CHANGES: usize = 1_000;

/// One change set, as a viewer may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeEvent {
    pub revision: Revision,
    pub at: Timestamp,
    /// Absent where it may name one of the team.
    pub actor: Option<String>,
    /// Absent where it may name a person.
    pub source: Option<String>,
    pub changes: Vec<ChangeView>,
    /// There were more than [`MOST_CHANGES`].
    pub truncated: bool,
    /// What happened up to this revision cannot be told any more: read everything anew. It has no changes.
    pub gap: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ChangeView {
    pub id: String,
    pub of: ChangedThing,
    pub how: Happened,
    pub fields: Vec<String>,
}

/// Somebody who watches. It holds on to no snapshot: it may stay for days.
#[derive(Clone)]
pub struct Watching {
    app: Arc<App>,
    viewer: Viewer,
    revision: Revision,
}

impl Asking {
    /// Begins to watch from where this request stands.
    pub fn watching(&self) -> Watching {
        Watching { app: Arc::clone(&self.app), viewer: self.viewer(), revision: self.revision() }
    }
}

impl Watching {
    /// Where it began.
    pub fn began_at(&self) -> Revision {
        self.revision
    }

    /// What the graph has come to.
    pub fn newest(&self) -> Revision {
        self.app.revision()
    }

    /// For how long the store could not be asked whether there is anything newer; nothing while all is well.
    pub fn in_doubt_for(&self) -> Option<Duration> {
        self.app.in_doubt_for()
    }

    /// All change sets after a revision, or from now on, and then those to come. With `types`, only changes of nodes of
    /// these types, and only sets that have any. It waits where the store cannot be asked, and ends with the process.
    pub fn changes(&self, since: Option<Revision>, types: Vec<NodeType>) -> impl Stream<Item = ChangeEvent> + use<> {
        let follower = Follower::new(&self.app, self.viewer, types, since.unwrap_or(self.revision));
        stream::unfold(follower, |mut follower| async move {
            let event = follower.next().await?;
            Some((event, follower))
        })
    }
}

/// What the policy has to know of a thing in the log.
pub(super) fn logged(snapshot: &Snapshot, of: ChangedThing, id: &str) -> Logged {
    let relations = &snapshot.relations;
    let ends = match of {
        ChangedThing::Relation(_) => {
            relations.by_id(id).map(|ix| (snapshot.node_type(relations.from(ix)), snapshot.node_type(relations.to(ix))))
        }
        ChangedThing::Node(_) | ChangedThing::Source => None,
    };
    Logged { of, ends }
}
