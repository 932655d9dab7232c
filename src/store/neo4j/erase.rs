//! Forgetting individuals' past: what the log holds of them and of their relations. Used by this adapter's commits alone.
//! That something happened, when, and to which id stays.

use super::trouble::Trouble;
use super::tx::Tx;
use crate::store::effects::Effects;
use serde_json::json;

/// Every personal change about them goes; so do the values in the log rows about them and about every relation of theirs:
/// those that go with them, and those that were removed before and name them in a log row.
pub async fn past(tx: &mut Tx, effects: &Effects) -> Result<(), Trouble> {
    let people = json!(effects.erased);
    for whose in ["individual", "other"] {
        let text = format!("MATCH (p:PersonalChange) WHERE p.{whose} IN $people DELETE p");
        tx.run(&text, json!({ "people": people })).await?;
    }
    let mut things: Vec<String> = effects.erased.iter().map(ToString::to_string).collect();
    things.extend(effects.gone_relations.iter().map(ToString::to_string));
    for end in ["from", "to"] {
        let text = format!("MATCH (c:Change) WHERE c.{end} IN $people RETURN DISTINCT c.thing AS thing");
        for mut row in tx.rows(&text, json!({ "people": people })).await? {
            things.push(row.text("thing")?);
        }
    }
    let text = "MATCH (c:Change) WHERE c.thing IN $things REMOVE c.before, c.after, c.from, c.to";
    tx.run(text, json!({ "things": things })).await
}
