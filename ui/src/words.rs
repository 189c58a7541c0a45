//! Sentences by language.

/// Declares an app's fixed sentences, in English and Portuguese, each a function of the language:
/// the one place that knows which languages a sentence needs.
#[macro_export]
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident: $english:literal, $portuguese:literal;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(language: ::domain::text::Language) -> &'static str {
            match language {
                ::domain::text::Language::English => $english,
                ::domain::text::Language::Portuguese => $portuguese,
            }
        }
    )*};
}

sentences! {
    /// Sends the same command again.
    try_again: "Try again", "Tentar de novo";
    /// Takes a notice away.
    dismiss: "Dismiss", "Dispensar";
    /// What the control for the language is called.
    language: "Language", "Idioma";
    /// Updates arrive.
    live: "Live", "Ao vivo";
    /// Updates do not arrive at the moment.
    reconnecting: "Reconnecting", "Reconectando";
    /// Updates have not arrived for long.
    offline: "Offline", "Sem conexão";
}
