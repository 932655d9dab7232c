//! How one organisation can be named.

use async_graphql::{ID, OneofObject};

/// Names one organisation. Give exactly one of these.
#[derive(OneofObject, Debug, Clone)]
pub enum OrganisationBy {
    /// Its key, as `id` gives it.
    Id(ID),
    /// A name by which a register knows it: scheme, colon, value, such as GB-NHS:N81059.
    Ref(String),
    /// Its code in the NHS's register of organisations, such as N81059.
    OdsCode(String),
    /// Its number in a register of charities, such as 1110143, or SC004408 for Scotland.
    CharityNumber(String),
    /// Its number at Companies House, such as 06513429.
    CompanyNumber(String),
}
