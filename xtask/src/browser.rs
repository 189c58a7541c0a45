//! Chromium and its driver, for the tests that use the apps as a person does.

use anyhow::{Result, bail};

use crate::command::{on_path, output, program, run};

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const DRIVER: &str = "chromedriver";

/// Installs what is missing where apt-get can; elsewhere says what is needed.
pub(crate) fn set_up() -> Result<()> {
    let browser = BROWSERS.iter().find_map(|name| on_path(name));
    if let (Some(browser), Some(driver)) = (browser, on_path(DRIVER)) {
        eprintln!("    {} and {}", browser.display(), driver.display());
        return Ok(());
    }
    // Ubuntu has other names for them, and no package of Debian's names.
    let ubuntu = std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|release| release.lines().any(|line| line == "ID=ubuntu"));
    if ubuntu {
        install(&["chromium-browser", "chromium-chromedriver"])
    } else {
        install(&["chromium", "chromium-driver"])
    }
}

/// Installs what only Linux has: strace, with which the syncs of the store are counted and made to
/// fail, libfaketime, with which the clock is set, and certutil, which tells a browser whom to trust.
pub(crate) fn set_up_for_linux() -> Result<()> {
    if cfg!(target_os = "linux") {
        if on_path("certutil").is_none() {
            install(&["libnss3-tools"])?;
        }
        if on_path("strace").is_none() {
            install(&["strace"])?;
        }
        let folders = std::fs::read_dir("/usr/lib")?.filter_map(Result::ok);
        if !folders.map(|folder| folder.path().join("faketime")).any(|folder| folder.is_dir()) {
            install(&["libfaketime"])?;
        }
    }
    Ok(())
}

/// Installs Debian packages, as root or through sudo.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if on_path("apt-get").is_none() {
        bail!(
            "the tests need {}; install them and make sure they are on the PATH",
            packages.join(" and ")
        );
    }
    let root = output(program("id").arg("-u")).is_some_and(|id| id == "0");
    let apt = || {
        if root {
            program("apt-get")
        } else {
            let mut sudo = program("sudo");
            sudo.arg("apt-get");
            sudo
        }
    };
    run(apt().args(["update", "--quiet"]))?;
    let mut install = apt();
    install.args(["install", "--yes", "--quiet"]);
    run(install.args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}
