//! The binary: `inroads::cli` does the work and says how it ended.

/// Gives memory back to the system soon after a graph is let go of, from whatever thread that was.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    inroads::cli::main()
}
