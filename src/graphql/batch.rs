//! One call to the store where many fields of a level need something from it. A key waits until the whole request has
//! nothing left to do but wait, so what is in a batch does not depend on how fast the machine is. Only `loaders` uses it.

use super::failure::Failure;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most keys that one call names.
pub const KEYS_PER_CALL: usize = 1_000;

type Round = Shared<BoxFuture<'static, Result<(), Failure>>>;
type Load<K, V> = dyn Fn(Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, Failure>> + Send + Sync;

/// Loads values by key, gathering the keys that are asked for at the same time.
pub struct Batch<K, V> {
    state: Arc<Mutex<State<K, V>>>,
    load: Arc<Load<K, V>>,
}

struct State<K, V> {
    /// What was loaded already in this request; absent values too.
    known: HashMap<K, Option<V>>,
    gathering: Option<Gathering<K>>,
}

struct Gathering<K> {
    keys: HashSet<K>,
    /// How often somebody has joined: the round starts when a pass over the request adds nobody.
    joined: usize,
    round: Round,
}

impl<K, V> Batch<K, V>
where
    K: Clone + Eq + Hash + Ord + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub fn new(
        load: impl Fn(Vec<K>) -> BoxFuture<'static, Result<HashMap<K, V>, Failure>> + Send + Sync + 'static,
    ) -> Self {
        let state = State { known: HashMap::new(), gathering: None };
        Self { state: Arc::new(Mutex::new(state)), load: Arc::new(load) }
    }

    pub async fn one(&self, key: &K) -> Result<Option<V>, Failure> {
        Ok(self.many(std::slice::from_ref(key)).await?.pop().flatten())
    }

    /// The values of some keys, in the order of the keys.
    pub async fn many(&self, keys: &[K]) -> Result<Vec<Option<V>>, Failure> {
        let round = self.join(keys);
        if let Some(round) = round {
            round.await?;
        }
        let state = locked(&self.state);
        Ok(keys.iter().map(|key| state.known.get(key).cloned().flatten()).collect())
    }

    /// Joins the round that is gathering, or opens one. None when everything is known already.
    fn join(&self, keys: &[K]) -> Option<Round> {
        let mut state = locked(&self.state);
        let missing: Vec<K> = keys.iter().filter(|key| !state.known.contains_key(key)).cloned().collect();
        if missing.is_empty() {
            return None;
        }
        let gathering = state.gathering.get_or_insert_with(|| Gathering {
            keys: HashSet::new(),
            joined: 0,
            round: run(Arc::clone(&self.state), Arc::clone(&self.load)).boxed().shared(),
        });
        gathering.keys.extend(missing);
        gathering.joined += 1;
        Some(gathering.round.clone())
    }
}

async fn run<K, V>(state: Arc<Mutex<State<K, V>>>, load: Arc<Load<K, V>>) -> Result<(), Failure>
where
    K: Clone + Eq + Hash + Ord,
{
    let joined = || locked(&state).gathering.as_ref().map_or(0, |gathering| gathering.joined);
    let mut before = 0;
    while joined() != before {
        before = joined();
        tokio::task::yield_now().await;
    }
    let keys = locked(&state).gathering.take().map(|gathering| gathering.keys).unwrap_or_default();
    let mut keys: Vec<K> = keys.into_iter().collect();
    keys.sort_unstable();
    let mut found = HashMap::with_capacity(keys.len());
    for page in keys.chunks(KEYS_PER_CALL) {
        found.extend(load(page.to_vec()).await?);
    }
    let mut state = locked(&state);
    for key in keys {
        let value = found.remove(&key);
        state.known.insert(key, value);
    }
    Ok(())
}

fn locked<T>(state: &Mutex<T>) -> MutexGuard<'_, T> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
