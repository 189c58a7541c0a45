//! Sentences by language.

/// Declares an app's fixed sentences, each a function of the language: the one place that knows
/// which languages a sentence needs.
#[macro_export]
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident: $english:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(language: ::domain::text::Language) -> &'static str {
            match language {
                ::domain::text::Language::English => $english,
            }
        }
    )*};
}

sentences! {
    /// Sends the same command again.
    try_again: "Try again";
    /// Takes a notice away.
    dismiss: "Dismiss";
    /// Updates arrive.
    live: "Live";
    /// Updates do not arrive at the moment.
    reconnecting: "Reconnecting";
    /// Updates have not arrived for long.
    offline: "Offline";
}
