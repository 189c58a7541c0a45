//! What can be asked, what can follow, and why not, by name: a variant that is missing here does
//! not compile.

use domain::{Command, Event, Rejection};

macro_rules! variants {
    ($all:ident, $name_of:ident: $of:ident { $($variant:ident)+ }) => {
        pub(crate) const $all: &[&str] = &[$(stringify!($variant)),+];

        pub(crate) fn $name_of(value: &$of) -> &'static str {
            match value {
                $($of::$variant { .. } => stringify!($variant),)+
            }
        }
    };
}

variants! {
    COMMANDS, command_name: Command {
        CreateBar OpenBar CloseBar PauseBar SetAvailability SetMenu SetLimits SetDetails
        StartDay CountTurnedAway RedeemCode TakeOrder Order
    }
}

variants! {
    EVENTS, event_name: Event {
        BarCreated BarOpened BarPaused BarClosed MenuChanged AvailabilityChanged LimitsChanged
        DetailsChanged DayStarted GuestsTurnedAway CodeRedeemed OrderPlaced OrderChanged
        OrderClaimed OrderReleased OrderCompleted OrderRecalled OrderCollected OrderReturned
        OrderCancelled OrderExpired
    }
}

variants! {
    REJECTIONS, rejection_name: Rejection {
        BarClosed BarPaused BarFull BarExists NoSuchBar NoSuchOrder LiveOrderExists DailyLimit
        CodeUnknown CodeExpired CodeUsedUp SoldOut Invalid WrongStatus Taken Changed
        CommandReused NotAllowed
    }
}
