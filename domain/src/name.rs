//! The name that is called out when a drink is ready.

use crate::mistake::Mistake;

/// How many characters a name to call may have.
pub const LONGEST: usize = 40;

/// What somebody typed or pasted, as a name that can be called out: it is never refused, because
/// nobody looks at what they have just typed. None when nothing is left.
pub fn typed(text: &str) -> Option<String> {
    let plain = text.replace(char::is_control, " ");
    let name: String = plain.trim().chars().take(LONGEST).collect();
    tidy(&name).ok().flatten()
}

/// A name as it is kept: without space around it. `Ok(None)` when nothing is left; the mistake
/// when it cannot be called out.
pub fn tidy(name: &str) -> Result<Option<String>, Mistake> {
    let name = name.trim();
    if name.chars().count() > LONGEST {
        return Err(Mistake::TooLongToCall);
    }
    if name.chars().any(char::is_control) {
        return Err(Mistake::NoPlainName);
    }
    Ok((!name.is_empty()).then(|| name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_can_be_called_out() {
        let longest = "W".repeat(LONGEST);
        let (longest, shorter) = (longest.as_str(), &longest[1..]);
        let too_long = [longest, "W"].concat();
        let with_a_gap = [shorter, " and more"].concat();
        for (text, name) in [
            ("", None),
            (" \t ", None),
            ("  Ada ", Some("Ada")),
            ("Ada\tL.\u{7}", Some("Ada L.")),
            ("\u{85}עדה", Some("עדה")),
            ("👩🏽‍🚀 Ada 🎉", Some("👩🏽‍🚀 Ada 🎉")),
            (longest, Some(longest)),
            (&too_long, Some(longest)),
            (&with_a_gap, Some(shorter)),
        ] {
            let kept = typed(text);
            assert_eq!(kept.as_deref(), name, "{text:?}");
            assert_eq!(tidy(kept.as_deref().unwrap_or_default()), Ok(kept), "{text:?}");
        }
    }
}
