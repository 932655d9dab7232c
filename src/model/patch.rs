//! What somebody says of one value that may or may not be there: nothing, that there is none, or what it is. For updates.

/// `Leave` changes nothing, `Clear` takes the value away, `Set` puts another in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub enum Patch<T> {
    #[default]
    Leave,
    Clear,
    Set(T),
}

impl<T> Patch<T> {
    pub fn is_said(&self) -> bool {
        !matches!(self, Self::Leave)
    }

    /// What a value is afterwards.
    pub fn onto(self, slot: &mut Option<T>) {
        match self {
            Self::Leave => {}
            Self::Clear => *slot = None,
            Self::Set(value) => *slot = Some(value),
        }
    }

    pub fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Leave => Patch::Leave,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }
}

/// What a form that cannot take anything away says.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Leave, Self::Set)
    }
}
