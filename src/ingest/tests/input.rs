use crate::ingest::{InputError, read_file, read_sheets, team};
use std::fs;

#[test]
fn a_folder_gives_its_sheets_in_order_and_names_what_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("contacts");
    fs::create_dir_all(path.join("older")).unwrap();
    for (name, text) in [
        ("relations.CSV", "kind\n"),
        ("areas.csv", "ref,name\nE08:E08000012,Liverpool\n"),
        (".hidden.csv", "x"),
        ("~$book.xlsx", "x"),
        ("photo.png", "x"),
    ] {
        fs::write(path.join(name), text).unwrap();
    }
    let input = read_sheets(&path).unwrap();
    let labels: Vec<_> = input.files.iter().map(|file| (&*file.label, &*file.name)).collect();
    assert_eq!(labels, [("contacts/areas.csv", "areas.csv"), ("contacts/relations.CSV", "relations.CSV")]);
    assert_eq!(input.left_out, ["contacts/older", "contacts/photo.png"]);
    // The source of a row that names none does not change when the folder is called otherwise.
    assert_eq!(&*team(&input).nodes[0].source, "areas.csv");
}

#[test]
fn a_single_sheet_is_an_input_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("areas.csv");
    fs::write(&path, "ref,name\n").unwrap();
    assert_eq!(read_sheets(&path).unwrap().files.len(), 1);
    assert!(matches!(read_file(folder.path()), Err(InputError::NotAFile { .. })));
}

#[test]
fn what_cannot_be_read_says_so_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let missing = read_sheets(&folder.path().join("none")).unwrap_err().to_string();
    assert!(missing.contains("none cannot be read") && !missing.contains('\n'), "{missing}");
    let empty = read_sheets(folder.path()).unwrap_err().to_string();
    assert!(empty.ends_with("holds no CSV or XLSX file"), "{empty}");
}
