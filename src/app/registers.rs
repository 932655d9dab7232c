//! Organisations by the numbers that registers know them by.

use super::Asking;
use crate::access::View;
use crate::error::AppError;
use crate::model::{NodeRef, NodeType, Ref};

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// NHS Organisation Data Service.
    Ods,
    /// The charity regulators of England and Wales, Scotland and Northern Ireland: the number's beginning tells which.
    Charity,
    /// Companies House.
    Company,
}

impl Register {
    /// The ref that a number stands for.
    pub fn reference(self, number: &str) -> Result<Ref, AppError> {
        let number = number.trim().to_uppercase();
        if number.is_empty() || !number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err(AppError::invalid_argument(format!(
                "`{number}` is not such a number: letters and digits only"
            )));
        }
        let (scheme, number) = match self {
            Self::Ods => ("GB-NHS", number),
            Self::Charity if number.starts_with("SC") => ("GB-SC", number),
            Self::Charity if number.starts_with("NIC") => ("GB-NIC", number),
            Self::Charity => ("GB-CHC", number),
            // Written with eight places; spreadsheets drop leading noughts.
            Self::Company => ("GB-COH", format!("{number:0>8}")),
        };
        Ok(Ref::new(scheme, &number)?)
    }
}

impl Asking {
    pub fn registered(&self, register: Register, number: &str) -> Result<Option<View>, AppError> {
        let reference = register.reference(number)?;
        self.find(&NodeRef::Ref(reference.to_string()), &[NodeType::Organisation])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_its_register() {
        let reference = |register: Register, number| register.reference(number).unwrap().to_string();
        assert_eq!(reference(Register::Ods, " n81059 "), "GB-NHS:N81059");
        assert_eq!(reference(Register::Charity, "1110143"), "GB-CHC:1110143");
        assert_eq!(reference(Register::Charity, "sc004408"), "GB-SC:SC004408");
        assert_eq!(reference(Register::Company, "1234567"), "GB-COH:01234567");
        assert!(Register::Ods.reference("GB-NHS:N81059").is_err());
    }
}
