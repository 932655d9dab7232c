//! What a register knows an organisation by.

use crate::model::Ref;
use async_graphql::Object;

#[derive(Debug, Clone)]
pub struct Identifier(pub Ref);

/// What a register knows an organisation by.
#[Object]
impl Identifier {
    /// The register, by its prefix on org-id.guide: GB-NHS for the NHS, GB-CHC for charities, GB-COH for companies.
    fn scheme(&self) -> &str {
        self.0.scheme()
    }

    /// The code or number in that register.
    fn value(&self) -> &str {
        self.0.value()
    }
}
