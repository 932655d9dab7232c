//! What a question about paths is answered with, one type a file.

mod answer;
mod hop;
mod no_verified_path;
mod notice;
mod path;
mod search_limit;
mod withheld;

pub use answer::OutreachAnswer;
pub use hop::Hop;
pub use no_verified_path::NoVerifiedPath;
pub use notice::Notice;
pub use path::OutreachPath;
pub use search_limit::SearchLimit;
pub use withheld::Withheld;
