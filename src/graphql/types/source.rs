//! Where facts come from.

use crate::graphql::scalars::Day;
use crate::model;
use async_graphql::Object;

#[derive(Debug, Clone)]
pub struct Source(pub model::Source);

/// A data set or file that facts in the graph come from.
#[Object]
impl Source {
    /// The name under which evidence and `sources` quote it.
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Who published it.
    fn publisher(&self) -> Option<&str> {
        self.0.publisher.as_deref()
    }

    /// Under what terms it may be used.
    fn licence(&self) -> Option<&str> {
        self.0.licence.as_deref()
    }

    /// The day on which it was published.
    fn published_on(&self) -> Option<Day> {
        self.0.published_on.map(Day)
    }

    /// Where it can be found.
    fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }
}
