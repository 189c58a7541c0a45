//! What is too long for a screen that is read from ten metres.

/// An address as people type it: without scheme, parameters and the last slash.
pub(crate) fn address(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    &rest[..end]
}

/// A name as it fits, and into which of the `rooms`, each larger than the one before: whole if it
/// fits the first; `Maximilian P.` or `Maximilian` before letters become too small; cut where
/// nothing helps. `width` is how wide a text is.
pub(crate) fn name(name: &str, rooms: &[f64], width: impl Fn(&str) -> f64) -> (String, usize) {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let initial = words.last().and_then(|last| last.chars().next());
    let with_initial = initial.map(|initial| [first, " ", &initial.to_string(), "."].concat());
    let forms = [Some(name), with_initial.as_deref(), Some(first)];
    for (size, room) in rooms.iter().enumerate() {
        // At full size nothing is shortened: the next smaller one is tried first.
        let tried = if size == 0 && rooms.len() > 1 { &forms[..1] } else { &forms };
        if let Some(form) = tried.iter().flatten().find(|form| width(form) <= *room) {
            return ((*form).to_owned(), size);
        }
    }
    let size = rooms.len().saturating_sub(1);
    let room = rooms.last().copied().unwrap_or_default();
    (cut(first, |text| width(text) <= room), size)
}

/// The beginning of a word, one letter at least.
fn cut(word: &str, fits: impl Fn(&str) -> bool) -> String {
    let mut start = word.to_owned();
    loop {
        start.pop();
        let cut = [start.trim_end_matches(['-', '\'', '.']), "…"].concat();
        if fits(&cut) || start.chars().nth(1).is_none() {
            return cut;
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
    fn names_are_whole_where_they_fit_and_keep_what_is_called_out() {
        let width = |text: &str| text.chars().count() as f64;
        for (given, shown, size) in [
            ("Ada", "Ada", 0),
            ("Maximilian", "Maximilian", 0),
            ("Maria Clara", "Maria Clara", 1),
            ("Maximilian Papadopoulos", "Maximilian P.", 1),
            ("Anastasia-Ma Li", "Anastasia-Ma", 1),
            ("Bartholomew-James Smith", "Bartholomew-James", 2),
            ("Bartholomew-Jameson", "Bartholomew-Jame…", 2),
            ("Wolfeschlegelsteinhausen", "Wolfeschlegelste…", 2),
            ("", "", 0),
        ] {
            let shortened = name(given, &[10.0, 13.0, 17.0], width);
            assert_eq!(shortened, (shown.to_owned(), size), "{given}");
        }
        assert_eq!(name("Ada Lovelace", &[6.0], width).0, "Ada L.");
        assert_eq!(name("Ada", &[0.0], width).0, "A…");
    }
}
