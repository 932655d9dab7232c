use super::{World, folder, refusals};
use crate::ingest::{RawFile, team};

fn import(bytes: &[u8]) -> (World, crate::ingest::Report) {
    let mut world = World::empty();
    let report = world.import(team(&RawFile::new("organisations.csv", bytes).into()));
    (world, report)
}

const NAME: &str = "Canolfan y Dŵr";

#[test]
fn utf8_with_a_mark_and_crlf_reads_like_any_other() {
    let text = format!("\u{feff}ref,name,kind\r\nGB-CHC:1,{NAME},VCFSE\r\n");
    let (world, report) = import(text.as_bytes());
    assert_eq!((report.new, report.remarks.len()), (1, 0));
    assert_eq!(world.node("GB-CHC:1").node.name, NAME);
}

#[test]
fn windows_1252_is_decoded_and_said() {
    let (world, report) = import(b"ref,name,kind\nGB-CHC:1,Caf\xe9 \x93Ami\x94,VCFSE\n");
    assert_eq!(world.node("GB-CHC:1").node.name, "Café “Ami”");
    assert!(report.remarks[0].text.contains("Windows-1252"), "{report}");
}

#[test]
fn utf16_with_a_mark_is_decoded_and_said() {
    for (mark, big) in [([0xff, 0xfe], false), ([0xfe, 0xff], true)] {
        let mut bytes = mark.to_vec();
        for unit in format!("ref,name,kind\r\nGB-CHC:1,{NAME},VCFSE\r\n").encode_utf16() {
            bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        }
        let (world, report) = import(&bytes);
        assert_eq!(world.node("GB-CHC:1").node.name, NAME);
        assert!(report.remarks[0].text.contains("UTF-16"), "{report}");
    }
}

#[test]
fn what_is_not_text_is_refused_as_a_file() {
    for (bytes, reason) in [
        (b"".as_slice(), "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"\0\x01\x02", "not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"PK\x03\x04 broken", "not a workbook"),
    ] {
        let (_, report) = import(bytes);
        assert_eq!(report.rows_read, 0);
        assert!(refusals(&report)[0].contains(reason), "{report}");
    }
}

#[test]
fn headers_only_is_no_error() {
    let (_, report) = import(b"ref,name,kind\n");
    assert_eq!((report.rows_read, report.refused.len()), (0, 0));
    assert!(report.remarks[0].text.contains("no rows"), "{report}");
}

#[test]
fn quotes_line_breaks_and_blank_lines_keep_line_numbers() {
    let text = "ref,name,kind,source\n\n\nGB-CHC:1,\"One, \"\"and\"\"\",VCFSE,\nGB-CHC:2,Two,VCFSE,\"A\nlist\"\r\n\r\n\
                GB-CHC:3,Three,NOT_A_KIND,\n";
    let (world, report) = import(text.as_bytes());
    assert_eq!(world.node("GB-CHC:1").node.name, "One, \"and\"");
    assert_eq!(report.new, 2);
    // The header is line 1, the broken cell starts on line 5 and ends on 6, and a blank line follows.
    assert_eq!((report.refused.len(), report.refused[0].line), (1, Some(8)));
}

#[test]
fn ragged_rows_are_reported_with_their_lines() {
    let text =
        "ref,name,kind,sector\nGB-CHC:1,Short,VCFSE\nGB-CHC:2,Long,VCFSE,OTHER,,\nGB-CHC:3,A, comma,VCFSE,OTHER\n";
    let (_, report) = import(text.as_bytes());
    assert_eq!((report.rows_read, report.new, report.refused_rows), (3, 2, 1));
    assert_eq!(report.remarks[0].lines, [2]);
    assert_eq!(
        refusals(&report),
        ["organisations.csv:4: 5 cells under 4 columns; a cell that holds a comma needs quotes around it"]
    );
}

#[test]
fn a_quote_left_open_takes_nothing_with_it_silently() {
    let text = "ref,name,kind\nGB-CHC:1,\"Open,VCFSE\n".to_owned() + &"GB-CHC:2,Name,VCFSE\n".repeat(2000);
    let (_, report) = import(text.as_bytes());
    assert_eq!((report.rows_read, report.refused_rows), (1, 1));
    assert!(refusals(&report)[0].contains("quote"), "{report}");
}

#[test]
fn unknown_sheets_columns_and_files_are_said_and_left_out() {
    let mut input = folder(&[
        ("organisations.csv", "ref,name,kind,colour\nGB-CHC:1,One,VCFSE,red\n"),
        ("budget.csv", "a,b\n1,2\n"),
    ]);
    input.left_out.push("x/photo.png".to_owned());
    let mut world = World::empty();
    let report = world.import(team(&input));
    assert_eq!((report.new, report.left_out, report.refused.len()), (1, 1, 0));
    let remarks: Vec<String> = report.remarks.iter().map(ToString::to_string).collect();
    assert!(remarks.iter().any(|remark| remark.contains("colour")), "{remarks:?}");
    assert!(remarks.iter().any(|remark| remark.starts_with("budget.csv: no sheet of ours")), "{remarks:?}");
    assert!(remarks.iter().any(|remark| remark.starts_with("x/photo.png")), "{remarks:?}");
}

#[test]
fn a_missing_or_doubled_column_refuses_the_file() {
    let (_, report) = import(b"ref,title\nGB-CHC:1,One\nGB-CHC:2,Two\n");
    assert_eq!((report.rows_read, report.refused_rows), (2, 2));
    assert!(refusals(&report)[0].contains("lacks name, kind"), "{report}");
    let (_, report) = import(b"ref,name,kind,name\nGB-CHC:1,One,VCFSE,Two\n");
    assert!(refusals(&report)[0].contains("name twice"), "{report}");
}
