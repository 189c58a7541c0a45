use domain::view::{BarStatus, BarView, OrderView, Refusal};
use domain::{Code, Menu, Slug, Timestamp};

use super::*;
use crate::refused::Next;
use crate::samples::{bar, order};

fn visit(bar: BarView, order: Option<OrderView>) -> Visit {
    Visit { bar, order, bar_is_behind: false }
}

fn shown(visit: &Visit, draft: &Draft) -> Screen {
    let language = Language::English;
    screen(&Known { visit: Some(visit), draft, refused: None, language })
}

fn latte(menu: &Menu) -> Draft {
    let mut draft = Draft::default();
    let latte: Slug = "latte".parse().expect("a slug");
    draft.pick(menu, menu.drink(&latte).expect("a standard drink"));
    draft
}

#[test]
fn every_status_has_its_screen() {
    for (status, expected) in [
        (Status::Choosing, "drinks"),
        (Status::Placed, "waiting"),
        (Status::Making, "waiting"),
        (Status::Ready, "ready"),
        (Status::Collected, "collected"),
        (Status::Cancelled, "cancelled"),
        (Status::Expired, "expired"),
    ] {
        let visit = visit(bar(), Some(order(status)));
        assert_eq!(shown(&visit, &Draft::default()).name(), expected, "{status:?}");
    }
}

#[test]
fn a_running_order_is_shown_whatever_the_bar_does() {
    for (status, expected) in [(Status::Choosing, "drinks"), (Status::Making, "waiting")] {
        let closed = BarView { status: BarStatus::Closed, accepting: false, ..bar() };
        let visit = visit(closed, Some(order(status)));
        assert_eq!(shown(&visit, &Draft::default()).name(), expected);
    }
}

#[test]
fn nothing_is_shown_before_anything_is_known() {
    let draft = Draft::default();
    let unknown = Known { visit: None, draft: &draft, refused: None, language: Language::English };
    assert_eq!(screen(&unknown), Screen::Loading);
    assert_eq!(shown(&visit(bar(), None), &draft).name(), "welcome");
}

#[test]
fn a_bar_that_lets_nobody_in_says_why() {
    let at = Timestamp::from_seconds(90);
    let full = Refusal { code: Code::BarFull, retry_at: None };
    for (status, refusal, paused_until, code, retry_at) in [
        (BarStatus::Closed, None, None, Code::BarClosed, None),
        (BarStatus::Paused, None, Some(at), Code::BarPaused, Some(at)),
        (BarStatus::Open, Some(full), None, Code::BarFull, None),
    ] {
        let bar = BarView { status, accepting: false, refusal, paused_until, ..bar() };
        let Screen::Refused(refused) = shown(&visit(bar, None), &Draft::default()) else {
            panic!("{code:?} is not said");
        };
        assert_eq!((refused.code, refused.retry_at), (code, retry_at));
        assert_eq!(refused.next(), Next::Stay);
    }
}

#[test]
fn the_draft_leads_through_the_questions() {
    let visit = visit(bar(), Some(order(Status::Choosing)));
    let mut draft = latte(&Menu::standard());
    assert_eq!(shown(&visit, &draft).name(), "options");
    draft.question = Question::Confirm;
    assert_eq!(shown(&visit, &draft).name(), "confirm");
}

#[test]
fn what_sells_out_meanwhile_is_named() {
    let mut visit = visit(bar(), Some(order(Status::Choosing)));
    let mut menu = Menu::standard();
    let mut draft = latte(&menu);
    draft.question = Question::Confirm;
    menu.groups[0].options[0].available = false;
    visit.bar.menu = Some(menu.clone());
    let Screen::Refused(refused) = shown(&visit, &draft) else {
        panic!("whole milk is gone");
    };
    assert_eq!(refused.code, Code::SoldOut);
    assert_eq!(refused.item.as_deref(), Some("Whole"));
    draft.forget_sold_out(&menu);
    assert_eq!(shown(&visit, &draft).name(), "options");

    for drink in &mut menu.drinks {
        drink.available = false;
    }
    visit.bar.menu = Some(menu);
    draft.question = Question::Options;
    let Screen::Refused(refused) = shown(&visit, &draft) else {
        panic!("the latte is gone");
    };
    assert_eq!(refused.item.as_deref(), Some("Latte"));
}

#[test]
fn a_refusal_waits_for_the_guest_but_not_for_an_order_on_its_way() {
    let draft = Draft::default();
    let refused = Refused::plain(Code::CodeExpired);
    let known = |order| {
        screen(&Known {
            visit: Some(&visit(bar(), order)),
            draft: &draft,
            refused: Some(&refused),
            language: Language::English,
        })
    };
    let asked = Screen::Refused(refused.clone());
    assert_eq!(known(None), asked);
    assert_eq!(known(Some(order(Status::Choosing))), asked);
    assert_eq!(known(Some(order(Status::Placed))).name(), "waiting");
}
