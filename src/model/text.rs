//! Texts as they may stand: trimmed, of bearable length, without control characters. HTML is kept as the text it is.
//! For everybody who takes words from outside. It never quotes the text in what it says: that may be personal.

use super::Invalid;

/// The most characters of each sort of text.
pub const MAX_NAME: usize = 500;
pub const MAX_TITLE: usize = 300;
pub const MAX_REASON: usize = 1_000;
pub const MAX_NOTE: usize = 10_000;
const MAX_EMAIL: usize = 254;
const MAX_PHONE: usize = 50;
const MAX_WEBSITE: usize = 2_000;
/// Emergency numbers have three digits.
const FEWEST_DIGITS: usize = 3;

/// The name of a thing, or another name it goes by.
pub fn checked_name(text: &str) -> Result<String, Invalid> {
    one_line(text, MAX_NAME, "a name")
}

/// A title, a purpose, a heading: a few words.
pub fn checked_title(text: &str) -> Result<String, Invalid> {
    one_line(text, MAX_TITLE, "this text")
}

/// Why something is so.
pub fn checked_reason(text: &str) -> Result<String, Invalid> {
    one_line(text, MAX_REASON, "a reason")
}

/// The name of the data set, file or conversation that a fact comes from.
pub fn checked_source(text: &str) -> Result<String, Invalid> {
    one_line(text, MAX_NAME, "a source")
}

/// A remark of several lines.
pub fn checked_note(text: &str) -> Result<String, Invalid> {
    lines(text, MAX_NOTE).and_then(|text| filled(&text, "a note").map(|()| text))
}

/// Free words, one line or several; none at all are fine.
pub fn lines(text: &str, most: usize) -> Result<String, Invalid> {
    short(text, most, "this text")?;
    if text.chars().any(|c| forbidden(c) && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Invalid::new("holds control characters"));
    }
    Ok(text.trim().to_owned())
}

/// An address with one `@` between a name and a host. Whether mail arrives there, only mail can tell.
pub fn checked_email(text: &str) -> Result<String, Invalid> {
    let address = one_line(text, MAX_EMAIL, "an e-mail address")?;
    let host_of = |address: &str| {
        let (name, host) = address.split_once('@')?;
        let labels = host.split('.').all(|label| !label.is_empty()) && host.contains('.');
        (!name.is_empty() && labels && !host.contains('@')).then_some(())
    };
    if address.chars().any(char::is_whitespace) || host_of(&address).is_none() {
        return Err(Invalid::new("not an e-mail address; write it as in name@example.org"));
    }
    Ok(address)
}

/// A telephone number as people write it, with or without an extension.
pub fn checked_phone(text: &str) -> Result<String, Invalid> {
    let number = one_line(text, MAX_PHONE, "a telephone number")?;
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/' | '#' | ',');
    if digits < FEWEST_DIGITS || !number.chars().all(fits) {
        return Err(Invalid::new("not a telephone number; write it as in 0151 496 0000 or +44 151 496 0000"));
    }
    Ok(number)
}

/// A web address as it stands, unless it is of a kind that no browser should follow from here.
pub fn checked_website(text: &str) -> Result<String, Invalid> {
    let address = one_line(text, MAX_WEBSITE, "a web address")?;
    if address.chars().any(char::is_whitespace) {
        return Err(Invalid::new("a web address holds no spaces"));
    }
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        None | Some("http" | "https") => Ok(address),
        // A host with a port, such as `example.org:8080`.
        Some(host) if host.contains('.') => Ok(address),
        Some(_) => Err(Invalid::new("a web address starts with https:// or http://")),
    }
}

/// A postcode in capitals, with one space before its last three characters.
pub fn checked_postcode(text: &str) -> Result<String, Invalid> {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    if !(2..=10).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Invalid::new("not a postcode"));
    }
    // Some sources give the outward part alone.
    if code.len() < 5 {
        return Ok(code);
    }
    let (outward, inward) = code.split_at(code.len() - 3);
    Ok(format!("{outward} {inward}"))
}

fn one_line(text: &str, most: usize, what: &str) -> Result<String, Invalid> {
    let text = text.trim();
    filled(text, what)?;
    short(text, most, what)?;
    if text.chars().any(forbidden) {
        return Err(Invalid::new(format!("{what} holds no control characters")));
    }
    Ok(text.to_owned())
}

fn filled(text: &str, what: &str) -> Result<(), Invalid> {
    if text.is_empty() { Err(Invalid::new(format!("{what} is needed"))) } else { Ok(()) }
}

fn short(text: &str, most: usize, what: &str) -> Result<(), Invalid> {
    if text.chars().count() > most {
        return Err(Invalid::new(format!("{what} has at most {most} characters")));
    }
    Ok(())
}

/// What no text holds: control characters, breaks of lines and paragraphs, and what turns the direction of writing, so
/// that a name cannot pass for another.
fn forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_text_and_control_characters_are_none() {
        assert_eq!(checked_name("  <b>Tom & Co</b> ").unwrap(), "<b>Tom & Co</b>");
        for bad in ["", "  ", "a\u{0}b", "a\nb", "a\u{1b}[31m", "a\u{202e}b", "a\u{2028}b"] {
            assert!(checked_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(checked_note("one\n\ttwo\r\n").unwrap(), "one\n\ttwo");
        assert!(checked_note("one\u{0}").is_err());
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(checked_name(&"ŵ".repeat(MAX_NAME)).is_ok());
        let error = checked_name(&"ŵ".repeat(MAX_NAME + 1)).unwrap_err();
        assert!(error.0.contains("500") && !error.0.contains('ŵ'));
        assert!(checked_note(&"x".repeat(MAX_NOTE + 1)).is_err());
    }

    #[test]
    fn addresses_and_numbers_are_looked_at_lightly() {
        for good in ["a@b.org", "o'neil+x@mail.example.co.uk"] {
            assert!(checked_email(good).is_ok(), "{good}");
        }
        for bad in ["a", "@b.org", "a@", "a@b", "a@b..org", "a b@c.org", "a@b@c.org"] {
            assert!(checked_email(bad).is_err(), "{bad}");
        }
        for good in ["999", "0151 496 0000", "+44 (0)151 496 0000 ext. 7"] {
            assert!(checked_phone(good).is_ok(), "{good}");
        }
        for bad in ["12", "call me", "0151 496 0000; DROP"] {
            assert!(checked_phone(bad).is_err(), "{bad}");
        }
        assert!(checked_website("example.org:8080/x").is_ok());
        assert!(checked_website("javascript:alert(1)").is_err());
        assert_eq!(checked_postcode("l35tf").unwrap(), "L3 5TF");
        assert!(checked_postcode("not a postcode at all").is_err());
    }
}
