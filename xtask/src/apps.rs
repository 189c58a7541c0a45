//! The browser apps: compiled together, bundled by Trunk into `dist`, compressed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{cargo, program, run};
use crate::fingerprint::fingerprint;
use crate::lean::lean;
use crate::precompress::{precompress, sizes};
use crate::steps::Steps;
use crate::toolchain::WASM;
use crate::tools::Tools;
use crate::{import_names, workspace};

/// The size profile of the root manifest; Trunk.toml names it too.
const PROFILE: &str = "app";

/// This file.
const HERE: &str = "xtask/src/apps.rs";

/// What is done to a bundle.
type Refinement = fn(&Path) -> Result<()>;

/// What becomes of each bundle that Trunk has made, in this order, and where that is written: done
/// otherwise, it makes another bundle of the same sources.
const REFINEMENTS: [(&str, Refinement); 3] = [
    ("xtask/src/lean.rs", lean),
    ("xtask/src/import_names.rs", import_names::shorten),
    ("xtask/src/precompress.rs", precompress),
];

/// One page Trunk builds.
struct App {
    /// Its folder in `dist`.
    name: &'static str,
    package: &'static str,
    /// What Cargo makes of it.
    binary: &'static str,
    page: &'static str,
    /// The path it is served under: the page's own links begin with it.
    url: &'static str,
}

const APPS: [App; 5] = [
    App {
        name: "order",
        package: "ordering-app",
        binary: "ordering-app",
        page: "ordering-app/index.html",
        url: "/order/",
    },
    App {
        name: "journey",
        package: "ordering-app",
        binary: "journey",
        page: "ordering-app/journey.html",
        url: "/order/journey/",
    },
    App {
        name: "barista",
        package: "barista-app",
        binary: "barista-app",
        page: "barista-app/index.html",
        url: "/barista/",
    },
    App {
        name: "manage",
        package: "barista-app",
        binary: "manage",
        page: "barista-app/manage.html",
        url: "/barista/manage/",
    },
    App {
        name: "display",
        package: "display-app",
        binary: "display-app",
        page: "display-app/index.html",
        url: "/display/",
    },
];

/// The packages that run in the browser; `ui` is what they share.
pub(crate) const PACKAGES: [&str; 4] = ["ui", "display-app", "barista-app", "ordering-app"];

/// What Cargo makes of them: one program each.
pub(crate) fn binaries() -> impl Iterator<Item = &'static str> {
    APPS.iter().map(|app| app.binary)
}

impl App {
    fn folder(&self) -> PathBuf {
        workspace::dist().join(self.name)
    }

    /// Outside the app's folder, which Trunk empties and the server serves.
    fn stamp(&self) -> PathBuf {
        workspace::dist().join(format!("{}.fingerprint", self.name))
    }

    /// All that its bundle comes of, but for tools.
    fn sources(&self) -> Vec<&'static str> {
        let mut sources = vec!["domain", "ui", self.package];
        // How it is compiled and bundled.
        sources.extend([".cargo/config.toml", "Cargo.lock", "Cargo.toml", "Trunk.toml", HERE]);
        sources.extend(REFINEMENTS.map(|(source, _)| source));
        sources
    }

    fn fingerprint(&self, root: &Path, versions: &str) -> Result<String> {
        fingerprint(root, &self.sources(), versions)
    }

    fn is_current(&self, fingerprint: &str) -> bool {
        self.folder().join("index.html").is_file()
            && fs::read_to_string(self.stamp()).is_ok_and(|stamp| stamp == fingerprint)
    }

    fn bundle(&self, tools: &Tools) -> Result<()> {
        // Trunk would copy what wasm-bindgen once left there for another app.
        let snippets = workspace::target().join("wasm-bindgen/debug/snippets");
        if snippets.exists() {
            fs::remove_dir_all(&snippets)?;
        }
        let mut trunk = program("trunk");
        trunk.env("PATH", &tools.path);
        // Set by some terminals and CI systems to "1", which this Trunk does not take.
        trunk.env_remove("NO_COLOR");
        trunk.args(["--quiet", "--skip-version-check", "build", self.page]);
        // Otherwise a page that is not called so keeps its own name.
        trunk.args(["--html-output", "index.html"]);
        trunk.args(["--offline", "true", "--public-url", self.url, "--dist"]);
        run(trunk.arg(self.folder()))?;
        REFINEMENTS.iter().try_for_each(|(_, refine)| refine(&self.folder()))
    }
}

/// Builds the apps whose sources, dependencies or tools (`versions`) changed since `dist` was
/// written.
pub(crate) fn build(steps: &mut Steps, tools: &Tools, versions: &str) -> Result<()> {
    let mut stale = Vec::new();
    for app in &APPS {
        let fingerprint = app.fingerprint(workspace::root(), versions)?;
        if !app.is_current(&fingerprint) {
            stale.push((app, fingerprint));
        }
    }
    if stale.is_empty() {
        eprintln!("    the apps in dist are up to date");
        return Ok(());
    }
    steps.take("compile the apps", || {
        // Trunk works offline, so that it cannot download tools behind our back.
        run(&mut cargo(["fetch", "--locked"]))?;
        // All at once, or the last and longest part of each would wait for the one before.
        let mut compile = cargo(["build", "--locked", "--profile", PROFILE, "--target", WASM]);
        for (app, _) in &stale {
            compile.args(["--package", app.package]);
        }
        run(&mut compile)
    })?;
    steps.take("bundle the apps", || {
        for (app, fingerprint) in &stale {
            app.bundle(tools)?;
            // Last, so that an interrupted build is done again.
            fs::write(app.stamp(), fingerprint).context("writing the fingerprint")?;
        }
        Ok(())
    })
}

/// How many files, and bytes of them, a first visit of the ordering app loads, `config.json`
/// included.
pub(crate) fn first_load() -> Result<(usize, u64)> {
    let app = APPS.iter().find(|app| app.name == "order").context("the ordering app")?;
    let files = workspace::files_below(&app.folder())?;
    let compressed = files.iter().filter(|file| file.extension().is_some_and(|it| it == "br"));
    let (_, loaded) = sizes(&app.folder())?;
    Ok((compressed.count() + 1, loaded))
}

/// Says how much a browser loads.
pub(crate) fn report_sizes() -> Result<()> {
    for app in &APPS {
        let (raw, loaded) = sizes(&app.folder())?;
        eprintln!(
            "    {:<8} {:>7.1} KiB, {:>6.1} KiB with brotli",
            app.name,
            kib(raw),
            kib(loaded)
        );
    }
    Ok(())
}

fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_shapes_a_bundle_makes_the_one_before_stale() -> Result<()> {
        let root = std::env::temp_dir().join(format!("xtask-apps-{}", std::process::id()));
        let [app, ..] = &APPS;
        let mut before = app.fingerprint(&root, "")?;
        for shaping in [
            "ordering-app/src/main.rs",
            "ui/src/lib.rs",
            "domain/src/lib.rs",
            "Cargo.lock",
            "Cargo.toml",
            "Trunk.toml",
            ".cargo/config.toml",
            "xtask/src/apps.rs",
            "xtask/src/lean.rs",
            "xtask/src/import_names.rs",
            "xtask/src/precompress.rs",
        ] {
            assert!(workspace::root().join(shaping).is_file(), "there is no {shaping}");
            let file = root.join(shaping);
            fs::create_dir_all(file.with_file_name(""))?;
            fs::write(file, "another")?;
            let now = app.fingerprint(&root, "")?;
            assert_ne!(now, before, "{shaping}");
            before = now;
        }
        Ok(fs::remove_dir_all(&root)?)
    }
}
