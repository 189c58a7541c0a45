//! The tests of the adapters to AWS: a package with a lock of its own, as its DynamoDB brings
//! another SQLite than the laptop's. It is compiled into the workspace's target directory.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{cargo, run};
use crate::workspace;

const MANIFEST: &str = "backend/dynamodb/Cargo.toml";

/// Whether they are formatted.
pub(crate) fn formatting() -> Result<()> {
    let fix = format!("`cargo fmt --manifest-path {MANIFEST}` mends it");
    run(&mut cargo(["fmt", "--manifest-path", MANIFEST, "--check"])).context(fix)
}

/// On a DynamoDB in their own process, and on what stands in for AWS, which `stand_in` is the
/// Python of.
pub(crate) fn test(stand_in: &Path) -> Result<()> {
    let mut test = cargo(["test", "--locked", "--manifest-path", MANIFEST, "--tests"]);
    test.env("CARGO_TARGET_DIR", workspace::target());
    run(test.env("SERVERLESSPRESSO_STAND_IN_PYTHON", stand_in))
}
