//! How facts arrive: bytes in, the contents of change sets out. One file per format turns bytes into rows, one resolver
//! turns rows into changes. For `app`; it never touches a store, and nothing but `input` touches the disk.

mod cells;
mod grants;
mod input;
mod known;
mod ods;
mod pcn;
mod report;
mod resolve;
mod sheets;
mod succession;
pub mod synthetic;
mod table;
mod team;

pub use grants::{GrantsOptions, grants};
pub use input::{Input, InputError, RawFile, SIZE_LIMIT, read_file, read_sheets};
pub use known::Known;
pub use ods::{OdsOptions, OdsScope, ods};
pub use pcn::{PcnOptions, pcn};
pub use report::{Origin, Refusal, Remark, Report};
pub use resolve::{Plan, plan};
pub use sheets::{Batch, Row};
pub use team::team;

#[cfg(test)]
mod tests;
