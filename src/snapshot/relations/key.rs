//! A relation's id in few bytes: ten million of them are kept. Compares as the id's text does.

use crate::model::RelationId;
use std::cmp::Ordering;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// What nearly all ids are made of.
    Digest([u8; 16]),
    /// Any other text.
    Text(Box<str>),
}

impl Key {
    pub fn of(id: &str) -> Self {
        RelationId::digest_in(id).map_or_else(|| Self::Text(id.into()), Self::Digest)
    }

    pub fn id(&self) -> RelationId {
        match self {
            Self::Digest(digest) => RelationId::of_digest(*digest),
            Self::Text(text) => RelationId::known(text.as_ref()),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            // Hexadecimal digits sort as what they stand for.
            (Self::Digest(a), Self::Digest(b)) => a.cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Digest(_), Self::Text(text)) => self.id().as_str().cmp(text),
            (Self::Text(text), Self::Digest(_)) => text.as_ref().cmp(other.id().as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_the_id_and_compares_as_it_does(ids in prop::collection::vec("(rel:[0-9a-f]{32})|(rel:[0-9a-fA-F]{0,33})|([a-z:]{0,5})", 2..6)) {
            for a in &ids {
                let key = Key::of(a);
                prop_assert_eq!(key.id(), RelationId::known(a.as_str()));
                for b in &ids {
                    prop_assert_eq!(key.cmp(&Key::of(b)), a.cmp(b));
                }
            }
        }
    }
}
