//! Undoing what was done.

use super::payload::{act, number, payload};
use crate::app::change::ChangeUndo;
use crate::model::Revision;
use async_graphql::{Context, InputObject, Object, Result};

payload! {
    /// What came of undoing.
    ChangeUndoPayload of Revision {
        /// The revision that was undone.
        undone_revision: i32 = |_, revision| Some(number(*revision));
    }
}

/// What to undo.
#[derive(InputObject, Debug, Clone)]
pub struct ChangeUndoInput {
    /// The revision that did it, as mutations and histories tell.
    revision: i32,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once.
    idempotency_key: Option<String>,
}

#[derive(Default)]
pub struct Undo;

#[Object]
impl Undo {
    /// Takes back all that one revision did, if nothing of it has changed since; what it made goes, what it removed comes
    /// back. Done as a change of its own, which can be undone too. Imports and erasures cannot. For stewards.
    async fn change_undo(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which revision.")] input: ChangeUndoInput,
    ) -> Result<ChangeUndoPayload> {
        let ChangeUndoInput { revision, idempotency_key } = input;
        act(ctx, Ok(ChangeUndo { revision: revision.into(), key: idempotency_key })).await
    }
}
