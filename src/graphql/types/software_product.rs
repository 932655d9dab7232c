//! Software products.

use super::Organisation;
use crate::graphql::common::Common;
use crate::graphql::interfaces::node_type;
use crate::graphql::relations::{Relations, connections};
use async_graphql::Object;

node_type!(SoftwareProduct of SoftwareProduct: SoftwareFacts);

/// A computer system that practices and others use, such as the clinical system that holds a practice's records.
#[Object]
impl SoftwareProduct {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// Who supplies it.
    fn supplier(&self) -> Option<&str> {
        self.facts.supplier.as_deref()
    }

    /// Where in the United Kingdom it is in use.
    fn nation(&self) -> Option<&str> {
        self.facts.nation.as_deref()
    }

    #[graphql(flatten)]
    async fn relations(&self) -> SoftwareRelations<'_> {
        SoftwareRelations(&self.view)
    }
}

connections!(SoftwareRelations {
    /// Organisations that use it.
    users: Relations<Organisation> = In [Uses];
});
