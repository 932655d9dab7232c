//! CSV as people save it: UTF-8 with or without a mark, UTF-16 with one, Windows-1252; any line ends; blank lines;
//! rows of any width, which the table above judges.

use super::Line;
use crate::ingest::{RawFile, Report};
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;

/// The rows of a CSV file that hold anything, the header among them. A file that is not text is refused.
pub(in crate::ingest) fn read_csv(file: &RawFile, report: &mut Report) -> Vec<Line> {
    let text = match decode(&file.bytes) {
        Ok((text, remark)) => {
            if let Some(remark) = remark {
                report.remark(&file.label, remark);
            }
            text
        }
        Err(reason) => {
            report.refuse_file(&file.label, reason, 0);
            return Vec::new();
        }
    };
    if text.trim().is_empty() {
        report.refuse_file(&file.label, "the file is empty", 0);
        return Vec::new();
    }
    lines(&text)
}

fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), &'static str> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.filter(|encoding| *encoding != UTF_8) {
        let (text, broken) = encoding.decode_with_bom_removal(bytes);
        return if broken {
            Err("it says it is UTF-16 but is not; save it as CSV UTF-8")
        } else {
            Ok((text, Some("read as UTF-16; UTF-8 is what we expect")))
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err("an old Excel file; save it as .xlsx or as CSV UTF-8");
    }
    if bytes.contains(&0) {
        return Err("not text; save it as CSV UTF-8");
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.into(), None));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((text, Some("read as Windows-1252; check names with accents, and save it as CSV UTF-8")))
}

fn lines(text: &str) -> Vec<Line> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut counter = LineCounter { text: text.as_bytes(), at: 0, line: 1 };
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    // The reader cannot fail: it reads memory, and a `str` is UTF-8.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(0, csv::Position::byte);
        let number = counter.line_at(usize::try_from(start).unwrap_or(usize::MAX));
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Line { number, cells: record.clone() });
        }
    }
    rows
}

/// Line numbers as an editor shows them; the reader's own stop short of blank lines before a record.
struct LineCounter<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl LineCounter<'_> {
    fn line_at(&mut self, start: usize) -> u32 {
        while let Some(byte) = self.text.get(self.at) {
            let blank = matches!(byte, b'\r' | b'\n');
            if self.at >= start && !blank {
                break;
            }
            let ends = *byte == b'\n' || (*byte == b'\r' && self.text.get(self.at + 1) != Some(&b'\n'));
            self.line += u32::from(ends);
            self.at += 1;
        }
        self.line
    }
}
