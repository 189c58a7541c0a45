//! Every connection is an open file, and systems hand out few to begin with: 1,024 is usual, 256
//! on a Mac, where a hall full of phones needs thousands.

/// Allows this process as many as its owner may have. What cannot be had is done without.
#[cfg(unix)]
pub(super) fn allow_many() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// What macOS grants at most, however much it says.
    const GRANTED_EVERYWHERE: u64 = 10_240;

    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raise = |current| setrlimit(Resource::Nofile, Rlimit { current, maximum });
    let raised = raise(maximum).or_else(|_| raise(Some(GRANTED_EVERYWHERE)));
    if raised.is_err() {
        tracing::warn!(?current, "no more connections than the system allows to begin with");
    }
}

/// Other systems do not count.
#[cfg(not(unix))]
pub(super) fn allow_many() {}
