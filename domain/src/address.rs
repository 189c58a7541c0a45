//! What an address tells about who can reach it.

/// Whether an address leads nowhere but to this very computer: no phone and no display can open it.
pub fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.ends_with(".localhost") || host == "::1" || host.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_computer_only_is_told() {
        for (url, loopback) in [
            ("http://127.0.0.1:8080/order/?bar=espresso", true),
            ("http://localhost:8080/order/", true),
            ("http://localhost?bar=espresso", true),
            ("http://[::1]:8080/order/", true),
            ("http://bar.localhost/order/", true),
            ("http://192.168.1.23:8080/order/", false),
            ("http://localhost.example/order/", false),
            ("https://coffee.example/127.0.0.1", false),
            ("http://[fe80::1]/order/", false),
        ] {
            assert_eq!(is_loopback(url), loopback, "{url}");
        }
    }
}
