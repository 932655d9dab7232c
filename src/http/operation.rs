//! What a request asks for, as far as that can be told before the schema sees it: which of its operations is meant, and
//! whether that one's variables are there. Both transports look here first.

use super::{request_log::Asked, variables};
use async_graphql::{
    Request, ServerError,
    parser::parse_query,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, Selection},
};

/// A request that parses, with its document beside it.
pub struct Operation {
    pub request: Request,
    pub asked: Asked,
    /// What is wrong with its variables.
    pub lacking: Option<ServerError>,
}

impl Operation {
    pub fn of(mut request: Request) -> Result<Self, ServerError> {
        let document = parse_query(&request.query)?;
        let meant = meant(&document, request.operation_name.as_deref());
        let asked = asked(meant);
        let lacking = meant.and_then(|operation| variables::lacking(operation, &request.variables));
        request.set_parsed_query(document);
        Ok(Self { request, asked, lacking })
    }
}

/// The operation that would run: `GetOperation()` of the specification.
fn meant<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) => {
            operations.values().next().filter(|_| operations.len() == 1)
        }
    };
    operation.map(|operation| &operation.node)
}

/// What to log of it: the fields that it starts from. Aliases and arguments are the client's own words.
fn asked(operation: Option<&OperationDefinition>) -> Asked {
    let selections = operation.iter().flat_map(|operation| &operation.selection_set.node.items);
    let fields = selections.filter_map(|selection| match &selection.node {
        Selection::Field(field) => Some(field.node.name.node.to_string()),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
    });
    Asked { operation: operation.map(|operation| operation.ty), fields: fields.collect() }
}
