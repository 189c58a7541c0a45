//! The apps on hosts that are configured: what `table.rs` says, written down as each wants it.

mod amplify;
mod function;
#[allow(dead_code, reason = "each program it is compiled into uses a part of it")]
pub(crate) mod table;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::root;

/// What hosts add that are reached over https only.
const OVER_HTTPS: (&str, &str) = ("strict-transport-security", "max-age=31536000");

/// A file that is checked in and made by `cargo xtask hosting`, wholly or in part.
struct Made {
    /// Below the root.
    path: &'static str,
    /// The whole file, made of the one before.
    make: fn(&str) -> Result<String>,
}

const MADE: [Made; 4] = [
    Made { path: crate::infrastructure::TEMPLATE, make: function::into_template },
    Made { path: "amplify.yml", make: |_| Ok(amplify::build()) },
    Made { path: "customHttp.yml", make: |_| Ok(amplify::headers()) },
    Made { path: "backend/infra/amplify-rules.json", make: |_| Ok(amplify::rules()) },
];

/// Writes them.
pub(crate) fn write() -> Result<()> {
    for made in MADE {
        let file = root().join(made.path);
        let text = (made.make)(&read(&file)?)?;
        fs::write(&file, text).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// A file that is not there yet is empty.
fn read(file: &Path) -> Result<String> {
    if !file.exists() {
        return Ok(String::new());
    }
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cloudfront_sends_the_headers_of_the_table() -> Result<()> {
        let template = read(&root().join(crate::infrastructure::TEMPLATE))?;
        let (_, policy) = template.split_once("  AppsHeaders:\n").context("the headers")?;
        let policy = policy.split("\n\n").next().unwrap_or_default();
        for (name, value) in table::HEADERS {
            let told = match name {
                // It has one value only, and CloudFront knows it.
                "x-content-type-options" => "ContentTypeOptions: {Override: true}".to_owned(),
                "referrer-policy" => format!("ReferrerPolicy: {value}, Override: true"),
                _ => format!("Header: {name}\n              Value: {value}\n"),
            };
            assert!(policy.contains(&told), "{name}: {policy}");
        }
        let (_, seconds) = OVER_HTTPS.1.split_once('=').context("max-age")?;
        assert!(policy.contains(&format!("AccessControlMaxAgeSec: {seconds}, Override: true")));
        Ok(())
    }

    #[test]
    fn what_hosts_are_told_is_current() -> Result<()> {
        for made in MADE {
            let text = read(&root().join(made.path))?;
            let is_current = text == (made.make)(&text)?;
            assert!(is_current, "`cargo xtask hosting` brings {} up to date", made.path);
        }
        Ok(())
    }
}
