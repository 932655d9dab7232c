//! A subscription asks for one thing (specification, section 5.2.4.1), which the library does not hold; and the library
//! looks for that thing among fields alone, where a fragment may stand for it. Here the rule is held, and fragments at
//! the top are put in their places. Only the pipeline of [`Schema`](super::Schema) calls it, once it has been weighed.

use crate::error::{AppError, ErrorCode};
use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType,
    Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use std::collections::{HashMap, HashSet};

/// The name of the type at the top.
const ROOT: &str = "Subscription";

/// Refuses a document with a subscription that asks for more or less than one thing.
pub fn one_thing_each(document: &mut ExecutableDocument) -> Result<(), AppError> {
    let mut top = Top { fragments: &document.fragments, replaced: HashSet::new() };
    for operation in operations(&mut document.operations) {
        if operation.node.ty == OperationType::Subscription {
            let mut found = Vec::new();
            top.flatten(&operation.node.selection_set.node, &mut found)?;
            judge(&found)?;
            operation.node.selection_set.node.items = found;
        }
    }
    let replaced = top.replaced;
    document.fragments.retain(|name, _| !replaced.contains(name));
    Ok(())
}

fn operations(all: &mut DocumentOperations) -> Vec<&mut Positioned<OperationDefinition>> {
    match all {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
    }
}

struct Top<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// Fragments of the top can stand nowhere else: put in their places, nobody uses them any more.
    replaced: HashSet<Name>,
}

impl Top<'_> {
    /// What a selection asks for, without fragments. One that fits elsewhere stays, for validation to refuse.
    fn flatten(&mut self, selection: &SelectionSet, found: &mut Vec<Positioned<Selection>>) -> Result<(), AppError> {
        for item in &selection.items {
            match &item.node {
                Selection::Field(field) => {
                    unconditional(&field.node.directives)?;
                    found.push(item.clone());
                }
                Selection::InlineFragment(fragment) => {
                    unconditional(&fragment.node.directives)?;
                    let on = fragment.node.type_condition.as_ref();
                    if on.is_none_or(|on| on.node.on.node == ROOT) {
                        self.flatten(&fragment.node.selection_set.node, found)?;
                    } else {
                        found.push(item.clone());
                    }
                }
                Selection::FragmentSpread(spread) => {
                    unconditional(&spread.node.directives)?;
                    let name = &spread.node.fragment_name.node;
                    match self.fragments.get(name) {
                        Some(fragment) if fragment.node.type_condition.node.on.node == ROOT => {
                            self.replaced.insert(name.clone());
                            self.flatten(&fragment.node.selection_set.node, found)?;
                        }
                        _ => found.push(item.clone()),
                    }
                }
            }
        }
        Ok(())
    }
}

fn unconditional(directives: &[Positioned<Directive>]) -> Result<(), AppError> {
    let conditional =
        |directive: &Positioned<Directive>| matches!(directive.node.name.node.as_str(), "skip" | "include");
    if directives.iter().any(conditional) {
        return Err(refusal("what a subscription asks for cannot be skipped: leave @skip and @include out at the top"));
    }
    Ok(())
}

fn judge(found: &[Positioned<Selection>]) -> Result<(), AppError> {
    let [one] = found else {
        return Err(refusal("a subscription asks for one thing: subscribe to each on its own"));
    };
    match &one.node {
        Selection::Field(field) if field.node.name.node.starts_with("__") => {
            Err(refusal("a subscription asks for changes, not about the schema: ask that in a query"))
        }
        Selection::Field(_) | Selection::InlineFragment(_) | Selection::FragmentSpread(_) => Ok(()),
    }
}

fn refusal(message: &str) -> AppError {
    AppError::new(ErrorCode::BadRequest, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn judged(text: &str) -> Result<(usize, usize), AppError> {
        let mut document = parse_query(text).expect("GraphQL");
        one_thing_each(&mut document)?;
        let (_, operation) = document.operations.iter().next().expect("an operation");
        Ok((operation.node.selection_set.node.items.len(), document.fragments.len()))
    }

    #[test]
    fn fragments_at_the_top_are_put_in_their_places() {
        let cases = [
            ("subscription { changes { at } }", (1, 0)),
            ("subscription { ...F } fragment F on Subscription { changes { at } }", (1, 0)),
            (
                "subscription { ... { ...F } } fragment F on Subscription { changes { ...G } } fragment G on E { at }",
                (1, 1),
            ),
            ("subscription { ... on Subscription { changes { at } } }", (1, 0)),
            // For validation to refuse.
            ("subscription { ...F } fragment F on Query { me }", (1, 1)),
            ("query { a b }", (2, 0)),
        ];
        for (text, expected) in cases {
            assert_eq!(judged(text).ok(), Some(expected), "{text}");
        }
    }

    #[test]
    fn more_or_less_than_one_thing_is_refused() {
        let cases = [
            "subscription { a: changes { at } b: changes { at } }",
            "subscription { changes { at } ...F } fragment F on Subscription { changes { at } }",
            "subscription { changes @skip(if: true) { at } }",
            "subscription { ... @include(if: true) { changes { at } } }",
            "subscription { __typename }",
            "query A { me } subscription B { a b }",
        ];
        for text in cases {
            assert!(judged(text).is_err(), "{text}");
        }
    }
}
