//! What can be wrong with one field of a request.

use std::fmt;

use crate::text::{self, Language};

/// A way in which a field does not make sense; its words, in every language, are in `text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mistake {
    /// It was not sent.
    Missing,
    /// No such field belongs here.
    Unknown,
    /// It is of another kind than it should be.
    Unreadable,
    /// It lies outside what the contract allows.
    OutOfRange,
    /// A count or a sequence number was asked for.
    NoWholeNumber,
    /// Words that are too long, none, or hold control characters.
    NoPlainWords,
    /// A name that is too long to be called out.
    TooLongToCall,
    /// A name that cannot be called out.
    NoPlainName,
    /// A menu's name that is empty or too long.
    NoMenuName,
    /// A number of seconds no drink or option takes.
    NoSeconds,
    /// A moment that has passed.
    NotInTheFuture,
    /// Not a time zone by its IANA name.
    NoTimeZone,
    /// Not tags of languages.
    NoLanguages,
    /// Not the id of an order.
    NoOrderId,
    /// Neither a drink nor an option of a group.
    NoItem,
    /// No reason, where the other side needs one.
    NoReason,
    /// The menu does not have it.
    NotOnTheMenu,
    /// This drink does not have that group.
    NotWithThisDrink,
    /// The group does not have that option.
    NoSuchOption,
    /// More than one answer where one is asked for.
    OneOptionOnly,
    /// No answer where one is needed.
    NoOption,
    /// The same thing named twice.
    Twice,
    /// Too few or too many drinks or groups.
    MenuSize,
    /// Too few or too many options.
    OptionCount,
    /// A drink with a group that the menu does not have.
    NoSuchGroup,
    /// A picture's name or a list of allergens that is too long.
    TooLong,
    /// A role that has no account.
    NoStaffRole,
    /// Not what somebody can sign in with.
    NoUsername,
    /// A name that is empty.
    NoName,
    /// A password that is too short or too long.
    PasswordLength,
    /// A password with a blank at its beginning or end, or of several lines.
    PasswordBlank,
    /// No bar, or too many of them.
    BarCount,
    /// A change that would leave nobody to run the house.
    LastLeader,
    /// Bars of which this organiser has no say over some.
    NotYourBars,
    /// A link for somebody other than a display.
    NoDisplay,
    /// Not what a webhook can be called.
    NoWebhookName,
    /// Not an address that events can be sent to.
    NoWebAddress,
    /// No kinds of events, or some that there are not.
    NoEventTypes,
    /// One more webhook than a bar may have.
    WebhookCount,
}

impl Mistake {
    /// Every mistake.
    pub const ALL: [Self; 39] = [
        Self::Missing,
        Self::Unknown,
        Self::Unreadable,
        Self::OutOfRange,
        Self::NoWholeNumber,
        Self::NoPlainWords,
        Self::TooLongToCall,
        Self::NoPlainName,
        Self::NoMenuName,
        Self::NoSeconds,
        Self::NotInTheFuture,
        Self::NoTimeZone,
        Self::NoLanguages,
        Self::NoOrderId,
        Self::NoItem,
        Self::NoReason,
        Self::NotOnTheMenu,
        Self::NotWithThisDrink,
        Self::NoSuchOption,
        Self::OneOptionOnly,
        Self::NoOption,
        Self::Twice,
        Self::MenuSize,
        Self::OptionCount,
        Self::NoSuchGroup,
        Self::TooLong,
        Self::NoStaffRole,
        Self::NoUsername,
        Self::NoName,
        Self::PasswordLength,
        Self::PasswordBlank,
        Self::BarCount,
        Self::LastLeader,
        Self::NotYourBars,
        Self::NoDisplay,
        Self::NoWebhookName,
        Self::NoWebAddress,
        Self::NoEventTypes,
        Self::WebhookCount,
    ];
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text::mistake(Language::English, *self))
    }
}
