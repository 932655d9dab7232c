//! A thing named by its key or by a ref.

use crate::model;
use async_graphql::{ID, OneofObject};

/// Names one thing, by its key or by a ref. Give exactly one of the two.
#[derive(OneofObject, Debug, Clone)]
pub enum NodeRef {
    /// Its key, as `id` gives it.
    Id(ID),
    /// A name by which a register knows it: scheme, colon, value, such as GB-NHS:N81059 or E08:E08000012.
    Ref(String),
}

impl From<NodeRef> for model::NodeRef {
    fn from(name: NodeRef) -> Self {
        match name {
            NodeRef::Id(id) => Self::Id(id.0),
            NodeRef::Ref(text) => Self::Ref(text),
        }
    }
}
