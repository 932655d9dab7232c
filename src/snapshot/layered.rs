//! A map that copies share, with a few changes of each copy's own on top. Folding writes both into one.

use rustc_hash::FxHashMap;
use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Layered<K, V> {
    base: Arc<FxHashMap<K, V>>,
    /// What has been put since, and `None` for what has been taken out.
    changes: Arc<FxHashMap<K, Option<V>>>,
}

impl<K, V> Default for Layered<K, V> {
    fn default() -> Self {
        Self { base: Arc::default(), changes: Arc::default() }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Layered<K, V> {
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        if self.changes.is_empty() {
            return self.base.get(key);
        }
        match self.changes.get(key) {
            Some(change) => change.as_ref(),
            None => self.base.get(key),
        }
    }

    pub fn insert(&mut self, key: K, value: V) {
        Arc::make_mut(&mut self.changes).insert(key, Some(value));
    }

    pub fn remove(&mut self, key: &K) {
        if self.base.contains_key(key) {
            Arc::make_mut(&mut self.changes).insert(key.clone(), None);
        } else if self.changes.contains_key(key) {
            Arc::make_mut(&mut self.changes).remove(key);
        }
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Layered<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self { base: Arc::new(entries.into_iter().collect()), changes: Arc::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_map(base in prop::collection::vec((0_u8..12, any::<u8>()), 0..12), steps in prop::collection::vec((0_u8..12, prop::option::of(any::<u8>())), 0..24)) {
            let mut map: FxHashMap<u8, u8> = base.iter().copied().collect();
            let before = map.clone();
            let old: Layered<u8, u8> = base.into_iter().collect();
            let mut new = old.clone();
            for (key, step) in steps {
                if let Some(value) = step {
                    map.insert(key, value);
                    new.insert(key, value);
                } else {
                    map.remove(&key);
                    new.remove(&key);
                }
            }
            prop_assert!((0..12).all(|key| new.get(&key) == map.get(&key)));
            prop_assert!((0..12).all(|key| old.get(&key) == before.get(&key)));
        }
    }
}
