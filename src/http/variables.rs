//! The part of the GraphQL specification's `CoerceVariableValues()` that needs no schema: a variable that must
//! have a value has one. The library finds out only at the field that uses it, when a mutation's earlier fields have run.

use async_graphql::{ServerError, Value, Variables, parser::types::OperationDefinition};

/// The first variable of the operation that lacks its value.
pub fn lacking(operation: &OperationDefinition, variables: &Variables) -> Option<ServerError> {
    operation.variable_definitions.iter().find_map(|definition| {
        let name = &definition.node.name.node;
        let must = !definition.node.var_type.node.nullable;
        let problem = match variables.get(name) {
            None if must && definition.node.default_value.is_none() => "is required, and is missing",
            Some(Value::Null) if must => "must not be null",
            _ => return None,
        };
        let message = format!("Variable \"${name}\" of type {} {problem}.", definition.node.var_type.node);
        Some(ServerError::new(message, Some(definition.pos)))
    })
}
