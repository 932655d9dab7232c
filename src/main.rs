//! The binary: `inroads::cli` does the work and says how it ended.

fn main() -> std::process::ExitCode {
    inroads::cli::main()
}
