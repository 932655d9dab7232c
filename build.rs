//! Release builds carry the built playground inside them. The embedding macro sees changed files but not new ones, so
//! that without this a release built before the playground would never gain it.

fn main() {
    let watched = if std::path::Path::new("web/dist").exists() { "web/dist" } else { "web" };
    println!("cargo::rerun-if-changed={watched}");
}
