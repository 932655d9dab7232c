//! Changing the graph: the one way from what somebody wants to a committed change set, and to the graph in which it shows.
//! For the API; each action stands in a file of its own and says what things are to become. It knows no GraphQL.

mod approach;
mod common;
mod confirm;
mod consent;
mod draft;
mod erase;
mod faults;
mod form;
mod group;
mod individual;
mod key;
mod merge;
mod names;
mod network;
mod organisation;
mod place;
mod relation;
mod succeed;
mod undo;

pub use approach::DoNotApproachSet;
pub use common::CommonFields;
pub use confirm::{RelationConfirm, RelationEnd, RelationsConfirm};
pub use consent::{ConsentRecording, ConsentWithdraw};
pub use erase::IndividualErase;
pub use faults::Refusal;
pub use form::{Create, Form, Update};
pub use group::GroupDefine;
pub use individual::IndividualFields;
pub use merge::{Individuals, Merge, Mergeable, Networks, Organisations};
pub use network::NetworkFields;
pub use organisation::OrganisationFields;
pub use relation::{EvidenceGiven, RelationGiven, RelationRecord, RelationsRecord};
pub use succeed::{OrganisationSucceed, Succession, Successor};
pub use undo::ChangeUndo;

use super::{App, Asking};
use crate::access::Viewer;
use crate::error::{AppError, ErrorCode};
use crate::model::{Expectation, NodeId, Patch, Revision};
use crate::store::{ChangedThing, GraphStore, Happened, Past, StoreError};
use draft::Draft;
use faults::{Faults, Halt};
use key::Key;

/// How often a change is worked out anew because somebody else was faster.
const ATTEMPTS: usize = 5;

/// One thing that somebody wants to change. It is worked out on the newest graph, and again if that proves outdated.
pub trait Action: sealed::Plan {}

impl<A: sealed::Plan> Action for A {}

mod sealed {
    use super::{Draft, Halt};
    use crate::store::Past;

    /// What a role must be allowed to do.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Right {
        Write,
        Steward,
    }

    /// What an action does; for this module and those below it.
    pub trait Plan: serde::Serialize + Send + Sync {
        /// The name that users know it by.
        const NAME: &'static str;
        const NEEDS: Right;
        /// What there is to show for it.
        type Made: Send;

        /// What makes a retry known as such.
        fn key(&self) -> Option<&str> {
            None
        }

        /// States in the draft what things are to become.
        fn plan(&self, draft: &mut Draft) -> impl Future<Output = Result<Self::Made, Halt>> + Send;

        /// What there is to show for it when it had been done before. Nothing, where that is gone since.
        fn again(&self, _draft: &Draft, _past: &[Past]) -> Option<Self::Made> {
            None
        }
    }
}
use sealed::{Plan, Right};

/// What has been done.
pub struct Changed<T> {
    /// Absent for a retry whose result is gone since.
    pub made: Option<T>,
    /// The revision that did it; where nothing had to be done, the present one.
    pub revision: Revision,
    /// The same viewer, on a graph in which it shows.
    pub asking: Asking,
}

impl Right {
    fn check(self, viewer: Viewer) -> Result<(), AppError> {
        let (may, who) = match self {
            Self::Write => (viewer.may_write(), "the engagement team: ask somebody of it, or start with --as team"),
            Self::Steward => (viewer.may_steward(), "stewards: ask one, or start with --as steward"),
        };
        let role = viewer.role.as_str().to_uppercase();
        if may {
            return Ok(());
        }
        Err(AppError::new(ErrorCode::Forbidden, format!("your role is {role}, and this is for {who}")))
    }
}

impl Asking {
    /// Does it, whole or not at all.
    pub async fn change<A: Action>(&self, action: &A) -> Result<Changed<A::Made>, Refusal> {
        let mut sent = false;
        let done = self.attempt(action, &mut sent).await;
        done.map_err(|halt| match halt.into() {
            Refusal::Failed(error) if !sent => Refusal::Failed(error.hint("nothing was changed; try again")),
            refusal => refusal,
        })
    }

