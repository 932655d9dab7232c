//! Behaviour seen from outside, one file each. `support` builds the worlds they happen in.

mod architecture;
mod cli_import;
mod cli_serve;
mod examples;
mod graphql;
mod history;
mod http_graphql;
mod http_guard;
mod http_log;
mod http_pages;
mod http_revision;
mod http_stop;
mod http_websocket;
mod http_websocket_model;
mod import_killed;
mod mutations_served;
mod outreach;
mod read_your_writes;
mod readme;
mod seed_facts;
mod snapshot_upkeep;
mod subscription;
mod support;
