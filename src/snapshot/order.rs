//! Orders of organisations and of plain lists, and their keys.

use super::page::{Key, KeyValue, Page, PageError, PageRequest, cut};
use super::{NodeIx, Snapshot};
use std::cmp::Ordering;

/// By what organisations can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderField {
    Name,
    ListSize,
    DeprivationDecile,
    OpenedOn,
    UpdatedAt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub field: OrderField,
    pub descending: bool,
}

impl Snapshot {
    /// The key of an organisation in an order; with no order, its id alone.
    pub fn order_key(&self, ix: NodeIx, order: Option<Order>) -> Key {
        let node = self.node(ix);
        let value = order.and_then(|order| match order.field {
            OrderField::Name => Some(KeyValue::Text(super::names::normalise(&node.name))),
            OrderField::ListSize => number(node.organisation()?.list_size),
            OrderField::DeprivationDecile => number(node.organisation()?.deprivation_decile),
            OrderField::OpenedOn => {
                let opened = node.validity.from?;
                Some(KeyValue::Text(opened.to_string()))
            }
            OrderField::UpdatedAt => Some(KeyValue::Number(self.updated_at(ix).as_microsecond())),
        });
        Key { value, id: self.id(ix).clone() }
    }

    /// A page of nodes in an order.
    pub fn ordered_page(
        &self,
        nodes: Vec<NodeIx>,
        order: Option<Order>,
        request: &PageRequest,
        default_size: usize,
    ) -> Result<Page, PageError> {
        let descending = order.is_some_and(|order| order.descending);
        if order.is_none() {
            // Lists of nodes stand in the order of ids already.
            return cut(nodes, request, default_size, |ix, key| self.id(ix).cmp(&key.id));
        }
        let mut keyed: Vec<(Key, NodeIx)> = nodes.into_iter().map(|ix| (self.order_key(ix, order), ix)).collect();
        keyed.sort_unstable_by(|(a, _), (b, _)| compare(a, b, descending));
        let sorted = keyed.into_iter().map(|(_, ix)| ix).collect();
        cut(sorted, request, default_size, |ix, key| compare(&self.order_key(ix, order), key, descending))
    }
}

fn number<T: Into<i64>>(value: Option<T>) -> Option<KeyValue> {
    value.map(|value| KeyValue::Number(value.into()))
}

/// Known values before unknown ones; ties by id, upwards.
fn compare(a: &Key, b: &Key, descending: bool) -> Ordering {
    let by_value = match (&a.value, &b.value) {
        (Some(a), Some(b)) => {
            let ordering = a.partial_cmp(b).unwrap_or(Ordering::Equal);
            if descending { ordering.reverse() } else { ordering }
        }
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    by_value.then_with(|| a.id.cmp(&b.id))
}
