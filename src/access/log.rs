//! The change log as a viewer may read it: which changes they are told of, and how much of each. `app` calls it for
//! every change that leaves it, live or from the past.

use super::{Redaction, RedactionReason, Viewer};
use crate::model::{ChangedThing, FieldChange, NodeType, RelationKind};

/// A thing that the log tells of, as far as the policy asks about it.
#[derive(Debug, Clone, Copy)]
pub struct Logged {
    pub of: ChangedThing,
    /// The types of a relation's ends, where it is still there to be looked at.
    pub ends: Option<(NodeType, NodeType)>,
}

impl Logged {
    /// Whether a viewer is told of it at all. Where nobody can tell any more whom a relation joined, it counts as one
    /// of a person's if its kind ever joins people.
    pub fn is_told(self, viewer: Viewer) -> bool {
        if viewer.sees_people() {
            return true;
        }
        match (self.of, self.ends) {
            (ChangedThing::Node(_) | ChangedThing::Source, _) => true,
            (ChangedThing::Relation(kind), Some((from, to))) => viewer.sees_relation(kind, from, to),
            (ChangedThing::Relation(kind), None) => !may_join_people(kind),
        }
    }

    /// Whether it is about a person, or may be.
    pub fn about_people(self) -> bool {
        match (self.of, self.ends) {
            (ChangedThing::Node(node_type), _) => node_type == NodeType::Individual,
            (ChangedThing::Relation(_), Some((from, to))) => [from, to].contains(&NodeType::Individual),
            (ChangedThing::Relation(kind), None) => may_join_people(kind),
            (ChangedThing::Source, _) => false,
        }
    }

    /// The names of the fields that changed. Of a person not even these are told: they say what became known.
    pub fn field_names(self, names: &[String], viewer: Viewer) -> Vec<String> {
        if self.hides_its_fields(viewer) { Vec::new() } else { names.to_vec() }
    }

    /// The fields that changed, without the values that are personal.
    pub fn fields(self, mut fields: Vec<FieldChange>, viewer: Viewer) -> (Vec<FieldChange>, Option<Redaction>) {
        let kept_back = Redaction { field: "fields", reason: RedactionReason::Personal };
        if self.hides_its_fields(viewer) {
            return (Vec::new(), Some(kept_back));
        }
        if viewer.sees_people() || !fields.iter().any(|change| change.personal) {
            return (fields, None);
        }
        for change in fields.iter_mut().filter(|change| change.personal) {
            (change.before, change.after) = (None, None);
        }
        (fields, Some(kept_back))
    }

    fn hides_its_fields(self, viewer: Viewer) -> bool {
        self.of == ChangedThing::Node(NodeType::Individual) && !viewer.sees_people()
    }
}

impl Viewer {
    /// Whether they are told who made a change: that may be one of the team.
    pub fn sees_actors(self) -> bool {
        self.sees_people()
    }

    /// Whether they are told where a change came from: that may name a person where it is about one.
    pub fn sees_source_of_change(self, about_people: bool) -> bool {
        self.sees_people() || !about_people
    }
}

fn may_join_people(kind: RelationKind) -> bool {
    let (from, to) = kind.ends();
    from.contains(&NodeType::Individual) || to.contains(&NodeType::Individual)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;

    const PARTNER: Viewer = Viewer { role: Role::Partner };
    const TEAM: Viewer = Viewer { role: Role::Team };

    fn relation(kind: RelationKind, ends: Option<(NodeType, NodeType)>) -> Logged {
        Logged { of: ChangedThing::Relation(kind), ends }
    }

    #[test]
    fn a_partner_is_told_of_a_relation_that_they_could_list() {
        use NodeType::{Individual, Network, Organisation};
        let cases = [
            (relation(RelationKind::RoleAt, Some((Individual, Organisation))), true),
            (relation(RelationKind::RoleAt, Some((Individual, Network))), false),
            (relation(RelationKind::Knows, Some((Individual, Individual))), false),
            (relation(RelationKind::MemberOf, Some((Individual, Network))), false),
            (relation(RelationKind::MemberOf, Some((Organisation, Network))), true),
            // Gone: nobody can tell any more whether it joined a person.
            (relation(RelationKind::MemberOf, None), false),
            (relation(RelationKind::RoleAt, None), false),
            (relation(RelationKind::CommissionedBy, None), true),
        ];
        for (logged, told) in cases {
            assert_eq!(logged.is_told(PARTNER), told, "{logged:?}");
            assert!(logged.is_told(TEAM), "{logged:?}");
        }
    }

    #[test]
    fn of_a_person_a_partner_reads_no_field_and_of_their_role_no_personal_value() {
        let change = |field: &str, personal| FieldChange {
            field: field.to_owned(),
            before: Some("before".into()),
            after: Some("after".into()),
            personal,
        };
        let fields = vec![change("title", true), change("validTo", false)];

        let person = Logged { of: ChangedThing::Node(NodeType::Individual), ends: None };
        assert_eq!(person.fields(fields.clone(), PARTNER).0, []);
        assert_eq!(person.field_names(&["email".to_owned()], PARTNER), [""; 0]);
        assert_eq!(person.fields(fields.clone(), TEAM), (fields.clone(), None));

        let role = relation(RelationKind::RoleAt, Some((NodeType::Individual, NodeType::Organisation)));
        let (cut, kept_back) = role.fields(fields.clone(), PARTNER);
        assert_eq!((cut[0].before.as_ref(), cut[0].after.as_ref(), &cut[1]), (None, None, &fields[1]));
        assert_eq!(kept_back.map(|redaction| redaction.field), Some("fields"));
        assert_eq!(role.fields(fields.clone(), TEAM), (fields, None));
    }
}
