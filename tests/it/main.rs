//! Behaviour seen from outside, one file each. `support` builds the worlds they happen in.

mod architecture;
mod cli_import;
mod cli_serve;
mod examples;
mod graphql;
mod http_graphql;
mod http_guard;
mod http_log;
mod http_pages;
mod http_stop;
mod import_killed;
mod outreach;
mod readme;
mod seed_facts;
mod support;
