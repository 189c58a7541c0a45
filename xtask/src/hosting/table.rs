//! Where the apps are, what their addresses lead to, and what a browser is told about their files:
//! one table for every host.
//!
//! It knows no crate. The laptop's server and the stand-in's front door are compiled with it as it
//! is; for hosts that are configured, `cargo xtask hosting` writes down what it says.

/// One app: its files, its address, and what its page answers for.
pub(crate) struct App {
    /// Its folder in `dist`.
    pub(crate) folder: &'static str,
    /// What its addresses begin with. The page is there; without the last slash, the way to it.
    pub(crate) path: &'static str,
    pub(crate) page: Page,
}

/// What an app's page answers for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// Its own address alone.
    One,
    /// Every address below its own that is not a file's: the page itself knows what to show there.
    Many,
}

pub(crate) const APPS: [App; 5] = [
    App { folder: "order", path: "/order/", page: Page::One },
    App { folder: "journey", path: "/order/journey/", page: Page::One },
    App { folder: "barista", path: "/barista/", page: Page::One },
    App { folder: "manage", path: "/barista/manage/", page: Page::Many },
    App { folder: "display", path: "/display/", page: Page::One },
];

/// Where `/` leads.
pub(crate) const START: &str = "/order/";

/// The file that is an app's page.
pub(crate) const PAGE: &str = "index.html";

/// Where an app finds its backend. Every app has one of its own, made by the host.
pub(crate) const CONFIG: &str = "config.json";

impl App {
    /// Whether the page is the answer to `name` below its address, where there is no such file. A
    /// name with a dot is a file's: somebody with an old page must not be sent a page for a program.
    pub(crate) fn answers_for(&self, name: &str) -> bool {
        match self.page {
            Page::One => false,
            Page::Many => !name.contains('.'),
        }
    }
}

/// How long a browser may keep the file: for good where another content has another name.
pub(crate) fn caching(name: &str) -> &'static str {
    if name.ends_with(CONFIG) {
        "no-store"
    } else if is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether Trunk put a hash of the content into the name, as in `style-1b8185d52f877c1.css` and
/// `app-dd261a76424f04ff_bg.wasm`: it writes 16 hexadecimal digits less leading zeros.
fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit('/').next().and_then(|name| name.split('.').next());
    let stem = stem.map(|stem| stem.strip_suffix("_bg").unwrap_or(stem));
    let hash = stem.and_then(|stem| stem.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| {
        (10..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// What the file is, by the end of its name.
pub(crate) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// What goes with every answer, beside the policy.
// No Cross-Origin-Opener-Policy: browsers complain about it on every plain-http address.
pub(crate) const HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)"),
];

/// What a page may do (`content-security-policy`): `scripts` are the hashes of the scripts inside
/// it, each as ` 'sha256-…'`; `elsewhere` is where it may connect to besides its own origin.
pub(crate) fn policy(scripts: &str, elsewhere: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
         img-src 'self' data:; connect-src 'self' {elsewhere}; manifest-src 'self'; \
         worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// What stands between the tags of each script without a `src`: these bytes are what a browser
/// hashes.
pub(crate) fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!attributes.contains("src=")).then_some(script)
    })
}
