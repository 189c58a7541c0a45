//! How to order: the code to scan, or why there is none and until when.

use domain::text::{self, Details};
use domain::view::{CodeView, Refusal};
use domain::{Code, Timestamp, spelling};
use leptos::prelude::*;
use ui::element::{Element, div, element, p, span};
use ui::language;

use crate::updates::Views;
use crate::{qr, short, words};

/// The left side of the screen.
pub(crate) fn invitation(views: Views) -> AnyView {
    div("invitation")
        .attr("role", "region")
        .attr("aria-live", "polite")
        .live(move || views.code.view().with(|code| how(views, code.as_ref())))
        .done()
}

fn how(views: Views, code: Option<&CodeView>) -> AnyView {
    match code {
        Some(code) if code.accepting => scan(views, code),
        Some(code) => no_orders(views, reason(code)),
        None => ().into_any(),
    }
}

fn reason(code: &CodeView) -> Refusal {
    // The contract sends one whenever orders are not accepted.
    code.refusal.unwrap_or(Refusal { code: Code::BarClosed, retry_at: None })
}

/// The code, its address, what is left of it.
fn scan(views: Views, code: &CodeView) -> AnyView {
    let language = language::current();
    let only_here =
        short::is_loopback(&code.url).then(|| p("only-here").text(words::only_here(language)));
    let drinks = if code.uses_left == 1 {
        words::drink_left(language)
    } else {
        words::drinks_left(language)
    };
    let uses_left = span("number").testid("uses-left").text(code.uses_left.to_string());
    let closes_in = countdown(views, code.closes_at).testid("closes-in");
    let left = p("what-is-left")
        .child(span("left").child(uses_left).text([" ", drinks].concat()))
        .child(span("left").text([words::new_code_in(language), " "].concat()).child(closes_in));
    let typed = p("short-code number").testid("short-code").text(spelling::in_groups(&code.code));
    div("scan")
        .child(element("H1", "").text(words::scan(language)))
        .child(span("qr-place").inner_html(qr::svg(&code.url, words::qr(language))))
        .child(address(&code.url))
        .children(only_here)
        .child(typed)
        .child(left)
        .done()
}

/// An address that is broken after its slashes, where it has to be.
fn address(url: &str) -> Element {
    short::address(url)
        .split_inclusive('/')
        .fold(p("address"), |line, part| line.text(part).child(element("WBR", "")))
}

fn countdown(views: Views, at: Timestamp) -> Element {
    span("number").live_text(move || text::clock(at.millis_since(views.clock.now()).div_ceil(1000)))
}

/// Why nobody can order now.
fn no_orders(views: Views, refusal: Refusal) -> AnyView {
    let language = language::current();
    let Refusal { code, retry_at } = refusal;
    let remark = views.bar.view().with(|bar| bar.as_ref()?.reason.clone());
    let remark = remark.filter(|_| code == Code::BarPaused).map(|said| p("remark").text(said));
    let again = if code == Code::CodeUsedUp {
        words::next_code_in(language)
    } else {
        words::again_in(language)
    };
    let until = match retry_at.filter(|at| *at > views.clock.now_untracked()) {
        Some(at) => p("until").text([again, " "].concat()).child(countdown(views, at)),
        None => p("until").text(text::refusal_next(language, code)),
    };
    div("no-orders")
        .testid("no-orders")
        .attr("data-code", code.as_str())
        .child(span("no-orders-mark").attr("data-code", code.as_str()))
        .child(element("H1", "").text(text::refusal_title(language, code)))
        .child(p("").text(text::refusal(language, code, Details::default())))
        .children(remark)
        .child(until)
        .done()
}
