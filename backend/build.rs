//! Rebuilds the release binary when the apps inside it change; a debug build reads them at start.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_LOCAL").is_none() {
        return;
    }
    // A fresh clone has no apps yet. The folder must exist all the same: its path is resolved
    // while compiling, and Cargo would take a missing one for changed every time.
    std::fs::create_dir_all("../dist").expect("the repository can be written");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../dist");
    }
}
