//! What this phone knows: the bar, and the guest's own order there.

use domain::view::{Applied, BarStatus, BarView, OrderView, Refusal};
use domain::{Code, Timestamp};
use ui::feed::Dated;

use crate::refused::Refused;

/// A bar as its guest sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visit {
    /// The bar, always with a menu.
    pub(crate) bar: BarView,
    /// The guest's order, until its end has been seen and dismissed.
    pub(crate) order: Option<OrderView>,
    /// Whether something about the bar may have been missed, so that it must be fetched even
    /// while the order is what counts.
    pub(crate) bar_is_behind: bool,
}

impl Visit {
    /// The order, while it is on its way.
    pub(crate) fn live_order(&self) -> Option<&OrderView> {
        self.order.as_ref().filter(|order| order.status.is_live())
    }

    /// When the bar's answer to "may I come in" changes by itself, if that is known.
    pub(crate) fn opens_at(&self) -> Option<Timestamp> {
        Refused::of_bar(&self.bar).and_then(|refused| refused.retry_at)
    }

    /// Takes in the bar's status. Live messages come without the menu: when it has changed, the
    /// bar has to be fetched.
    pub(crate) fn hear_bar(&mut self, heard: &BarView) -> Applied {
        let applied = self.bar.apply(heard);
        self.bar_is_behind |= applied == Applied::Gap;
        applied
    }

    /// Takes in an order of this guest: the one shown, or one begun elsewhere.
    pub(crate) fn hear_order(&mut self, heard: &OrderView) -> Applied {
        match &mut self.order {
            Some(mine) if mine.order == heard.order => mine.apply(heard),
            Some(mine) if mine.status.is_live() => Applied::Stale,
            Some(_) | None if heard.bar == self.bar.bar && heard.status.is_live() => {
                self.order = Some(heard.clone());
                Applied::Yes
            }
            Some(_) | None => Applied::Stale,
        }
    }

    /// Takes in that the bar has just let nobody in: that is newer than its last status.
    pub(crate) fn hear_refusal(&mut self, code: Code, retry_at: Option<Timestamp>) -> Applied {
        self.bar.accepting = false;
        self.bar.refusal = Some(Refusal { code, retry_at });
        if code == Code::BarClosed {
            self.bar.status = BarStatus::Closed;
        } else if code == Code::BarPaused {
            self.bar.status = BarStatus::Paused;
            self.bar.paused_until = retry_at;
        }
        Applied::Yes
    }

    /// The guest has seen how the order ended.
    pub(crate) fn dismiss(&mut self) -> Applied {
        self.order = None;
        Applied::Yes
    }

    /// Something may have been missed.
    pub(crate) fn fall_behind(&mut self) -> Applied {
        self.bar_is_behind = true;
        Applied::Gap
    }
}

impl Dated for Visit {
    fn now(&self) -> Timestamp {
        let order = self.order.as_ref().map(|order| order.now);
        order.map_or(self.bar.now, |order| order.max(self.bar.now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{bar, order};
    use domain::Status;

    fn visit(order: Option<OrderView>) -> Visit {
        Visit { bar: bar(), order, bar_is_behind: false }
    }

    #[test]
    fn a_changed_menu_has_to_be_fetched() {
        let mut visit = visit(None);
        let mut heard = BarView { menu: None, seq: 2, wait_seconds: 180, ..bar() };
        assert_eq!(visit.hear_bar(&heard), Applied::Yes);
        assert_eq!(visit.bar.wait_seconds, 180);
        assert!(visit.bar.menu.is_some() && !visit.bar_is_behind);
        assert_eq!(visit.hear_bar(&bar()), Applied::Stale);
        heard.seq = 3;
        heard.menu_seq = 3;
        assert_eq!(visit.hear_bar(&heard), Applied::Gap);
        assert!(visit.bar_is_behind);
    }

    #[test]
    fn an_order_gives_way_to_another_only_when_it_is_over() {
        let other = |status| OrderView {
            order: "espresso.00000000".parse().expect("an order id"),
            ..order(status)
        };
        for (mine, heard, applied) in [
            (None, other(Status::Placed), Applied::Yes),
            (None, other(Status::Collected), Applied::Stale),
            (Some(Status::Making), other(Status::Placed), Applied::Stale),
            (Some(Status::Collected), other(Status::Placed), Applied::Yes),
        ] {
            let mut visit = visit(mine.map(order));
            assert_eq!(visit.hear_order(&heard), applied, "{mine:?}");
        }
        let elsewhere =
            OrderView { bar: "hall-2".parse().expect("a slug"), ..other(Status::Placed) };
        assert_eq!(visit(None).hear_order(&elsewhere), Applied::Stale);
    }

    #[test]
    fn a_drink_brought_back_is_ready_again() {
        let mut visit = visit(Some(order(Status::Collected)));
        let returned = OrderView { version: 2, ..order(Status::Ready) };
        assert_eq!(visit.hear_order(&returned), Applied::Yes);
        assert_eq!(visit.hear_order(&order(Status::Making)), Applied::Stale);
        assert!(visit.live_order().is_some());
    }

    #[test]
    fn a_refusal_is_newer_than_the_last_status() {
        let mut visit = visit(None);
        let until = Timestamp::from_seconds(90);
        visit.hear_refusal(Code::BarPaused, Some(until));
        assert_eq!(visit.opens_at(), Some(until));
        assert_eq!(visit.bar.status, BarStatus::Paused);
        visit.hear_bar(&BarView { seq: 2, ..bar() });
        assert_eq!(visit.opens_at(), None);
    }
}
