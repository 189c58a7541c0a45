//! Pictures of every screen, for people to look at: the scenarios that visit them all, with a
//! folder to keep the pictures in, one for each app.

use anyhow::Result;

use crate::command::{cargo, run};
use crate::steps::Steps;
use crate::{browser, npm, server, workspace};

/// The scenarios that visit screens, by the beginnings of their names: those that axe looks along
/// with, those that come by a screen, and some that do nothing else.
const VISITS: [&str; 21] = [
    "axe_finds_nothing",
    "pictures_of",
    // A guest's phone.
    "a_code_of_no_use_leads_to_the_next",
    "one_order_at_a_time_and_so_many_a_day",
    "no_phone_scrolls_sideways",
    "a_guest_reads_why_the_order_was_cancelled",
    "a_server_that_died_gets_an_order_once",
    // The tablet.
    "two_baristas_never_make_the_same_drink",
    "a_promise_runs_out",
    // Any of the three.
    "a_server_that_dies",
    "a_tablet_asks",
    "a_monitor_asks",
    "a_phone_asks",
    // The steps of one order.
    "a_guest_and_the_staff_follow_an_order",
    "who_may_not_read_the_steps",
    // The organiser's pages.
    "a_bar_is_founded_from_nothing",
    "figures_are_told",
    "a_guest_sees_what_an_organiser_saves",
    "who_is_added",
    "a_webhook_is_made",
    "these_pages_are_the_organisers",
];

/// Takes them into the folder `screenshots`.
pub(crate) fn take(steps: &mut Steps) -> Result<()> {
    server::build(steps)?;
    steps.take("a browser", browser::set_up)?;
    let axe = steps.take("axe-core", npm::axe)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Otherwise a scenario that was given another name would be missing in the album.
    #[test]
    fn every_visit_is_a_scenario() -> Result<()> {
        let mut sources = String::new();
        for file in workspace::files_below(&workspace::root().join("tests/screens"))? {
            sources += &std::fs::read_to_string(file)?;
        }
        for visit in VISITS {
            assert!(sources.contains(&format!("async fn {visit}")), "{visit}");
        }
        Ok(())
    }
}
