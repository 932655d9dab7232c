//! From the words people use to the one thing they mean, or to the list of things they may mean.

use super::Asking;
use crate::access::View;
use crate::error::{AppError, ErrorCode};
use crate::model::{NodeRef, NodeType, Ref};
use crate::snapshot::NodeIx;
use crate::snapshot::resolve::Expect;

/// How many candidates are offered when a text fits several things.
const OFFERED: usize = 8;

impl Asking {
    /// The one node of a type that a text means: a ref, an id, a whole name or alias, else the only good match.
    pub fn meant(&self, text: &str, types: &'static [NodeType]) -> Result<View, AppError> {
        let expect = Expect(types);
        if Ref::parse(text).is_ok() {
            let found = self.snapshot.resolve(&NodeRef::Ref(text.to_owned()), expect, self.viewer().sight());
            return Ok(self.view(found?));
        }
        if let Ok(ix) = self.snapshot.resolve_id(text, expect) {
            return Ok(self.view(ix));
        }
        let fits = |ix: &NodeIx| types.contains(&self.snapshot.node_type(*ix)) && self.is_shown(*ix);
        let exact: Vec<NodeIx> = self.snapshot.called(text).into_iter().filter(fits).collect();
        // A whole name wins over an alias that several share.
        let wanted = crate::snapshot::names::normalise(text);
        let named: Vec<NodeIx> = exact
            .iter()
            .copied()
            .filter(|ix| crate::snapshot::names::normalise(&self.snapshot.node(*ix).name) == wanted)
            .collect();
        let near = || -> Vec<NodeIx> {
            let hits = self.snapshot.search(text, self.viewer().sees_people());
            hits.into_iter().map(|hit| hit.node).filter(fits).take(OFFERED).collect()
        };
        match (named.as_slice(), exact.as_slice()) {
            ([one], _) | ([], [one]) => Ok(self.view(*one)),
            ([], []) => match near().as_slice() {
                [] => Err(AppError::not_found(format!("nothing is called `{text}`"))
                    .hint("search(text:) and `inroads paths --help` say what can be named")),
                [one] => Ok(self.view(*one)),
                several => Err(self.ambiguous(text, several)),
            },
            ([], several) | (several, _) => Err(self.ambiguous(text, several)),
        }
    }

    fn ambiguous(&self, text: &str, candidates: &[NodeIx]) -> AppError {
        let list: Vec<String> = candidates
            .iter()
            .take(OFFERED)
            .map(|ix| {
                let view = self.view(*ix);
                let shown = view.refs.first().map_or_else(|| view.id.to_string(), ToString::to_string);
                format!("{shown} ({})", view.name.unwrap_or_default())
            })
            .collect();
        AppError::new(ErrorCode::Ambiguous, format!("`{text}` fits several: {}", list.join("; ")))
            .hint("name one of them by its ref")
    }
}
