//! What can go wrong between us and the server, and what to tell the person who can do something about it.
//! Used by this adapter alone. Messages name the server's host and port, never a password, and never a value: what the
//! server says may quote one, so its own words are dropped and only its codes are kept.

use crate::store::StoreError;
use neo4rs::{Error, Neo4jClientErrorKind, Neo4jErrorKind, Neo4jSecurityErrorKind};
use std::io::ErrorKind;

#[derive(Debug)]
pub enum Trouble {
    Driver(Error),
    /// It took longer than it may.
    Late,
    /// What was read is not what it should be; the place is a column or an id.
    Unreadable(String),
    /// Not for the server's reasons but for ours.
    Ours(StoreError),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Driver(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Ours(error)
    }
}

/// What the server said, without its words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Said(String);

impl Trouble {
    pub fn unreadable(place: impl Into<String>) -> Self {
        Self::Unreadable(place.into())
    }

    /// Trying the whole transaction again may help, soon: a deadlock, a server that is short of memory or changing over.
    pub fn passes(&self) -> bool {
        match self {
            Self::Driver(Error::Neo4j(said)) => said.kind() == Neo4jErrorKind::Transient,
            Self::Driver(_) | Self::Late | Self::Unreadable(_) | Self::Ours(_) => false,
        }
    }

    /// The connection is to blame, so that others to the same server may be as bad.
    pub fn is_of_the_connection(&self) -> bool {
        match self {
            Self::Late => true,
            Self::Driver(error) => !matches!(error, Error::Neo4j(_) | Error::DeserializationError(_)),
            Self::Unreadable(_) | Self::Ours(_) => false,
        }
    }

    /// In words for whoever runs inroads. `doing` completes "while".
    pub fn told(self, server: &str, doing: &str) -> StoreError {
        match self {
            Self::Ours(error) => error,
            Self::Late => StoreError::Unavailable(format!(
                "Neo4j at {server} did not answer in time while {doing}; it may be busy, frozen or cut off: try again"
            )),
            Self::Unreadable(place) => StoreError::Internal {
                context: format!("{server}: {doing} failed: {place} cannot be read; run inroads doctor"),
                source: Box::new(Said("a value is not what it should be".to_owned())),
            },
            Self::Driver(error) => driver(&error, server, doing),
        }
    }
}

fn driver(error: &Error, server: &str, doing: &str) -> StoreError {
    match error {
        Error::Neo4j(said) => said_by_the_server(said, server, doing),
        Error::IOError { detail } => input_output(detail.kind(), server, doing),
        Error::AuthenticationError(why) if why.contains("too many times") => StoreError::Unavailable(format!(
            "Neo4j at {server} turns everybody away for some seconds, after several wrong passwords in a row: wait, \
             then try again"
        )),
        Error::AuthenticationError(_) => StoreError::Unusable(format!(
            "Neo4j at {server} refuses the user or the password: give the password in INROADS_STORE_PASSWORD or in the \
             file that [store] password_file names, and the user in the address, as in bolt://neo4j@{server}"
        )),
        Error::ProtocolMismatch(_) | Error::UnsupportedVersion(..) | Error::UnexpectedMessage(_) => {
            StoreError::Unusable(not_neo4j(server))
        }
        Error::ConnectionTimedOut | Error::ConnectionError | Error::IncompleteBoltExchange => {
            StoreError::Unavailable(format!("the connection to Neo4j at {server} broke while {doing}: try again"))
        }
        Error::InvalidDnsName(_) | Error::UrlParseError(_) => {
            StoreError::Unusable(format!("{server} is no name of a server: write bolt://USER@HOST:PORT"))
        }
        other => StoreError::Internal {
            context: format!("{server}: {doing} failed"),
            source: Box::new(Said(kind_of(other).to_owned())),
        },
    }
}

fn input_output(kind: ErrorKind, server: &str, doing: &str) -> StoreError {
    match kind {
        // That is how the encryption says that it does not trust whom it met.
        ErrorKind::InvalidData => StoreError::Unusable(format!(
            "the certificate of Neo4j at {server} is not one that this machine trusts, or is for another name: write \
             the name that it is for, and let SSL_CERT_FILE name a file with the authority that signed it"
        )),
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset => StoreError::Unavailable(format!(
            "Neo4j at {server} closed the connection while {doing}: try again, and where it never works, write bolt+s:// \
             when it wants encryption and bolt:// when it has none"
        )),
        kind => StoreError::Unavailable(format!(
            "Neo4j at {server} cannot be reached while {doing} ({kind}): is it running, and is that its Bolt port?"
        )),
    }
}

