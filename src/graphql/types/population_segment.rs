//! Population segments.

use crate::graphql::common::Common;
use crate::graphql::interfaces::node_type;
use crate::graphql::relations::{Relations, connections};
use async_graphql::Object;

node_type!(PopulationSegment of PopulationSegment: SegmentFacts);

/// A slice of the population that the programme plans for, such as people with a certain condition.
#[Object]
impl PopulationSegment {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// Who belongs to it, in words.
    fn description(&self) -> Option<&str> {
        self.facts.description.as_deref()
    }

    #[graphql(flatten)]
    async fn relations(&self) -> SegmentRelations<'_> {
        SegmentRelations(&self.view)
    }
}

connections!(SegmentRelations {
    /// Segments that are like it.
    similar_to: Relations<PopulationSegment> = Out [SimilarTo], In [SimilarTo];
});
