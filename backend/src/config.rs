//! What the backend is told when it starts. Read once, by `main`; nothing else looks at flags or
//! the environment.

/// Settings that do not depend on where it runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where phones reach the server, without a slash at its end: `http://192.168.1.20:8080`.
    pub public_url: String,
    /// Other origins whose pages may use the API; none is the rule.
    pub allowed_origins: Vec<String>,
}

impl Settings {
    /// The address of the ordering app, as phones reach it.
    pub fn order_url(&self) -> String {
        format!("{}/order/", self.public_url)
    }
}
