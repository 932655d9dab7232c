//! The team's own spreadsheets (design section 6): CSV files in a folder, or the sheets of a workbook. Reads them into
//! rows; what they mean for the graph is the resolver's business.

mod nodes;
mod relations;

use super::{
    Batch, Input, Row,
    cells::{Columns, RowReader, Shape},
    sheets::{AttributeRow, NodeRow, RelationRow},
    table::{Line, Table, read_tables},
};
use crate::model::Source;

/// A sheet we know: its columns, and how one row of it is read.
struct Sheet {
    name: &'static str,
    shape: Shape,
    read: ReadRow,
}

enum ReadRow {
    Node(fn(&mut RowReader<'_>) -> Option<NodeRow>),
    Attribute(fn(&mut RowReader<'_>) -> Option<AttributeRow>),
    Relation(fn(&mut RowReader<'_>) -> Option<RelationRow>),
    Source(fn(&mut RowReader<'_>) -> Option<Source>),
}

const SHEETS: &[Sheet] = &[
    Sheet {
        name: "organisations",
        shape: Shape {
            needed: &["ref", "name", "kind"],
            optional: &[
                "sector",
                "nation",
                "postcode",
                "area",
                "valid_from",
                "valid_to",
                "do_not_approach_until",
                "website",
                "source",
                "synthetic",
            ],
            personal: &[],
        },
        read: ReadRow::Node(nodes::organisation),
    },
    Sheet {
        name: "individuals",
        shape: Shape {
            needed: &["ref", "name"],
            optional: &[
                "team",
                "area",
                "email",
                "phone",
                "languages",
                "lived_experience",
                "consent_contact",
                "consent_introduce",
                "do_not_approach_until",
                "source",
                "synthetic",
            ],
            personal: &["name", "email", "phone", "languages", "lived_experience"],
        },
        read: ReadRow::Node(nodes::individual),
    },
    Sheet {
        name: "networks",
        shape: Shape {
            needed: &["ref", "name"],
            optional: &["formality", "purpose", "area", "valid_from", "valid_to", "source", "synthetic", "kind"],
            personal: &[],
        },
        read: ReadRow::Node(nodes::network),
    },
    Sheet {
        name: "groups",
        shape: Shape {
            needed: &["ref", "name", "kind"],
            optional: &["framework", "category", "aliases", "area", "parent", "same_as", "members", "source"],
            personal: &[],
        },
        read: ReadRow::Node(nodes::group),
    },
    Sheet {
        name: "areas",
        shape: Shape {
            needed: &["ref", "name"],
            optional: &["parents", "valid_from", "valid_to", "source"],
            personal: &[],
        },
        read: ReadRow::Node(nodes::area),
    },
    Sheet {
        name: "software",
        shape: Shape {
            needed: &["ref", "name"],
            optional: &["supplier", "aliases", "nation", "source"],
            personal: &[],
        },
        read: ReadRow::Node(nodes::software),
    },
    Sheet {
        name: "initiatives",
        shape: Shape { needed: &["ref", "name"], optional: &["kind", "aliases", "area", "source"], personal: &[] },
        read: ReadRow::Node(nodes::initiative),
    },
    Sheet {
        name: "segments",
        shape: Shape { needed: &["ref", "name"], optional: &["description", "source"], personal: &[] },
        read: ReadRow::Node(nodes::segment),
    },
    Sheet {
        name: "attributes",
        shape: Shape { needed: &["ref", "attribute", "value"], optional: &["source"], personal: &[] },
        read: ReadRow::Attribute(relations::attribute),
    },
    Sheet {
        name: "relations",
        shape: Shape {
            needed: &["kind", "from", "to", "evidence"],
            optional: &[
                "title",
                "mode",
                "strength",
                "one_way",
                "valid_from",
                "valid_to",
                "last_confirmed_on",
                "source",
                "note",
                "synthetic",
                "champion",
                "gatekeeper",
            ],
            personal: &["note"],
        },
        read: ReadRow::Relation(relations::relation),
    },
    Sheet {
        name: "sources",
        shape: Shape {
            needed: &["source"],
            // The last three are for the reader of the sheet.
            optional: &["publisher", "licence", "published_on", "url", "stamp_on", "url_or_origin", "files"],
            personal: &[],
        },
        read: ReadRow::Source(relations::source),
    },
];

/// Reads every sheet of the input. What it cannot read or does not know, its report says.
pub fn team(input: &Input) -> Batch {
    let mut batch = Batch::default();
    for name in &input.left_out {
        batch.report.remark(&name.as_str().into(), "not a CSV or XLSX file; left out");
    }
    for file in &input.files {
        for table in read_tables(file, &mut batch.report) {
            read_table(&table, &mut batch);
        }
    }
    batch
}

fn read_table(table: &Table, batch: &mut Batch) {
    let Some(sheet) = SHEETS.iter().find(|sheet| sheet.name == table.sheet) else {
        let names: Vec<&str> = SHEETS.iter().map(|sheet| sheet.name).collect();
        batch.report.remark(&table.file, format!("no sheet of ours is called that; they are {}", names.join(", ")));
        batch.report.left_out += table.rows.len() as u64;
        return;
    };
    let Some(columns) = Columns::of(table, &sheet.shape, &mut batch.report) else { return };
    for line in &table.rows {
        match sheet.read {
            ReadRow::Node(read) => take(&mut batch.nodes, &mut batch.report, sheet, table, &columns, line, read),
            ReadRow::Attribute(read) => {
                take(&mut batch.attributes, &mut batch.report, sheet, table, &columns, line, read);
            }
            ReadRow::Relation(read) => {
                take(&mut batch.relations, &mut batch.report, sheet, table, &columns, line, read);
            }
            ReadRow::Source(read) => take(&mut batch.sources, &mut batch.report, sheet, table, &columns, line, read),
        }
    }
}

fn take<T>(
    rows: &mut Vec<Row<T>>,
    report: &mut super::Report,
    sheet: &Sheet,
    table: &Table,
    columns: &Columns,
    line: &Line,
    read: fn(&mut RowReader<'_>) -> Option<T>,
) {
    let mut reader = RowReader::new(table, columns, &sheet.shape, line);
    let cells = read(&mut reader);
    let source = reader.source();
    let origin = reader.origin.clone();
    if reader.finish(report) {
        match cells {
            Some(cells) => rows.push(Row { origin, source, cells }),
            None => report.refuse_row(&origin, "names nothing"),
        }
    }
}
