//! The keys of nodes and relations. An organisation's id comes from its first ref, so two deployments agree;
//! an individual's is random and reveals nothing; a relation's is a digest of its identity.

use super::{NodeType, Ref};
use rand::{Rng, RngExt as _};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The key of a node, such as `org:GB-NHS:N81059`. Compared bytewise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct NodeId(Arc<str>);

impl NodeId {
    /// The id of a node that is named by its first ref; not for individuals.
    pub fn from_ref(node_type: NodeType, reference: &Ref) -> Self {
        Self(format!("{}:{reference}", node_type.id_prefix()).into())
    }

    /// A key read back from where it was kept. Whether such a node exists is the snapshot's to say.
    pub fn known(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// So that maps keyed by ids can be asked with text.
impl std::borrow::Borrow<str> for NodeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of a relation, such as `rel:5f0c…`: 128 bits of SHA-256 over what makes it that relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct RelationId(Arc<str>);

impl RelationId {
    pub fn digest(parts: &[&str]) -> Self {
        Self(format!("rel:{}", digest(parts)).into())
    }

    /// The id that is made of a digest.
    pub fn of_digest(digest: [u8; 16]) -> Self {
        Self(format!("rel:{}", hex(&digest)).into())
    }

    /// The digest that an id is made of; `None` for a text that is not `rel:` and 32 small hexadecimal digits.
    pub fn digest_in(text: &str) -> Option<[u8; 16]> {
        let digits: &[u8; 32] = text.strip_prefix("rel:")?.as_bytes().try_into().ok()?;
        let value = |digit: u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let mut digest = [0; 16];
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = value(pair[0])? << 4 | value(pair[1])?;
        }
        Some(digest)
    }

    pub fn known(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// So that maps keyed by ids can be asked with text.
impl std::borrow::Borrow<str> for RelationId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RelationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where random ids come from: the system's entropy in use, a fixed seed in tests and for the synthetic people.
pub struct IdGenerator(Box<dyn Rng + Send>);

impl IdGenerator {
    pub fn from_entropy() -> Self {
        Self(Box::new(rand::make_rng::<rand::rngs::StdRng>()))
    }

    pub fn from_seed(seed: u64) -> Self {
        use rand::SeedableRng as _;
        Self(Box::new(rand_chacha::ChaCha8Rng::seed_from_u64(seed)))
    }

    pub fn individual(&mut self) -> NodeId {
        NodeId(format!("{}:{}", NodeType::Individual.id_prefix(), self.token()).into())
    }

    /// 128 random bits in hexadecimal, for change sets, runs and traces.
    pub fn token(&mut self) -> String {
        hex(&self.0.random::<[u8; 16]>())
    }
}

/// 128 bits of SHA-256 over texts and where each ends, in hexadecimal.
pub fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize()[..16])
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
