//! The name that is called out when a drink is ready.

use crate::mistake::Mistake;

/// How many characters a name to call may have.
pub const LONGEST: usize = 40;

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
