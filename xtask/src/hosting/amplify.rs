//! What Amplify Hosting is told: how to build the apps, and what a browser is told about them.

use std::fmt::Write as _;

use super::function::redirects;
use super::table::{APPS, HEADERS, PAGE, Page};
use crate::aws::APPS_FOLDER;

const MADE: &str = "# Made by `cargo xtask hosting`.\n";

/// `amplify.yml`: the build.
pub(super) fn build() -> String {
    format!(
        "{MADE}\
# Needs SERVERLESSPRESSO_API, SERVERLESSPRESSO_LIVE and SERVERLESSPRESSO_ORDER_URL; README.md says which.
version: 1
frontend:
  phases:
    preBuild:
      commands:
        - curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
    build:
      commands:
        - . \"$HOME/.cargo/env\" && cargo xtask aws apps
  artifacts:
    baseDirectory: {APPS_FOLDER}
    files:
      - '**/*'
  cache:
    paths:
      - target/tools/**/*
"
    )
}

/// `customHttp.yml`: headers by pattern. No two patterns give one header to the same file, because
/// which of them wins is not documented.
pub(super) fn headers() -> String {
    let mut text = format!(
        "{MADE}\
# The rest of the content security policy is in the pages, because its hashes change with each build.
customHeaders:
"
    );
    let mut add = |pattern: &str, headers: &[(&str, &str)]| {
        writeln!(text, "  - pattern: '{pattern}'\n    headers:").expect("text is written");
        for (key, value) in headers {
            writeln!(text, "      - key: {key}\n        value: \"{value}\"").expect("the same");
        }
    };
    let mut always = HEADERS.to_vec();
    always.push(super::OVER_HTTPS);
    always.push(("content-security-policy", "frame-ancestors 'none'"));
    add("**/*", &always);
    for (pattern, caching) in CACHING {
        add(pattern, &[("cache-control", caching)]);
    }
    for app in &APPS {
        add(app.path, &[("cache-control", super::table::caching(PAGE))]);
    }
    text
}

/// Programs and styles have a hash in their names, after a dash.
const CACHING: [(&str, &str); 6] = [
    ("**/*-*.js", "public, max-age=31536000, immutable"),
    ("**/*-*.css", "public, max-age=31536000, immutable"),
    ("**/*-*.wasm", "public, max-age=31536000, immutable"),
    ("**/config.json", "no-store"),
    ("**/*.html", "no-cache"),
    ("**/sw.js", "no-cache"),
];

/// Rewrites and redirects, as the console takes them. A redirect keeps the query by itself.
pub(super) fn rules() -> String {
    let mut rules: Vec<(String, String, u16)> = Vec::new();
    rules.extend(redirects().map(|(from, to)| (from.to_owned(), to.to_owned(), 302)));
    for app in &APPS {
        let page = format!("{}{PAGE}", app.path);
        let source = match app.page {
            Page::One => app.path.to_owned(),
            Page::Many => format!("</^{}[^.]*$/>", app.path.replace('/', "\\\\/")),
        };
        rules.push((source, page, 200));
    }
    let rules: Vec<_> = rules
        .iter()
        .map(|(source, target, status)| {
            format!(r#"  {{"source": "{source}", "target": "{target}", "status": "{status}"}}"#)
        })
        .collect();
    format!("[\n{}\n]\n", rules.join(",\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::hosting::table::caching;

    /// `*` stands for anything but a slash, `**/` for any folders.
    fn matches(pattern: &str, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        let pattern = pattern.strip_prefix("**/").expect("all of ours begin so");
        let mut rest = name;
        for (index, part) in pattern.split('*').enumerate() {
            rest = match rest.find(part) {
                Some(at) if index > 0 || at == 0 => &rest[at + part.len()..],
                _ => return false,
            };
        }
        rest.is_empty()
    }

    #[test]
    fn each_file_is_kept_as_long_as_the_table_says() {
        for file in [
            "order/index.html",
            "order/config.json",
            "order/sw.js",
            "order/ordering-app-7bdae623836b8ead.js",
            "order/ordering-app-7bdae623836b8ead_bg.wasm",
            "barista/manage/tokens-d6bcace1023fed87.css",
        ] {
            let told: Vec<_> =
                CACHING.iter().filter(|(pattern, _)| matches(pattern, file)).collect();
            assert_eq!(told.len(), 1, "{file}: {told:?}");
            assert_eq!(told[0].1, caching(file), "{file}");
        }
    }

    #[test]
    fn rules_are_json_and_no_file_is_rewritten() -> anyhow::Result<()> {
        let rules: Vec<Value> = serde_json::from_str(&rules())?;
        let many = rules.last().is_some_and(|_| {
            rules.iter().any(|rule| rule["source"] == r"</^\/barista\/manage\/[^.]*$/>")
        });
        assert!(many, "{rules:?}");
        assert!(rules.iter().all(|rule| rule["source"] != "/<*>"), "a missing file stays missing");
        Ok(())
    }
}
