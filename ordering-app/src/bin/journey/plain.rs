//! What is shown when there is no journey to show, and the way back.

use domain::text;
use domain::view::BarView;
use domain::{Code, text::Language};
use leptos::prelude::*;
use ui::element::{Element, div, element, live, p};
use ui::{Fault, language, language_switch};

use crate::page::link;
use crate::reader::Reader;
use crate::words;

/// The address names no order.
pub(crate) fn without_order(reader: Reader) -> AnyView {
    alone(reader, "no-order", words::no_order, words::no_order_next)
}

/// Nobody is signed in on this device.
pub(crate) fn signed_out(reader: Reader) -> AnyView {
    let next = match reader {
        Reader::Guest => words::no_guest,
        Reader::Staff => words::no_staff,
    };
    let title = |language| text::refusal_title(language, Code::NoSession);
    alone(reader, Code::NoSession.as_str(), title, next)
}

/// The server does not tell.
pub(crate) fn refused(reader: Reader, fault: &Fault) -> AnyView {
    let (language, code) = (language::current(), fault.code());
    let next = match code == Code::NoSuchOrder {
        true => words::no_order_next(language),
        false => text::refusal_next(language, code),
    };
    let title = text::refusal_title(language, code);
    said(code.as_str(), title, &fault.sentence(language), next).child(home(reader)).done()
}

fn alone(
    reader: Reader,
    code: &'static str,
    title: fn(Language) -> &'static str,
    next: fn(Language) -> &'static str,
) -> AnyView {
    let head = div("head").attr("role", "banner").child(language_switch());
    let main = element("MAIN", "journey").child(live(move || {
        let language = language::current();
        said(code, title(language), "", next(language)).child(home(reader)).done()
    }));
    div("page").child(head).child(main).done()
}

fn said(code: &'static str, title: &str, sentence: &str, next: &str) -> Element {
    let sentence = (!sentence.is_empty()).then(|| p("").text(sentence));
    div("card refusal")
        .testid("refusal")
        .attr("data-code", code)
        .child(element("H1", "").text(title))
        .children(sentence)
        .child(p("muted").text(next))
}

/// The way to where readers come from.
fn home(reader: Reader) -> Element {
    let language = language::current();
    let words = match reader {
        Reader::Guest => words::to_ordering(language),
        Reader::Staff => words::to_desk(language),
    };
    link("button", reader.app().to_owned()).testid("home").text(words)
}

/// The way back to the same bar.
pub(crate) fn way_back(reader: Reader, bar: &BarView) -> Element {
    let language = language::current();
    let words = match reader {
        Reader::Guest => words::back_to_order(language),
        Reader::Staff => words::back_to_desk(language),
    };
    let to = [reader.app(), "?bar=", bar.bar.as_str()].concat();
    link("button quiet way-back", to).testid("back").text(words)
}
