//! Pictures of every screen, for people to look at: the scenarios that visit them all, with a
//! folder to keep the pictures in.

use anyhow::Result;

use crate::command::{cargo, run};
use crate::steps::Steps;
use crate::{axe, browser, server, workspace};

/// The scenarios that visit screens: those that axe looks along with, and one that does nothing
/// else.
const VISITS: [&str; 3] = ["axe_finds_nothing", "screens::refusals", "pictures_of"];

/// Takes them into the folder `screenshots`.
pub(crate) fn take(steps: &mut Steps) -> Result<()> {
    server::build(steps)?;
    steps.take("a browser", browser::set_up)?;
    let axe = steps.take("axe-core", axe::set_up)?;
    let folder = workspace::root().join("screenshots");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    steps.take("screenshots", || {
        let mut visits = cargo(["test", "--locked", "--package", "acceptance"]);
        visits.args(["--test", "acceptance", "--", "--include-ignored"]).args(VISITS);
        visits.env("SERVERLESSPRESSO_BIN", server::binary()).env("SERVERLESSPRESSO_AXE", axe);
        run(visits.env("SERVERLESSPRESSO_PICTURES", &folder))
    })?;
    let taken = workspace::files_below(&folder)?.len();
    eprintln!("    {taken} pictures in {}", folder.display());
    Ok(())
}
