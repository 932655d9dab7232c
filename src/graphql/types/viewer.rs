//! Who is asking.

use crate::access;
use crate::graphql::enums::Role;
use async_graphql::Object;

pub struct Viewer(pub access::Viewer);

/// What the server takes you for, and what that lets you see.
#[Object]
impl Viewer {
    /// Your role.
    fn role(&self) -> Role {
        self.0.role.into()
    }

    /// Whether you see people: their names, contact details, and what they consented to.
    fn sees_people(&self) -> bool {
        self.0.sees_people()
    }

    /// Whether you may name people in a question about paths.
    fn may_name_people(&self) -> bool {
        self.0.reader().may_name_people
    }

    /// Whether you may ask for paths through people who were not asked yet (`includeUnasked`).
    fn may_include_unasked(&self) -> bool {
        self.0.reader().may_include_unasked
    }

    /// Whether an answer without a path tells you why.
    fn may_know_why(&self) -> bool {
        self.0.reader().may_know_why
    }
}
