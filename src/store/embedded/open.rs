//! Opening the file: refuses what is not ours or too new before touching it, then brings the schema up to date.
//! Used by this adapter alone. It never repairs, empties or replaces a file.

use super::trouble::{Trouble, cannot_write, not_ours};
use crate::store::StoreError;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use rusqlite_migration::{M, Migrations};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Released steps are never edited: a change of the schema is a new step.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../../schema/sqlite/0001_graph_and_log.sql")),
    M::up(include_str!("../../../schema/sqlite/0002_what_happened.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// `PRAGMA application_id` of the first step.
const APPLICATION_ID: i64 = 1_768_845_924;

/// How long to wait for another process that is writing.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// More than the statements we have, so that each is prepared once a connection.
const STATEMENTS: usize = 64;

pub fn writer(path: &Path) -> Result<Connection, StoreError> {
    make_room(path)?;
    let told = |error| Trouble::Sql(error).told(path, "opening the store");
    let mut conn = connect(path).map_err(told)?;
    let shown = path.display();
    if !is_ours_or_new(&conn).map_err(told)? {
        return Err(StoreError::Unusable(not_ours(path)));
    }
    let (version, known) = (number(&conn, "user_version").map_err(told)?, STEPS.len());
    if usize::try_from(version).is_ok_and(|version| version > known) {
        return Err(StoreError::Unusable(format!(
            "{shown} was written by a newer inroads (schema {version}; this one knows {known}): upgrade inroads"
        )));
    }
    if conn.is_readonly("main").map_err(told)? {
        return Err(StoreError::Unusable(cannot_write(path)));
    }
    set_up(&conn).map_err(told)?;
    if !in_wal_mode(&conn).map_err(told)? {
        return Err(StoreError::Unusable(format!(
            "the file system of {shown} cannot keep a write-ahead log (is it a network drive?); choose a local path"
        )));
    }
    migrate(&mut conn).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => told(err),
        error => StoreError::Internal {
            context: format!("{shown}: bringing the schema up to date failed"),
            source: Box::new(error),
        },
    })?;
    Ok(conn)
}

pub fn reader(path: &Path) -> rusqlite::Result<Connection> {
    // SQLite leaves CHECK constraints unread on a read-only file, and the doctor asks about them.
    let conn = connect(path)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

pub fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.pragma_update(None, "trusted_schema", false)?;
    Ok(conn)
}

/// Makes the folder and an empty file, which is a valid empty database. Only its owner may read it: it will hold
/// people's contact details.
fn make_room(path: &Path) -> Result<(), StoreError> {
    let shown = path.display();
    if path.is_dir() {
        return Err(StoreError::Unusable(format!(
            "{shown} is a folder; name a file in it, such as {shown}/inroads.db"
        )));
    }
    let refused = |error: std::io::Error| StoreError::Unusable(format!("{} ({error})", cannot_write(path)));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(refused)?;
    }
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(refused)
}

/// A file with nothing in it may become ours; one that says what it is must say it is ours.
fn is_ours_or_new(conn: &Connection) -> rusqlite::Result<bool> {
    let read = || -> rusqlite::Result<bool> {
        let application = number(conn, "application_id")?;
        if application == APPLICATION_ID {
            return Ok(true);
        }
        let tables: i64 = conn.query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok(application == 0 && tables == 0 && number(conn, "user_version")? == 0)
    };
    match read() {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Ok(false),
        answer => answer,
    }
}

fn set_up(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "foreign_keys", true)?;
    // An acknowledged commit survives a power cut.
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted or overwritten leaves no trace in the file's free pages: erasure has to mean it.
    conn.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))
}

fn in_wal_mode(conn: &Connection) -> rusqlite::Result<bool> {
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))
        .map(|mode| mode.eq_ignore_ascii_case("wal"))
}

/// Each open takes all missing steps in one transaction, so a broken-off one leaves the schema as it was.
fn migrate(conn: &mut Connection) -> rusqlite_migration::Result<()> {
    conn.set_transaction_behavior(TransactionBehavior::Immediate);
    match MIGRATIONS.to_latest(conn) {
        // Another process did it between our look at the version and our turn to write.
        Err(_) if MIGRATIONS.pending_migrations(conn) == Ok(0) => Ok(()),
        outcome => outcome,
    }
}

fn number(conn: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, pragma, |row| row.get(0))
}
