//! How wide a text is in this screen's own letters.

use std::cell::OnceCell;

use leptos::web_sys::Element;

thread_local! {
    static RULER: OnceCell<Option<Element>> = const { OnceCell::new() };
}

/// The size of the ruler's letters, in pixels; the style sheet's `.ruler` has the same.
const SIZE: f64 = 100.0;

/// The width of a name as cards show it, in em. Measured, because fonts differ by a third; 0 on a
/// page without a body, where nothing is too wide.
pub(crate) fn width(text: &str) -> f64 {
    RULER.with(|ruler| {
        let Some(ruler) = ruler.get_or_init(make) else {
            return 0.0;
        };
        ruler.set_text_content(Some(text));
        let width = ruler.get_bounding_client_rect().width();
        ruler.set_text_content(None);
        width / SIZE
    })
}

fn make() -> Option<Element> {
    let document = leptos::web_sys::window()?.document()?;
    let ruler = document.create_element("span").ok()?;
    ruler.set_class_name("ruler");
    document.body()?.append_child(&ruler).ok()?;
    Some(ruler)
}
