//! What an answer draws attention to.

use crate::app::NoticeView;
use crate::graphql::enums::NoticeCode;
use crate::graphql::interfaces::{Stakeholder, stakeholders};
use async_graphql::Object;

pub struct Notice(pub NoticeView);

/// Something to know when reading an answer.
#[Object]
impl Notice {
    /// What it is about.
    fn code(&self) -> NoticeCode {
        self.0.code.into()
    }

    /// The same in words.
    fn message(&self) -> &str {
        &self.0.message
    }

    /// Whom it is about.
    fn nodes(&self) -> Vec<Stakeholder> {
        stakeholders(&self.0.nodes)
    }
}
