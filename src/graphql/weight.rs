//! Weighs a request before anything else looks at it. A few lines of fragments that name each other can stand for
//! millions of fields, which every later stage would walk one by one; here each fragment is counted once.

use crate::config::Limits;
use crate::error::{AppError, ErrorCode};
use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use std::collections::HashMap;

/// How deeply fragments and fields may stand in each other, before `depth` judges fields alone.
const NESTING: usize = 32;

/// What a part of a request stands for once its fragments are put in their places.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    fields: usize,
    aliases: usize,
    /// Fields at the top of this part.
    top: usize,
}

impl Size {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.top = self.top.saturating_add(other.top);
    }
}

struct Scales<'a> {
    document: &'a ExecutableDocument,
    /// None while a fragment is being weighed: meeting it again then is a circle.
    fragments: HashMap<&'a Name, Option<(Size, usize)>>,
}

/// Refuses a request that stands for more than the limits allow.
pub fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), AppError> {
    let mut scales = Scales { document, fragments: HashMap::new() };
    let mut all = Size::default();
    for (_, operation) in document.operations.iter() {
        let (size, _) = scales.weigh(&operation.node.selection_set.node, 0)?;
        all.add(size);
    }
    let counts = [
        (all.fields, limits.fields, "fields"),
        (all.aliases, limits.aliases, "aliases"),
        (all.top, limits.root_fields, "questions at the top"),
    ];
    match counts.into_iter().find(|(count, most, _)| count > most) {
        Some((_, most, what)) => Err(too_much(format!("the request stands for more than {most} {what}"))),
        None => Ok(()),
    }
}

impl<'a> Scales<'a> {
    /// The size of a selection and how deeply it nests.
    fn weigh(&mut self, selection: &'a SelectionSet, level: usize) -> Result<(Size, usize), AppError> {
        let (mut size, mut depth) = (Size::default(), 0);
        for item in &selection.items {
            let (part, below) = match &item.node {
                Selection::Field(field) => {
                    let (inner, below) = self.deeper(&field.node.selection_set.node, level)?;
                    let aliases = inner.aliases.saturating_add(usize::from(field.node.alias.is_some()));
                    (Size { fields: inner.fields.saturating_add(1), aliases, top: 1 }, below)
                }
                Selection::InlineFragment(fragment) => self.deeper(&fragment.node.selection_set.node, level)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, level)?,
            };
            size.add(part);
            depth = depth.max(below);
        }
        Ok((size, depth))
    }

    fn deeper(&mut self, selection: &'a SelectionSet, level: usize) -> Result<(Size, usize), AppError> {
        nests(level + 1)?;
        let (size, depth) = self.weigh(selection, level + 1)?;
        Ok((size, depth + 1))
    }

    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<(Size, usize), AppError> {
        match self.fragments.get(name) {
            Some(Some((size, depth))) => {
                nests(level + depth)?;
                return Ok((*size, *depth));
            }
            Some(None) => {
                return Err(AppError::new(ErrorCode::BadRequest, format!("fragment `{name}` contains itself")));
            }
            None => {}
        }
        // Validation says which fragments are missing.
        let Some(fragment) = self.document.fragments.get(name) else { return Ok((Size::default(), 0)) };
        self.fragments.insert(name, None);
        let known = self.deeper(&fragment.node.selection_set.node, level)?;
        self.fragments.insert(name, Some(known));
        Ok(known)
    }
}

fn nests(level: usize) -> Result<(), AppError> {
    if level > NESTING { Err(too_much(format!("the request nests more than {NESTING} levels"))) } else { Ok(()) }
}

fn too_much(message: String) -> AppError {
    AppError::new(ErrorCode::LimitExceeded, message).hint("ask for less at a time, or in several requests")
}
