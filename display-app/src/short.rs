//! What is too long for a screen that is read from ten metres.

/// An address as people type it: without scheme, parameters and the last slash.
pub(crate) fn address(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    &rest[..end]
}

/// Whether an address leads nowhere but to this very computer.
pub(crate) fn is_loopback(url: &str) -> bool {
    let address = address(url);
    let authority = address.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.ends_with(".localhost") || host == "::1" || host.starts_with("127.")
}

/// A name in `most` characters: `Maximilian P.` for `Maximilian Papadopoulos`, or its beginning.
pub(crate) fn name(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let initial = words.last().and_then(|last| last.chars().next());
    match initial {
        Some(initial) if first.chars().count() + 3 <= most => {
            [first, " ", &initial.to_string(), "."].concat()
        }
        Some(_) if first.chars().count() <= most => first.to_owned(),
        Some(_) | None => {
            let mut start: String = first.chars().take(most.saturating_sub(1)).collect();
            start.push('…');
            start
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_as_they_are_typed() {
        for (url, shown) in [
            (
                "http://192.168.1.23:8080/order/?bar=espresso&code=7K3MA9XQ2B",
                "192.168.1.23:8080/order/",
            ),
            ("https://coffee.example/order/?bar=a", "coffee.example/order/"),
            ("coffee.example", "coffee.example"),
        ] {
            assert_eq!(address(url), shown);
        }
    }

    #[test]
    fn an_address_of_this_computer_only_is_told() {
        for (url, loopback) in [
            ("http://127.0.0.1:8080/order/?bar=espresso", true),
            ("http://localhost:8080/order/", true),
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

    #[test]
    fn long_names_keep_what_is_called_out() {
        for (given, shown) in [
            ("Ada", "Ada"),
            ("Maximilian Papadopoulos", "Maximilian P."),
            ("Bartholomew-James Smith", "Bartholomew-…"),
            ("Anastasia-Ma Li", "Anastasia-Ma"),
            ("Wolfeschlegelsteinhausen", "Wolfeschlege…"),
        ] {
            let shortened = name(given, 13);
            assert_eq!(shortened, shown);
            assert!(shortened.chars().count() <= 13);
        }
    }
}
