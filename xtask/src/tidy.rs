//! The architecture's absences, held by reading manifests and sources.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::command::{cargo, output};
use crate::{apps, checks, workspace};

/// A file this long has two subjects.
const LONGEST: usize = 400;

/// Paths of files that may be longer, each with its reason beside it.
const LONG_FILES: [&str; 0] = [];

/// The folders our sources are in.
const CRATES: [&str; 8] =
    ["backend", "barista-app", "display-app", "domain", "ordering-app", "tests", "ui", "xtask"];

/// Unless asked for more, which nothing that runs in a browser does.
#[test]
fn the_domain_depends_on_serde_and_thiserror_only() -> Result<()> {
    let normal: BTreeSet<_> = dependencies("domain")?
        .into_iter()
        .filter(|dependency| dependency["kind"].is_null() && dependency["optional"] == false)
        .map(|dependency| dependency["name"].to_string())
        .collect();
    let allowed = ["\"serde\"", "\"thiserror\""].map(str::to_owned);
    assert_eq!(normal, BTreeSet::from(allowed));
    Ok(())
}

#[test]
fn what_runs_in_the_browser_does_not_know_the_backend() -> Result<()> {
    for package in apps::PACKAGES {
        for dependency in dependencies(package)? {
            assert_ne!(dependency["name"], "backend", "a dependency of {package}");
            let extended = dependency["name"] == "domain" && dependency["features"] != json!([]);
            assert!(!extended, "{package} asks for more of the domain than its rules");
        }
    }
    Ok(())
}

#[test]
fn the_readme_names_every_setting() -> Result<()> {
    let readme = fs::read_to_string(workspace::root().join("README.md"))?;
    let unnamed = lines_outside_tests(|path, line| {
        let setting = line.split_once("env = \"").and_then(|(_, rest)| rest.split('"').next());
        path.starts_with("backend/src/") && setting.is_some_and(|name| !readme.contains(name))
    })?;
    assert_eq!(unnamed, NOTHING, "settings that README.md does not name");
    Ok(())
}

#[test]
fn every_dependency_has_its_reason() -> Result<()> {
    let manifest = fs::read_to_string(workspace::root().join("Cargo.toml"))?;
    let section = |text: &str, begin: &str, end: &str| -> Result<String> {
        let (_, rest) = text.split_once(begin).with_context(|| begin.to_owned())?;
        Ok(rest.split(end).next().unwrap_or(rest).to_owned())
    };
    let named = section(&manifest, "[workspace.dependencies]\n", "\n[")?;
    let named = named.lines().filter(|line| !line.starts_with('#') && !line.contains("path ="));
    let named: BTreeSet<_> =
        named.filter_map(|line| line.split_once(" =")).map(|it| it.0).collect();
    let page = fs::read_to_string(workspace::root().join("ARCHITECTURE.md"))?;
    let table = section(&page, "\n## Dependencies\n", "\n## ")?;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let explained: BTreeSet<_> =
        rows.flat_map(|row| row.split(", ")).map(|name| name.trim_matches('`')).collect();
    assert_eq!(named, explained);
    Ok(())
}

/// Whoever reads what holds an invariant shall find it.
#[test]
fn every_test_the_architecture_names_is_there() -> Result<()> {
    let page = fs::read_to_string(workspace::root().join("ARCHITECTURE.md"))?;
    let (_, rest) = page.split_once("\n## Invariants").context("the invariants")?;
    let section = rest.split("\n## ").next().unwrap_or(rest);
    let is_name = |word: &str| {
        let letters = |c: char| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit();
        word.contains('_') && word.chars().all(letters)
    };
    let sources = sources()?;
    for name in section.split('`').filter(|word| is_name(word)) {
        let function = format!("fn {name}(");
        assert!(sources.iter().any(|(_, text)| text.contains(&function)), "{name}");
    }
    Ok(())
}

/// Otherwise Cargo compiles web-sys, and with it all of Leptos, again for each app.
#[test]
fn browser_features_are_asked_for_in_ui_only() -> Result<()> {
    for package in apps::PACKAGES.iter().filter(|package| **package != "ui") {
        for dependency in dependencies(package)? {
            let features = dependency["features"].as_array();
            let own = features.is_some_and(|features| !features.is_empty());
            assert!(
                !(own && dependency["name"] == "web-sys"),
                "{package} asks for features of web-sys; put them into ui/Cargo.toml"
            );
        }
    }
    Ok(())
}

#[test]
fn only_the_domain_spells_paths() -> Result<()> {
    let spelled = lines_outside_tests(|path, line| {
        let concerned = !path.starts_with("tests/") && !path.starts_with("xtask/");
        let spells = line.contains("/api/") || line.contains("\"/api\"");
        concerned && spells && path != "domain/src/api/route.rs"
    })?;
    assert_eq!(spelled, NOTHING, "paths belong into domain/src/api/route.rs");
    Ok(())
}

