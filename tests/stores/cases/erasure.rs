//! Forgetting a person: everything that told of them goes, wherever it stood; that it happened stays.

use crate::build::*;
use crate::ground::{Ground, Store, pieces, state};
use inroads::model::*;
use inroads::store::{Happened, PastOf};

/// Everything personal has this in it, so that it can be found wherever it went.
pub fn somebody(mark: &str) -> NodeRecord {
    let mut somebody = with_ref(named(person("ind:a"), &format!("{mark} name")), &format!("team:{mark} ref"));
    somebody.node.aliases = vec![format!("{mark} alias")];
    let reason = Some(format!("{mark} reason"));
    somebody.node.do_not_approach = Some(DoNotApproach { from: None, until: day("2026-09-01"), reason });
    let details = &mut somebody.details;
    details.email = Some(format!("{mark} email"));
    details.phone = Some(format!("{mark} phone"));
    details.postcode = Some(format!("{mark} postcode"));
    details.website = Some(format!("{mark} website"));
    details.sources = vec![format!("{mark} source")];
    details.languages = vec![format!("{mark} language")];
    details.lived_experience = vec![format!("{mark} experience")];
    details.consents = vec![ConsentRecord {
        purpose: ConsentPurpose::Contact,
        status: ConsentStatus::Granted,
        lawful_basis: Some(format!("{mark} basis")),
        recorded_on: None,
        expires_on: None,
    }];
    somebody
}

fn between(kind: RelationKind, from: &str, to: &str, mark: &str) -> RelationRecord {
    let mut record = relation(kind, from, to, Some("its title"), "its source");
    record.relation.title = Some(format!("{mark} title"));
    record.note = Some(format!("{mark} note"));
    record.add_evidence([Evidence {
        kind: EvidenceKind::FirstHand,
        source: format!("{mark} witness"),
        date: Some(day("2026-01-01")),
    }]);
    record
}

fn theirs(mark: &str) -> Vec<RelationRecord> {
    vec![
        between(RelationKind::RoleAt, "ind:a", "org:a", mark),
        between(RelationKind::Knows, "ind:a", "ind:b", mark),
        between(RelationKind::Knows, "ind:b", "ind:a", mark),
    ]
}

/// Told, then changed throughout, then one relation removed, changed and made again.
async fn lived_through(ground: &dyn Ground) -> Store {
    let store = ground.empty().await;
    let mut first = vec![put(&somebody("Zebedee")), put(&person("ind:b")), put(&practice("org:a"))];
    first.extend(theirs("Zebedee").iter().map(link));
    store.commit(set("1", first)).await.unwrap();
    let mut second = vec![put(&somebody("Ermintrude"))];
    second.extend(theirs("Ermintrude").iter().map(link));
    store.commit(set("2", second)).await.unwrap();
    let gone = between(RelationKind::MemberOf, "ind:a", "org:a", "Florence");
    store.commit(set("3", vec![link(&gone)])).await.unwrap();
    let mut stronger = gone.clone();
    stronger.relation.strength = Some(0.123_456);
    store.commit(set("4", vec![link(&stronger)])).await.unwrap();
    store.commit(set("5", vec![unlink(&gone)])).await.unwrap();
    store
}

async fn tells(store: &Store, word: &str) -> bool {
    format!("{:?}", pieces(store).await).contains(word)
}