pub fn not_neo4j(server: &str) -> String {
    format!(
        "what answers at {server} is no Neo4j that speaks Bolt 4.4: check the port, which is 7687 by default (7474 is \
         for browsers)"
    )
}

fn said_by_the_server(said: &neo4rs::Neo4jError, server: &str, doing: &str) -> StoreError {
    let code = said.code();
    let broke_off =
        || StoreError::Unavailable(format!("Neo4j at {server} broke off while {doing} ({code}): try again"));
    // It has a code of its own only in its words.
    if said.message().contains("too large to index") {
        return StoreError::Refused(
            "a name or key in the change set is longer than Neo4j can index, which is about 8,000 bytes".to_owned(),
        );
    }
    match said.kind() {
        Neo4jErrorKind::Transient => {
            StoreError::Unavailable(format!("Neo4j at {server} cannot do it now while {doing} ({code}): try again"))
        }
        Neo4jErrorKind::Client(Neo4jClientErrorKind::SessionExpired | Neo4jClientErrorKind::TransactionTerminated) => {
            broke_off()
        }
        // While it waited for a lock, such as when the server stops. The driver does not count it as passing.
        Neo4jErrorKind::Client(_) if code.ends_with(".LockClientStopped") => broke_off(),
        Neo4jErrorKind::Client(Neo4jClientErrorKind::Security(kind)) => security(kind, server, code),
        Neo4jErrorKind::Client(_) if code.contains(".TransactionTimedOut") => StoreError::Unavailable(format!(
            "Neo4j at {server} ended the transaction while {doing}, as its db.transaction.timeout says: try again"
        )),
        Neo4jErrorKind::Client(Neo4jClientErrorKind::FatalDiscovery) => StoreError::Unusable(format!(
            "Neo4j at {server} has no default database, or none that this user may use ({code})"
        )),
        Neo4jErrorKind::Client(_) if code == "Neo.ClientError.Procedure.ProcedureNotFound" => {
            StoreError::Unusable(not_neo4j(server))
        }
        Neo4jErrorKind::Client(_) | Neo4jErrorKind::Database | Neo4jErrorKind::Unknown => StoreError::Internal {
            context: format!("{server}: {doing} failed ({code}); Neo4j's own log says more"),
            source: Box::new(Said(code.to_owned())),
        },
    }
}

fn security(kind: Neo4jSecurityErrorKind, server: &str, code: &str) -> StoreError {
    match kind {
        Neo4jSecurityErrorKind::AuthorizationExpired | Neo4jSecurityErrorKind::TokenExpired => {
            StoreError::Unavailable(format!("Neo4j at {server} asks who we are once more ({code}): try again"))
        }
        Neo4jSecurityErrorKind::Authentication
        | Neo4jSecurityErrorKind::Forbidden
        | Neo4jSecurityErrorKind::Other
        | Neo4jSecurityErrorKind::Unknown => StoreError::Unusable(format!(
            "Neo4j at {server} does not let this user work ({code}): the user must be allowed to read, write and make \
             constraints, and must have changed a password that expired"
        )),
    }
}

/// The driver's own words may quote what it could not read.
fn kind_of(error: &Error) -> &'static str {
    match error {
        Error::DeserializationError(_) | Error::ConversionError => "a value could not be read or written",
        Error::StringTooLong | Error::MapTooBig | Error::BytesTooBig | Error::ListTooLong => "a value is too large",
        _ => "the driver failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_password_and_a_wrong_port_are_told_apart_from_a_server_that_is_away() {
        let told = |error| Trouble::Driver(error).told("graph:7687", "opening the store");
        let wrong = told(Error::AuthenticationError("The client is unauthorized, hunter2".to_owned()));
        assert!(matches!(&wrong, StoreError::Unusable(why) if why.contains("INROADS_STORE_PASSWORD")), "{wrong}");
        let often = told(Error::AuthenticationError("wrong too many times in a row".to_owned()));
        assert!(matches!(&often, StoreError::Unavailable(why) if why.contains("wait")), "{often}");
        let other = told(Error::ProtocolMismatch(0x4854_5450));
        assert!(matches!(&other, StoreError::Unusable(why) if why.contains("no Neo4j")), "{other}");
        let away = told(Error::IOError { detail: std::io::ErrorKind::ConnectionRefused.into() });
        assert!(matches!(&away, StoreError::Unavailable(why) if why.contains("graph:7687")), "{away}");
        assert!(![wrong, often, other, away].iter().any(|error| error.to_string().contains("hunter2")));
    }
}
