//! What a node is found by: its name, aliases and refs, normalised, with what each is worth.

use super::{WHOLE_ALIAS, WHOLE_NAME, WHOLE_REF, normalise};
use crate::model::{Node, NodeType};

#[derive(Debug)]
pub struct Texts {
    /// Its own name first.
    pub whole: Vec<(Box<str>, u32)>,
    pub is_person: bool,
}

impl Texts {
    pub fn of(node: &Node) -> Self {
        let own = std::iter::once((normalise(&node.name), WHOLE_NAME));
        let aliases = node.aliases.iter().map(|alias| (normalise(alias), WHOLE_ALIAS));
        let refs = node
            .refs
            .iter()
            .flat_map(|reference| [normalise(reference.value()), normalise(reference.as_str())])
            .map(|text| (text, WHOLE_REF));
        let whole = own.chain(aliases).chain(refs).map(|(text, worth)| (text.into(), worth)).collect();
        Self { whole, is_person: node.node_type() == NodeType::Individual }
    }

    /// Whether two nodes are found by the same texts.
    pub fn same(a: &Node, b: &Node) -> bool {
        let person = |node: &Node| node.node_type() == NodeType::Individual;
        (&a.name, &a.aliases, &a.refs, person(a)) == (&b.name, &b.aliases, &b.refs, person(b))
    }

    pub fn own(&self) -> &str {
        self.whole.first().map_or("", |(own, _)| own)
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.whole.iter().flat_map(|(text, _)| words(text))
    }
}

/// The words of a normalised text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}
