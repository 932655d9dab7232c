//! What can be changed through the API, on the world of `world` kept in SQLite: what each mutation answers, what the next
//! question sees, who may, what is refused, and what happens when several people write at once.

mod consent;
mod desk;
mod faults;
mod flaky;
mod groups;
mod merging;
mod networks;
mod organisations;
mod people;
mod relations;
mod retries;
mod roles;
mod seen;
mod succession;
mod together;
mod undoing;
