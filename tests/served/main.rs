//! The product as it is used: `inroads` as real processes, over a file and over a real Neo4j, asked through HTTP and
//! web sockets. Whatever is waited for is waited for until a deadline.

#[expect(dead_code, reason = "the stores' suite uses the rest")]
#[path = "../neo4j/server.rs"]
mod neo4j_server;
mod support;

mod broken_import;
mod busy_file;
mod cut_wires;
mod emptied;
mod faults;
mod neo4j_questions;
mod replicas;
mod same_answers;
mod start_up;
mod tour;