pub async fn an_erased_person_leaves_only_the_fact(ground: &dyn Ground) {
    let store = lived_through(ground).await;
    for word in ["Zebedee", "Ermintrude", "Florence"] {
        assert!(tells(&store, word).await, "{word}");
    }
    let erased = store.commit(set("6", vec![erase("ind:a")])).await.unwrap().revision;

    for store in [store, ground.again().await] {
        for word in ["Zebedee", "Ermintrude", "Florence"] {
            assert!(!tells(&store, word).await, "{word}");
        }
        let state = state(&store).await;
        assert_eq!(state.nodes.keys().map(NodeId::as_str).collect::<Vec<_>>(), ["ind:b", "org:a"]);
        assert!(state.relations.is_empty());
        assert!(store.hydrate(&[id("ind:a")]).await.unwrap().is_empty());
        let relations: Vec<RelationId> = theirs("Zebedee").into_iter().map(|record| record.relation.id).collect();
        assert!(store.evidence(&relations).await.unwrap().is_empty());
        assert!(store.records(&[id("ind:a")], &relations).await.unwrap().nodes.is_empty());

        // The past says that, when and by whom, and which fields; not one value.
        let mut things = vec!["ind:a".to_owned()];
        things.extend(relations.iter().map(|id| id.as_str().to_owned()));
        for thing in things {
            let past = store.past(&PastOf::Thing(thing.clone()), None, 100).await.unwrap();
            assert_eq!((past[0].revision, past[0].how, past[0].fields.len()), (erased, Happened::Erased, 0), "{thing}");
            assert_eq!(past.last().unwrap().how, Happened::Created);
            assert!(
                past.iter()
                    .flat_map(|past| &past.fields)
                    .all(|change| change.before.is_none() && change.after.is_none())
            );
            assert!(past[1..].iter().all(|past| !past.fields.is_empty()));
        }
        let delta = store.delta(Revision(5), 100).await.unwrap().unwrap();
        assert_eq!((delta.gone_nodes, delta.gone_relations.len()), (vec![id("ind:a")], 3));
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    }
}

pub async fn an_erased_person_takes_their_past_relations(ground: &dyn Ground) {
    let store = lived_through(ground).await;
    let gone = between(RelationKind::MemberOf, "ind:a", "org:a", "Florence").relation.id;
    let of = PastOf::Thing(gone.as_str().to_owned());
    let names_them = |past: &[inroads::store::Past]| format!("{past:?}").contains("ind:a");
    let before = store.past(&of, None, 100).await.unwrap();
    assert!(names_them(&before) && format!("{before:?}").contains("0.123456"));
    store.commit(set("6", vec![erase("ind:a")])).await.unwrap();

    // It was removed before they were erased: nothing says any more whose it was, or how strong.
    let after = store.past(&of, None, 100).await.unwrap();
    assert_eq!(after.len(), before.len());
    assert!(!names_them(&after) && !format!("{after:?}").contains("0.123456"));
    let kept = format!("{:?}", pieces(&store).await);
    assert!(!kept.contains("0.123456"));
}

pub async fn others_keep_their_past(ground: &dyn Ground) {
    let store = lived_through(ground).await;
    let mut friend = person("ind:b");
    friend.details.email = Some("Dylan email".to_owned());
    let mut third = between(RelationKind::Knows, "ind:b", "ind:c", "Brian");
    store.commit(set("6", vec![put(&friend), put(&person("ind:c")), link(&third)])).await.unwrap();
    third.note = Some("Mr Rusty note".to_owned());
    let renamed = named(practice("org:a"), "The Roundabout");
    store.commit(set("7", vec![put(&renamed), link(&third)])).await.unwrap();
    let things = ["ind:b", "org:a", third.relation.id.as_str()].map(|thing| PastOf::Thing(thing.to_owned()));
    let mut before = Vec::new();
    for of in &things {
        before.push(store.past(of, None, 100).await.unwrap());
    }
    // And somebody erased in the same set as other things happen to others.
    store.commit(set("8", vec![erase("ind:a"), put(&person("ind:d"))])).await.unwrap();
    for (of, before) in things.iter().zip(before) {
        assert_eq!(store.past(of, None, 100).await.unwrap(), before);
    }
    assert_eq!(state(&store).await.relations[&third.relation.id], third);
    // Whoever comes back under the same id is new.
    store.commit(set("9", vec![put(&person("ind:a"))])).await.unwrap();
    let past = store.past(&PastOf::Thing("ind:a".into()), None, 1).await.unwrap();
    assert_eq!(past[0].how, Happened::Created);
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}
