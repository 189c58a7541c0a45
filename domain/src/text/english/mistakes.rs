//! What is wrong with a field, in English: words that follow its name.

use crate::mistake::Mistake;

pub(in crate::text) fn mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::Missing => "is missing",
        Mistake::Unknown => "is nothing this request has",
        Mistake::Unreadable => "cannot be read",
        Mistake::OutOfRange => "is out of its range",
        Mistake::NoWholeNumber => "must be a whole number",
        Mistake::NoPlainWords => "must be 1 to 120 plain characters",
        Mistake::TooLongToCall => "must be 40 characters at most",
        Mistake::NoPlainName => "must be in plain characters",
        Mistake::NoMenuName => "must be 1 to 80 characters",
        Mistake::NoSeconds => "must be a number of seconds up to 86400",
        Mistake::NotInTheFuture => "must lie in the future",
        Mistake::NoTimeZone => "must be the name of a time zone such as `Europe/Berlin`",
        Mistake::NoLanguages => "must be language tags such as `en` or `pt-BR`",
        Mistake::NoOrderId => "must be the id of an order",
        Mistake::NoItem => "or `group` and `option` must be given",
        Mistake::NoReason => "is needed to cancel a drink that is being made",
        Mistake::NotOnTheMenu => "is not on the menu",
        Mistake::NotWithThisDrink => "does not go with this drink",
        Mistake::NoSuchOption => "has no such option",
        Mistake::OneOptionOnly => "takes one option only",
        Mistake::NoOption => "needs an option",
        Mistake::Twice => "names the same thing twice",
        Mistake::MenuSize => "must hold 1 to 100 drinks and up to 100 groups",
        Mistake::OptionCount => "must hold 1 to 100 options",
        Mistake::NoSuchGroup => "names a group that the menu does not have",
        Mistake::TooLong => "or the allergens are too long",
        Mistake::NoStaffRole => "must be barista, display or organiser",
        Mistake::NoUsername => "must be 1 to 32 characters of a-z, 0-9 and -",
        Mistake::NoName => "must not be empty",
        Mistake::PasswordLength => "must be 8 to 128 characters",
        Mistake::PasswordBlank => "must be one line, with no blank at either end",
        Mistake::BarCount => "must be 1 to 32 bars; without the field it is all",
        Mistake::LastLeader => "must stay: nobody else with a password runs all bars",
        Mistake::NotYourBars => "must be among your own bars",
        Mistake::NoDisplay => "must be display: everybody else signs in by password",
    }
}
