//! How one area can be named.

use crate::error::AppError;
use crate::model::{self, Ref, refs::is_area_scheme};
use async_graphql::{ID, InputObject, OneofObject};

/// Names one area. Give exactly one of these.
#[derive(OneofObject, Debug, Clone)]
pub enum AreaBy {
    /// Its key, as `id` gives it.
    Id(ID),
    /// Scheme, colon, code, such as E08:E08000012.
    Ref(String),
    /// Scheme and code apart.
    Code(AreaCode),
}

/// An area's code, with the family of codes it is from.
#[derive(InputObject, Debug, Clone)]
pub struct AreaCode {
    /// The family of codes, such as E08 (metropolitan districts) or E01-2021 (neighbourhoods of 2021).
    scheme: String,
    /// The code, such as E08000012 for Liverpool.
    code: String,
}

impl AreaBy {
    pub fn name(self) -> Result<model::NodeRef, AppError> {
        match self {
            Self::Id(id) => Ok(model::NodeRef::Id(id.0)),
            Self::Ref(text) => Ok(model::NodeRef::Ref(text)),
            Self::Code(AreaCode { scheme, code }) => {
                if !is_area_scheme(&scheme) {
                    let message = format!("`{scheme}` is not a family of area codes; write E08, S12 or E01-2021");
                    return Err(AppError::invalid_argument(message).at(["code", "scheme"]));
                }
                let reference =
                    Ref::new(&scheme, &code).map_err(|invalid| AppError::from(invalid).at(["code", "code"]))?;
                Ok(model::NodeRef::Ref(reference.to_string()))
            }
        }
    }
}