#[test]
fn only_the_application_appends() -> Result<()> {
    let appending = lines_outside_tests(|path, line| {
        // The contract of the port tries it out.
        let tried = path == "backend/src/contract.rs" || path.starts_with("xtask/");
        !tried && path != "backend/src/app/carry.rs" && line.contains("log.append(")
    })?;
    assert_eq!(appending, NOTHING, "appending belongs into backend/src/app/carry.rs");
    Ok(())
}

#[test]
fn only_the_aws_adapters_name_the_sdk() -> Result<()> {
    let named = lines_outside_tests(|path, line| {
        // Nothing but tests of those adapters.
        let is_test = path.starts_with("backend/dynamodb");
        let allowed = path.starts_with("backend/src/aws") || path.starts_with("xtask/") || is_test;
        !allowed && (line.contains("aws_sdk_") || line.contains("aws_config"))
    })?;
    assert_eq!(named, NOTHING, "the SDK belongs into backend/src/aws");
    Ok(())
}

#[test]
fn modules_are_files_of_their_own_name() -> Result<()> {
    let found = paths_where(|path, _| path.ends_with("/mod.rs"))?;
    assert_eq!(found, NOTHING, "name the file after the module");
    Ok(())
}

#[test]
fn files_have_one_subject() -> Result<()> {
    let long =
        paths_where(|path, text| text.lines().count() > LONGEST && !LONG_FILES.contains(&path))?;
    assert_eq!(long, NOTHING, "over {LONGEST} lines");
    Ok(())
}

/// `cargo xtask test` names the integration tests it runs, and must not forget one.
#[test]
fn every_integration_test_is_run() -> Result<()> {
    let mut known = BTreeSet::new();
    for package in packages()? {
        for target in package["targets"].as_array().context("no targets")? {
            if target["kind"][0] == "test" && package["name"] != "acceptance" {
                known.insert(target["name"].as_str().context("no name")?.to_owned());
            }
        }
    }
    assert_eq!(checks::integration_tests()?, known);
    Ok(())
}

/// The CLI must equal the library, and the pin is what keeps a plain `cargo update` from parting
/// them.
#[test]
fn wasm_bindgen_is_pinned_to_the_locked_version() -> Result<()> {
    let manifest = fs::read_to_string(workspace::root().join("Cargo.toml"))?;
    let pin = format!("wasm-bindgen = \"={}\"", workspace::locked_version("wasm-bindgen")?);
    assert!(manifest.lines().any(|line| line == pin), "the manifest lacks {pin}");
    Ok(())
}

const NOTHING: [&str; 0] = [];

fn packages() -> Result<Vec<Value>> {
    let metadata = output(&mut cargo(["metadata", "--no-deps", "--format-version", "1"]))
        .context("cargo metadata failed")?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    Ok(metadata["packages"].as_array().context("no packages")?.clone())
}

fn dependencies(package: &str) -> Result<Vec<Value>> {
    let packages = packages()?;
    let found = packages.iter().find(|found| found["name"] == package);
    let dependencies = found.with_context(|| format!("no package {package}"))?;
    let dependencies = dependencies["dependencies"].as_array();
    Ok(dependencies.context("no dependencies")?.clone())
}

/// `path:number: line` of each matching line of code: comments and tests do not count.
fn lines_outside_tests(matches: impl Fn(&str, &str) -> bool) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (path, text) in sources()? {
        if path.contains("/tests/") || path.ends_with("tests.rs") {
            continue;
        }
        // A module of tests in the same file is its end.
        let code = text.split("#[cfg(test)]\nmod tests {").next();
        let code = code.unwrap_or_default().lines();
        for (number, line) in (1..).zip(code) {
            if !line.trim_start().starts_with("//") && matches(&path, line) {
                found.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    Ok(found)
}

fn paths_where(matches: impl Fn(&str, &str) -> bool) -> Result<Vec<String>> {
    let sources = sources()?.into_iter();
    Ok(sources.filter(|(path, text)| matches(path, text)).map(|(path, _)| path).collect())
}

/// Every Rust source: its path below the root, with slashes, and its text.
pub(crate) fn sources() -> Result<Vec<(String, String)>> {
    let root = workspace::root();
    let mut sources = Vec::new();
    for folder in CRATES {
        for file in workspace::files_below(&root.join(folder))? {
            if file.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&file)?;
                sources.push((relative(root, &file)?, text));
            }
        }
    }
    Ok(sources)
}

fn relative(root: &Path, file: &Path) -> Result<String> {
    let below = file.strip_prefix(root)?;
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    Ok(parts.join("/"))
}
