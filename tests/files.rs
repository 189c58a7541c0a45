//! The three apps, out of the server itself.

use anyhow::{Context as _, Result, ensure};
use domain::api::AppConfig;
use hyper::Method;

use crate::bar::Bar;
use crate::http::Answer;

const APPS: [&str; 3] = ["order", "barista", "display"];

/// A GET of a browser that understands these encodings.
async fn get(bar: &Bar, path: &str, encodings: &str) -> Result<Answer> {
    let request = bar.http.request(Method::GET, path, None).header("accept-encoding", encodings);
    Ok(bar.http.send(request, "").await?)
}

#[tokio::test]
async fn every_app_has_its_page_and_all_that_the_page_asks_for() -> Result<()> {
    let bar = Bar::open().await?;
    for app in APPS {
        let page = get(&bar, &format!("/{app}/"), "identity").await?;
        ensure!(page.status == 200, "{app}: {page:?}");
        ensure!(page.header("content-type") == "text/html; charset=utf-8", "{:?}", page.headers);
        ensure!(page.header("cache-control").contains("no-"), "a page is not kept: {page:?}");
        let html = String::from_utf8(page.body.to_vec())?;
        ensure!(html.contains("lang="), "{app} says its language");
        let files = files_of(&html);
        ensure!(files.iter().any(|file| file.ends_with(".wasm")), "{app}: {files:?}");
        for file in files {
            ensure!(file.starts_with(&format!("/{app}/")), "{app} asks for {file}");
            let answer = get(&bar, &file, "identity").await?;
            ensure!(answer.status == 200 && !answer.body.is_empty(), "{file}: {}", answer.status);
            ensure!(answer.header("cache-control").contains("max-age=31536000"), "{file}");
            for (encoding, begins) in [("br", &b""[..]), ("gzip", b"\x1f\x8b")] {
                let small = get(&bar, &file, encoding).await?;
                ensure!(small.header("content-encoding") == encoding, "{file}: {encoding}");
                ensure!(small.body.len() < answer.body.len(), "{file} is no smaller in {encoding}");
                ensure!(small.body.starts_with(begins), "{file} in {encoding}");
                let kind = small.header("content-type");
                ensure!(kind == answer.header("content-type"), "{file}: {kind}");
                let wasm = file.ends_with(".wasm");
                ensure!(!wasm || kind == "application/wasm", "{file}: {kind}");
            }
            let tag = answer.header("etag").to_owned();
            let again = bar.http.request(Method::GET, &file, None).header("if-none-match", &tag);
            let again = bar.http.send(again.header("accept-encoding", "identity"), "").await?;
            ensure!(again.status == 304 && again.body.is_empty(), "{file}: {again:?}");
        }
        let missing = get(&bar, &format!("/{app}/no-such-file.js"), "identity").await?;
        ensure!(missing.status == 404, "{missing:?}");
    }
    Ok(())
}

/// What a page's own elements and its start script ask for.
fn files_of(html: &str) -> Vec<String> {
    let mut files: Vec<String> = html
        .split(['"', '\''])
        .filter(|text| text.starts_with('/') && text.contains('.'))
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

#[tokio::test]
async fn a_page_may_do_only_what_it_needs() -> Result<()> {
    let bar = Bar::open().await?;
    for app in APPS {
        let page = get(&bar, &format!("/{app}/"), "identity").await?;
        let policy = page.header("content-security-policy");
        let sources = |name: &str| -> Result<Vec<&str>> {
            let mut directives = policy.split(';').map(str::trim);
            let found = directives.find_map(|directive| directive.strip_prefix(name));
            Ok(found
                .with_context(|| format!("no {name} in {policy}"))?
                .split(' ')
                .skip(1)
                .collect())
        };
        ensure!(sources("default-src")? == ["'none'"], "{policy}");
        let scripts = sources("script-src")?;
        for source in &scripts {
            let known = ["'self'", "'wasm-unsafe-eval'"].contains(source);
            ensure!(known || source.starts_with("'sha256-"), "{source} in {policy}");
        }
        ensure!(scripts.len() > 2, "the start script is known by its hash: {policy}");
        ensure!(sources("style-src")? == ["'self'"], "{policy}");
        let config: AppConfig =
            get(&bar, &format!("/{app}/config.json"), "identity").await?.read()?;
        let live = config.live.trim_end_matches(domain::api::route::LIVE);
        ensure!(sources("connect-src")? == ["'self'", live], "{policy}");
        ensure!(page.header("x-content-type-options") == "nosniff", "{:?}", page.headers);
        ensure!(page.header("referrer-policy") == "no-referrer", "{:?}", page.headers);
    }
    Ok(())
}

#[tokio::test]
async fn config_json_says_where_everything_is() -> Result<()> {
    let bar = Bar::open().await?;
    for app in APPS {
        let answer = get(&bar, &format!("/{app}/config.json"), "identity").await?;
        ensure!(answer.status == 200 && answer.header("cache-control") == "no-store", "{answer:?}");
        let config: AppConfig = answer.read()?;
        let url = bar.server.url();
        ensure!(config.api == url, "{config:?}");
        ensure!(config.live == format!("{}/mqtt", url.replace("http:", "ws:")), "{config:?}");
        ensure!(config.order_url == format!("{url}/order/"), "{config:?}");
        ensure!(!config.version.is_empty(), "{config:?}");
        let code = bar.display().await?.code().await?;
        ensure!(
            code.url.starts_with(&format!("{}?bar=espresso&code=", config.order_url)),
            "{code:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn addresses_typed_by_hand_lead_to_the_pages() -> Result<()> {
    let bar = Bar::open().await?;
    for (typed, leads_to) in [
        ("/", "/order/"),
        ("/order?bar=espresso&code=X", "/order/?bar=espresso&code=X"),
        ("/barista", "/barista/"),
        ("/display?bar=espresso", "/display/?bar=espresso"),
    ] {
        let answer = get(&bar, typed, "identity").await?;
        ensure!(answer.status.is_redirection(), "{typed}: {answer:?}");
        ensure!(answer.header("location") == leads_to, "{typed}: {:?}", answer.headers);
    }
    for climb in ["/order/../barista/", "/order/%2e%2e/%2e%2e/etc/passwd", "/order/..%2fkey"] {
        let answer = get(&bar, climb, "identity").await?;
        ensure!(answer.status == 404, "{climb}: {answer:?}");
    }
    Ok(())
}
