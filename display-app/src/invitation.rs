//! How to order: the code to scan, or why there is none and until when.

use domain::address::is_loopback;
use domain::text::{self, Details};
use domain::{Code, Timestamp, spelling};
use leptos::prelude::*;
use ui::element::{Element, div, element, p, span};
use ui::{language, qr};

use crate::scene::{Scene, scene};
use crate::updates::Views;
use crate::{short, words};

/// The part of the screen that invites to order. It is drawn anew when the scene changes, not
/// when a drink less is left.
pub(crate) fn invitation(views: Views) -> AnyView {
    let scene = Memo::new(move |_| {
        let now = views.clock.now();
        views
            .code
            .view()
            .with(|code| views.bar.view().with(|bar| scene(code.as_ref(), bar.as_ref(), now)))
    });
    div("invitation")
        .attr("role", "region")
        .attr("aria-live", "polite")
        .live_attr("data-code", move || match scene.get() {
            Scene::NoOrders { code, .. } => Some(code.as_str().to_owned()),
            Scene::Unknown | Scene::Scan { .. } => None,
        })
        .live(move || match scene.get() {
            Scene::Unknown => ().into_any(),
            Scene::Scan { url, code } => scan(views, &url, &code),
            Scene::NoOrders { code, until, remark } => no_orders(views, code, until, remark),
        })
        .done()
}

/// The code, its address, what is left of it.
fn scan(views: Views, url: &str, code: &str) -> AnyView {
    let language = language::current();
    let is_local = is_loopback(url);
    let only_here = is_local.then(|| p("only-here").text(words::only_here(language)));
    let left =
        move || views.code.view().with(|code| code.as_ref().map_or(0, |code| code.uses_left));
    let drinks = move || match left() {
        1 => words::drink_left(language).to_owned(),
        _ => words::drinks_left(language).to_owned(),
    };
    let closes_at = move || views.code.view().with(|code| code.as_ref().map(|code| code.closes_at));
    let uses_left = span("number").testid("uses-left").live_text(move || left().to_string());
    let closes_in = countdown(views, closes_at).testid("closes-in");
    let left = p("what-is-left")
        .child(span("left").child(uses_left).text(" ").live_text(drinks))
        .child(span("left").text([words::new_code_in(language), " "].concat()).child(closes_in));
    let typed = p("short-code number").testid("short-code").text(spelling::in_groups(code));
    div(if is_local { "scan local" } else { "scan" })
        .child(element("H1", "").text(words::scan(language)))
        .child(span("qr-place").inner_html(qr::svg(url, words::qr(language))))
        .child(address(url))
        .children(only_here)
        .child(typed)
        .child(left)
        .done()
}

/// An address that is broken before its port or after its slashes, where it has to be.
fn address(url: &str) -> Element {
    short::address(url)
        .split_inclusive(['/', ':'])
        .fold(p("address"), |line, part| line.text(part).child(element("WBR", "")))
}

/// The time until then, by the server's clock; with hours it is longer than what one has to wait
/// for as a rule.
fn countdown(
    views: Views,
    until: impl Fn() -> Option<Timestamp> + Copy + Send + 'static,
) -> Element {
    let left = move || {
        let now = views.clock.now();
        until().map_or(0, |until| until.millis_since(now).div_ceil(1000))
    };
    span("number")
        .live_attr("data-hours", move || (left() >= 3600).then(String::new))
        .live_text(move || text::clock(left()))
}

/// Letters of a remark that make four lines.
const LONG: usize = 60;

/// Why nobody can order now, in the barista's own words if there are any, and until when.
fn no_orders(
    views: Views,
    code: Code,
    until: Option<Timestamp>,
    remark: Option<String>,
) -> AnyView {
    let language = language::current();
    let again = if code == Code::CodeUsedUp {
        words::next_code_in(language)
    } else {
        words::again_in(language)
    };
    let until = match until {
        Some(at) => p("until")
            .child(span("").text(again))
            .text(" ")
            .child(countdown(views, move || Some(at)).testid("retry-at")),
        None => p("until").text(text::refusal_next(language, code)),
    };
    let is_long = remark.as_ref().is_some_and(|said| said.chars().count() > LONG);
    let why = match remark {
        Some(said) => p("remark").text(said),
        None => p("").text(text::refusal(language, code, Details::default())),
    };
    div(if is_long { "no-orders long" } else { "no-orders" })
        .testid("no-orders")
        .attr("data-code", code.as_str())
        .child(span("no-orders-mark"))
        .child(element("H1", "").text(text::refusal_title(language, code)))
        .child(why)
        .child(until)
        .done()
}
