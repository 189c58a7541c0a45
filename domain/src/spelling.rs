//! How a code is written for people, and how what they type is read.

/// Characters a group of a written code holds: what one remembers while looking down to type.
const GROUP: usize = 4;

/// The code in groups, for reading from a screen: `7K3M A9XQ 2B`.
pub fn in_groups(code: &str) -> String {
    let mut groups = String::with_capacity(code.len() + code.len() / GROUP);
    for (index, character) in code.chars().enumerate() {
        if index > 0 && index.is_multiple_of(GROUP) {
            groups.push(' ');
        }
        groups.push(character);
    }
    groups
}

/// The code or link in what somebody typed: spaces, dashes and the like left out, in upper case.
/// Of a pasted address it is the part behind the last `=`.
pub fn from_typing(text: &str) -> String {
    let code = text.rsplit_once('=').map_or(text, |(_, code)| code);
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_in_groups_and_read_from_any_typing() {
        for (code, shown) in [
            ("", ""),
            ("7K3M", "7K3M"),
            ("7K3MA9XQ2B", "7K3M A9XQ 2B"),
            ("7K3MA9XQ2B4Z", "7K3M A9XQ 2B4Z"),
        ] {
            assert_eq!(in_groups(code), shown);
            assert_eq!(from_typing(&in_groups(code)), code);
        }
        for typed in [
            "7k3m-a9xq-2b",
            " 7K3M.A9XQ 2B ",
            "7k3ma9xq2b",
            "http://192.168.1.23:8080/order/?bar=espresso&code=7K3MA9XQ2B",
            "http://192.168.1.23:8080/display/#link=7k3ma9xq2b",
        ] {
            assert_eq!(from_typing(typed), "7K3MA9XQ2B", "{typed}");
        }
    }
}
