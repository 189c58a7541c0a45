//! Slugs from names, so that nobody has to think of both.

/// The name in small letters without accents, everything else a dash: `Café com leite` is
/// `cafe-com-leite`. Empty when nothing of the name can be spelled so.
pub(crate) fn from_name(name: &str, longest: usize) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        match plain(letter) {
            Some(letter) => slug.push(letter),
            None if slug.is_empty() || slug.ends_with('-') => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(longest);
    slug.trim_end_matches('-').to_owned()
}

/// The same, with a number at its end where the slug is taken; `else_called` stands in for a name
/// that cannot be spelled.
pub(crate) fn fresh(
    name: &str,
    else_called: &str,
    longest: usize,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    // Room for a dash and a number.
    let slug = from_name(name, longest - 4);
    let slug = if slug.is_empty() { else_called.to_owned() } else { slug };
    if !is_taken(&slug) {
        return slug;
    }
    let numbered = (2..).map(|number: u32| format!("{slug}-{number}"));
    numbered.into_iter().find(|slug| !is_taken(slug)).unwrap_or(slug)
}

fn plain(letter: char) -> Option<char> {
    match letter {
        'a'..='z' | '0'..='9' => Some(letter),
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => Some('a'),
        'ç' => Some('c'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'í' | 'ì' | 'î' | 'ï' => Some('i'),
        'ñ' => Some('n'),
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' => Some('o'),
        'ú' | 'ù' | 'û' | 'ü' => Some('u'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (name, slug) in [
            ("Espresso Bar", "espresso-bar"),
            ("  Café com leite!", "cafe-com-leite"),
            ("Hall 2 / Foyer", "hall-2-foyer"),
            ("珈琲", ""),
        ] {
            assert_eq!(from_name(name, 40), slug);
            assert!(slug.is_empty() || slug.parse::<domain::Slug>().is_ok(), "{slug}");
        }
        assert_eq!(from_name("one two three", 8), "one-two");
    }

    #[test]
    fn a_slug_that_is_taken_gets_a_number() {
        let taken = ["latte", "latte-2", "drink"];
        let is_taken = |slug: &str| taken.contains(&slug);
        assert_eq!(fresh("Mocha", "drink", 40, is_taken), "mocha");
        assert_eq!(fresh("Latte", "drink", 40, is_taken), "latte-3");
        assert_eq!(fresh("珈琲", "drink", 40, is_taken), "drink-2");
    }
}