    /// `sent` tells whether the store was asked to change anything.
    async fn attempt<A: Plan>(&self, action: &A, sent: &mut bool) -> Result<Changed<A::Made>, Halt> {
        A::NEEDS.check(self.viewer())?;
        let key = Key::of(action, self.viewer())?;
        let app = &self.app;
        let _turn = app.writing.lock().await;
        app.refresh().await?;
        if let Some(earlier) = key.earlier(app.store.as_ref()).await? {
            return self.repeated(action, earlier).await;
        }
        for _ in 0..ATTEMPTS {
            let mut draft = Draft::new(app.asking(self.viewer()));
            let made = match action.plan(&mut draft).await {
                Err(Halt::Outdated) => {
                    app.refresh().await?;
                    continue;
                }
                planned => planned?,
            };
            let own = draft.own().to_vec();
            let revision = draft.revision();
            let Some(set) = draft.change_set(&key, A::NAME) else {
                return Ok(Changed { made: Some(made), revision, asking: app.asking(self.viewer()) });
            };
            *sent = true;
            match app.store.commit(set).await {
                Ok(committed) if committed.repeated => {
                    key.same_request(committed.request.as_deref())?;
                    return self.repeated(action, committed.revision).await;
                }
                Ok(committed) => {
                    self.catch_up(committed.revision).await?;
                    let asking = app.asking(self.viewer());
                    return Ok(Changed { made: Some(made), revision: committed.revision, asking });
                }
                Err(StoreError::Overtaken { thing, since }) => {
                    let mine = |(own, _): &&(Expectation, _)| own.thing == thing && own.untouched_since == since;
                    if let Some((own, argument)) = own.iter().find(mine) {
                        return Err(conflict(app.store.as_ref(), own).await?.at([*argument]).into());
                    }
                    app.refresh().await?;
                }
                // What stands in the way may be in the newer graph, and better told from there.
                Err(StoreError::Refused(words)) if !app.refresh().await? => {
                    return Err(AppError::new(ErrorCode::Conflict, words).into());
                }
                Err(StoreError::Refused(_)) => {}
                Err(error) => return Err(AppError::from(error).into()),
            }
        }
        let words = "others keep changing the same things at this moment; nothing was changed. Try again";
        Err(AppError::new(ErrorCode::Conflict, words).into())
    }

    /// Answers as the first time.
    async fn repeated<A: Plan>(&self, action: &A, revision: Revision) -> Result<Changed<A::Made>, Halt> {
        self.catch_up(revision).await?;
        let past = undo::whole_past(self.app.store.as_ref(), revision).await?;
        let asking = self.app.asking(self.viewer());
        let made = action.again(&Draft::new(asking.clone()), &past);
        Ok(Changed { made, revision, asking })
    }

    /// What has been done has been done, even if it cannot be shown.
    async fn catch_up(&self, revision: Revision) -> Result<(), AppError> {
        self.app.catch_up(revision).await.map_err(|error| match error {
            AppError::User(mut error) => {
                error.message = format!(
                    "This was done, in revision {revision}, but cannot be shown at the moment: {}. Do not send it again",
                    error.message.trim_end_matches('.')
                );
                AppError::User(error)
            }
            internal @ AppError::Internal { .. } => internal,
        })
    }
}

/// What happened to a thing since the caller last read it.
async fn conflict(store: &dyn GraphStore, own: &Expectation) -> Result<AppError, AppError> {
    let Expectation { thing, untouched_since: since } = own;
    let newest = undo::newest_past(store, thing).await?.filter(|past| past.revision > *since);
    let what = newest.map_or_else(String::new, |past| {
        let fields: Vec<&str> = past.fields.iter().map(|change| change.field.as_str()).collect();
        let of = if fields.is_empty() { String::new() } else { format!(" of {}", fields.join(", ")) };
        format!(", last in revision {} at {}{of}", past.revision, past.at)
    });
    Ok(AppError::new(ErrorCode::Conflict, format!("{thing} has changed since revision {since}{what}"))
        .hint("read it again, and send the change with the revision that you then get"))
}

impl App {
    /// Random ids, one caller at a time.
    fn ids<T>(&self, draw: impl FnOnce(&mut crate::model::IdGenerator) -> T) -> T {
        draw(&mut self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

/// The node that a change set made, if it is still there.
fn created(draft: &Draft, past: &[Past]) -> Option<NodeId> {
    let made = |past: &&Past| past.how == Happened::Created && matches!(past.of, ChangedThing::Node(_));
    let ix = draft.snapshot().by_id(&past.iter().find(made)?.id)?;
    Some(draft.snapshot().id(ix).clone())
}

/// A value that a thing must keep: it can be changed, not cleared.
fn keep<T>(patch: Patch<T>, slot: &mut T, what: &str) -> Result<(), AppError> {
    match patch {
        Patch::Leave => {}
        Patch::Set(value) => *slot = value,
        Patch::Clear => return Err(AppError::invalid_argument(format!("{what} is needed; leave it out to keep it"))),
    }
    Ok(())
}
