//! Moving a graph with its log from one store to another, whatever they are kept in. The command line's affair: nobody
//! else may read all there is.

use crate::store::{GraphStore, Piece, StoreError};
use futures_util::StreamExt as _;
use std::sync::{Arc, Mutex, PoisonError};

/// How much has been copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Copied {
    pub nodes: u64,
    pub relations: u64,
    pub log_entries: u64,
}

/// Copies everything into an empty store. `Refused` where there is something in it. `tell` hears how far it is.
pub async fn copy(
    from: &dyn GraphStore,
    to: &dyn GraphStore,
    tell: impl Fn(Copied) + Send + 'static,
) -> Result<Copied, StoreError> {
    let copied = Arc::new(Mutex::new(Copied::default()));
    let counted = Arc::clone(&copied);
    let pieces = from.read_out().inspect(move |batch| {
        let mut so_far = counted.lock().unwrap_or_else(PoisonError::into_inner);
        batch.iter().flatten().for_each(|piece| so_far.count(piece));
        tell(*so_far);
    });
    to.take_in(pieces.boxed()).await?;
    Ok(*copied.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Copied {
    fn count(&mut self, piece: &Piece) {
        match piece {
            Piece::Node { .. } => self.nodes += 1,
            Piece::Relation(_) => self.relations += 1,
            Piece::Log(_) => self.log_entries += 1,
            Piece::Source(_) | Piece::Run(_) | Piece::Change(_) | Piece::PersonalChange(_) | Piece::End { .. } => {}
        }
    }
}
