//! The apps for hosts that only serve files: what is uploaded for CloudFront, and a folder that any
//! static host takes.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::hosting::table::{APPS, App, CONFIG, PAGE, caching, inline_scripts, media_type, policy};
use crate::precompress::WORTH_IT;
use crate::workspace::{dist, files_below, root};

/// Where the folder for any static host is, below the root.
pub(crate) const FOLDER: &str = "target/aws/apps";

/// Every file of the apps as a row of `files`: from where, under which key, and what a browser is
/// told. Where the function at the edge asks for `x.br`, there is one. What the pages may do goes
/// into `policy_file`, with `{live}` for where the live topics are.
pub(super) fn write_upload(files: &Path, policy_file: &Path) -> Result<()> {
    let mut rows = "file\tkey\ttype\tcaching\tencoding\n".to_owned();
    let mut row = |file: &str, key: &str, name: &str, encoding: &str| {
        let (kind, caching) = (media_type(name), caching(name));
        writeln!(rows, "{file}\t{key}\t{kind}\t{caching}\t{encoding}").expect("text is written");
    };
    let mut scripts = String::new();
    for app in &APPS {
        let key = |name: &str| format!("{}{name}", app.path.trim_start_matches('/'));
        for (name, file) in originals(app)? {
            let path = file.display().to_string();
            row(&path, &key(&name), &name, "");
            let small = format!("{path}.br");
            if Path::new(&small).is_file() {
                row(&small, &key(&format!("{name}.br")), &name, "br");
            } else if WORTH_IT.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
                row(&path, &key(&format!("{name}.br")), &name, "");
            }
        }
        row("", &key(CONFIG), CONFIG, "");
        scripts += &hashes(&fs::read_to_string(dist().join(app.folder).join(PAGE))?);
    }
    fs::write(files, rows).context("writing the list of files")?;
    fs::write(policy_file, policy(&scripts, "{live}")).context("writing the policy")
}

/// Where apps on another host find their backend.
pub(super) struct Config {
    api: String,
    live: String,
    order_url: String,
}

impl Config {
    /// From the environment; `cargo xtask aws url` says what belongs there.
    pub(super) fn read() -> Result<Self> {
        let read = |name: &str| {
            let value = std::env::var(format!("SERVERLESSPRESSO_{name}")).unwrap_or_default();
            ensure!(
                value.contains("://") && !value.contains(['"', '\\', ' ', ';', ',']),
                "SERVERLESSPRESSO_{name} must be set to an address; `cargo xtask aws url` tells it"
            );
            Ok(value)
        };
        Ok(Self { api: read("API")?, live: read("LIVE")?, order_url: read("ORDER_URL")? })
    }

    fn json(&self) -> String {
        let Self { api, live, order_url } = self;
        let version = env!("CARGO_PKG_VERSION");
        format!(
            "{{\"api\": \"{api}\", \"live\": \"{live}\", \"order_url\": \"{order_url}\", \
             \"version\": \"{version}\"}}\n"
        )
    }
}

/// A folder for any static host. Such a host may know no headers, and hashes change with each
/// build: so the policy is in the pages themselves.
pub(super) fn for_any_host(config: &Config) -> Result<()> {
    let folder = root().join(FOLDER);
    if folder.exists() {
        fs::remove_dir_all(&folder).context("removing the apps of before")?;
    }
    for app in &APPS {
        let to = folder.join(app.path.trim_matches('/'));
        fs::create_dir_all(&to)?;
        for (name, file) in originals(app)? {
            let to = to.join(&name);
            if name == PAGE {
                let page = fs::read_to_string(&file)?;
                fs::write(&to, with_policy(&page, config)?)?;
            } else {
                fs::copy(&file, &to).with_context(|| format!("copying {}", file.display()))?;
            }
        }
        fs::write(to.join(CONFIG), config.json())?;
    }
    eprintln!("    the apps are in {}", folder.display());
    Ok(())
}

/// The files as Trunk left them, by their names below the app's address.
fn originals(app: &App) -> Result<Vec<(String, PathBuf)>> {
    let folder = dist().join(app.folder);
    let files = files_below(&folder)?.into_iter().filter_map(|file| {
        let name = file.strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/");
        (!name.ends_with(".br") && !name.ends_with(".gz")).then_some((name, file))
    });
    Ok(files.collect())
}

/// `'sha256-…'` of each script inside the page, as the policy spells them.
fn hashes(page: &str) -> String {
    let hash = |script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
    inline_scripts(page).map(hash).collect()
}

fn with_policy(page: &str, config: &Config) -> Result<String> {
    let origin = |address: &str| {
        let path =
            address.find("://").and_then(|at| address[at + 3..].find('/').map(|it| at + 3 + it));
        address[..path.unwrap_or(address.len())].to_owned()
    };
    let elsewhere = format!("{} {}", origin(&config.api), origin(&config.live));
    let policy = policy(&hashes(page), &elsewhere);
    // Browsers take this one from a header only, and say so.
    let policy = policy.replace("; frame-ancestors 'none'", "");
    let (before, after) = page.split_once("<head>").context("a page has a head")?;
    let meta = format!(r#"<meta http-equiv="Content-Security-Policy" content="{policy}" />"#);
    Ok(format!("{before}<head>\n    {meta}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_for_any_host_carries_its_policy() -> Result<()> {
        let config = Config {
            api: "https://api.example".to_owned(),
            live: "wss://live.example/mqtt?name=x".to_owned(),
            order_url: "https://bar.example/order/".to_owned(),
        };
        let page = with_policy("<html><head>\n<script>a</script></head></html>", &config)?;
        let (head, _) = page.split_once("<script>").context("a script")?;
        assert!(
            head.contains("connect-src 'self' https://api.example wss://live.example;"),
            "{page}"
        );
        assert!(
            head.contains(&format!("'sha256-{}'", STANDARD.encode(Sha256::digest("a")))),
            "{page}"
        );
        assert!(!head.contains("frame-ancestors"), "{page}");
        let json: serde_json::Value = serde_json::from_str(&config.json())?;
        assert_eq!(json["live"], config.live);
        Ok(())
    }
}
