//! Refs: `scheme:value`, the names by which other registers know a thing. Schemes are the org-id.guide prefixes
//! for bodies, the statistical code families for areas, and a few of our own.

use super::{Invalid, NodeType};

/// Which of two things a ref names where a scheme names both: `S08:` and `S37:` are a body and its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum RefSpace {
    Area,
    Other,
}

impl RefSpace {
    pub const fn of(node_type: NodeType) -> Self {
        if matches!(node_type, NodeType::Area) { Self::Area } else { Self::Other }
    }
}

/// org-id.guide's prefixes for Great Britain (ODbL 1.0) and `360G` for bodies that 360Giving alone knows.
const BODY_SCHEMES: &[&str] = &[
    "GB-CASC",
    "GB-CCSCUST",
    "GB-CHC",
    "GB-COA",
    "GB-COE",
    "GB-COH",
    "GB-EDU",
    "GB-GOR",
    "GB-GOV",
    "GB-GOVUK",
    "GB-HESA",
    "GB-IRN",
    "GB-LAE",
    "GB-LANI",
    "GB-LAS",
    "GB-MPR",
    "GB-NHS",
    "GB-NIC",
    "GB-PLA",
    "GB-REV",
    "GB-SC",
    "GB-SCOTEDU",
    "GB-SHPE",
    "GB-SRS",
    "GB-UKPRN",
    "GB-WALEDU",
    "360G",
];
const OWN_SCHEMES: &[&str] = &["group", "network", "segment", "software", "initiative", "team"];
/// LSOA codes of 2011 and 2021 overlap but are different areas, so the year is part of the scheme.
const DATED_AREA_SCHEMES: &[&str] = &["E01-2011", "E01-2021"];
/// The schemes that name a body as well as the area it is responsible for.
const BODY_AND_AREA_SCHEMES: &[&str] = &["S08", "S37"];

const MAX_VALUE: usize = 200;

/// A name for a thing in somebody's register, for example `GB-CHC:1110143`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref {
    text: Box<str>,
    scheme_len: u8,
}

impl Ref {
    pub fn new(scheme: &str, value: &str) -> Result<Self, Invalid> {
        let value = value.trim();
        if !known_scheme(scheme) {
            return Err(Invalid::new(format!(
                "`{scheme}` is not a scheme we know; use an org-id.guide prefix such as GB-NHS or GB-CHC, an area code family \
                 such as E08 or E01-2021, or one of {}",
                OWN_SCHEMES.join(", ")
            )));
        }
        if value.is_empty() || value.len() > MAX_VALUE || value.chars().any(char::is_control) {
            return Err(Invalid::new(format!(
                "a ref's value has 1 to {MAX_VALUE} printable characters after `{scheme}:`"
            )));
        }
        let scheme_len = u8::try_from(scheme.len()).map_err(|_| Invalid::new("that scheme is too long"))?;
        Ok(Self { text: format!("{scheme}:{value}").into(), scheme_len })
    }

    /// Reads `scheme:value`; the value may hold colons itself.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (scheme, value) = text.trim().split_once(':').ok_or_else(|| {
            Invalid::new(format!("`{text}` is not a ref; write scheme:value, for example GB-NHS:N81059"))
        })?;
        Self::new(scheme, value)
    }

    /// Reads an org-id as 360Giving and org-id.guide write it, `GB-CHC-1110143`: split after the known prefix.
    pub fn parse_org_id(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let (scheme, value) = BODY_SCHEMES
            .iter()
            .filter_map(|scheme| {
                let value = text.strip_prefix(scheme)?.strip_prefix('-')?;
                Some((*scheme, value))
            })
            .max_by_key(|(scheme, _)| scheme.len())
            .ok_or_else(|| {
                Invalid::new(format!("`{text}` does not start with an org-id.guide prefix such as GB-CHC- or GB-COH-"))
            })?;
        Self::new(scheme, value)
    }

    pub fn scheme(&self) -> &str {
        &self.text[..usize::from(self.scheme_len)]
    }

    pub fn value(&self) -> &str {
        &self.text[usize::from(self.scheme_len) + 1..]
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the scheme can name an area.
    pub fn may_name_area(&self) -> bool {
        is_area_scheme(self.scheme())
    }

    /// Whether the scheme names areas and nothing else.
    pub fn names_only_areas(&self) -> bool {
        self.may_name_area() && !BODY_AND_AREA_SCHEMES.contains(&self.scheme())
    }

    /// How good a ref is as the source of an organisation's id: lower is better.
    pub fn creation_rank(&self) -> usize {
        const ORDER: &[&str] = &["GB-NHS", "S08", "S37", "GB-UKPRN", "GB-CHC", "GB-SC", "GB-COH", "360G"];
        let scheme = self.scheme();
        ORDER.iter().position(|known| *known == scheme).unwrap_or(if OWN_SCHEMES.contains(&scheme) {
            ORDER.len() + 1
        } else {
            ORDER.len()
        })
    }
}

fn known_scheme(scheme: &str) -> bool {
    BODY_SCHEMES.contains(&scheme) || OWN_SCHEMES.contains(&scheme) || is_area_scheme(scheme)
}

/// The families of nine-character codes that the statistical offices use: a nation's letter and two digits.
pub fn is_area_scheme(scheme: &str) -> bool {
    let bytes = scheme.as_bytes();
    DATED_AREA_SCHEMES.contains(&scheme)
        || (bytes.len() == 3
            && matches!(bytes[0], b'E' | b'S' | b'W' | b'N' | b'K')
            && bytes[1..].iter().all(u8::is_ascii_digit)
            && scheme != "E01")
}

impl std::fmt::Display for Ref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl serde::Serialize for Ref {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> serde::Deserialize<'de> for Ref {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_a_colon() {
        let reference = Ref::parse("360G:wolfson:org-136").unwrap();
        assert_eq!((reference.scheme(), reference.value()), ("360G", "wolfson:org-136"));
        assert_eq!(Ref::parse_org_id("360G-wolfson:org-136").unwrap(), reference);
    }

    #[test]
    fn an_org_id_splits_after_its_longest_prefix() {
        assert_eq!(Ref::parse_org_id("GB-SC-SC001234").unwrap().to_string(), "GB-SC:SC001234");
        assert_eq!(Ref::parse_org_id("GB-GOVUK-x-y").unwrap().to_string(), "GB-GOVUK:x-y");
        assert!(Ref::parse_org_id("XX-1").is_err());
    }

    #[test]
    fn undated_lower_super_output_areas_are_refused() {
        assert!(Ref::parse("E01:E01006414").is_err());
        assert!(Ref::parse("E01-2011:E01006414").unwrap().names_only_areas());
        assert!(Ref::parse("S08:S08000031").unwrap().may_name_area());
        assert!(!Ref::parse("S08:S08000031").unwrap().names_only_areas());
    }
}
