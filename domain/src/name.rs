//! The name that is called out when a drink is ready.

/// How many characters a name to call may have.
pub const LONGEST: usize = 40;

/// A name as it is kept: without space around it. `Ok(None)` when nothing is left; an error, in
/// words that follow the field's name, when it cannot be called out.
pub fn tidy(name: &str) -> Result<Option<String>, &'static str> {
    let name = name.trim();
    if name.chars().count() > LONGEST {
        return Err("must be 40 characters at most");
    }
    if name.chars().any(char::is_control) {
        return Err("must be in plain characters");
    }
    Ok((!name.is_empty()).then(|| name.to_owned()))
}
