//! Elements of one kind: a tag, attributes, children.
//!
//! To `view!` every tag, every attribute and every kind of value is a type of its own, each some
//! thousand bytes of a phone's download. Here all of them share four: texts and closures that
//! yield text, as attributes and as children. Leptos draws and updates them like any other view,
//! and the two mix freely.

use std::sync::{Arc, Mutex};

use leptos::ev::{Custom, on};
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::element::inner_html;
use web_sys::Event;

/// An element in the making; [`Element::done`] makes a view of it.
#[must_use]
pub struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// What Leptos runs again when a signal it read has changed.
type Live<T> = Arc<Mutex<dyn FnMut() -> T + Send>>;

/// An element by its tag. In capitals, as browsers name it: Leptos compares, and keeps an element
/// that is still the same.
pub fn element(tag: &'static str, class: &'static str) -> Element {
    let element = Element { tag, attributes: Vec::new(), children: Vec::new() };
    if class.is_empty() { element } else { element.attr("class", class) }
}

/// `<div>`
pub fn div(class: &'static str) -> Element {
    element("DIV", class)
}

/// `<p>`
pub fn p(class: &'static str) -> Element {
    element("P", class)
}

/// `<span>`
pub fn span(class: &'static str) -> Element {
    element("SPAN", class)
}

/// `<button type="button">`, and what it does.
pub fn button(class: &'static str, press: impl FnMut() + 'static) -> Element {
    let mut press = press;
    element("BUTTON", class).attr("type", "button").on("click", move |_| press())
}

/// A part of the page that is drawn anew when a signal it read has changed.
pub fn live(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let view: Live<AnyView> = Arc::new(Mutex::new(view));
    view.into_any()
}

impl Element {
    /// An attribute.
    pub fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(custom_attribute(name, value.into()).into_any_attr())
    }

    /// An attribute that is there or not, and changes with the signals `value` reads. Of those
    /// without a value (`disabled`) the text is empty.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        let value: Live<Option<String>> = Arc::new(Mutex::new(value));
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// The name tests know it by.
    pub fn testid(self, id: impl Into<String>) -> Self {
        self.attr("data-testid", id)
    }

    /// What happens on an event.
    pub fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        let handler: Box<dyn FnMut(Event)> = Box::new(handler);
        self.with(on(Custom::<Event>::new(event), handler).into_any_attr())
    }

    /// Any other attribute Leptos has.
    pub fn with(mut self, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    /// Its content as HTML, which must come from this program alone.
    pub fn inner_html(self, html: String) -> Self {
        self.with(inner_html(html).into_any_attr())
    }

    /// Text.
    pub fn text(self, text: impl Into<String>) -> Self {
        self.child(text.into().into_any())
    }

    /// Text that changes with the signals it reads.
    pub fn live_text(self, text: impl FnMut() -> String + Send + 'static) -> Self {
        let text: Live<String> = Arc::new(Mutex::new(text));
        self.child(text.into_any())
    }

    /// A part of it that is drawn anew when a signal it read has changed.
    pub fn live(self, view: impl FnMut() -> AnyView + Send + 'static) -> Self {
        self.child(live(view))
    }

    /// An element or any other view inside it.
    pub fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Several of them.
    pub fn children<V: Into<AnyView>>(mut self, children: impl IntoIterator<Item = V>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// The view.
    pub fn done(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(self.children).into_any()
    }
}

impl From<Element> for AnyView {
    fn from(element: Element) -> Self {
        element.done()
    }
}
