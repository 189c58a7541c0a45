//! How much room an element has.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::Element;

// Of web-sys, which has it too, each further feature would compile Leptos anew.
#[wasm_bindgen]
extern "C" {
    type ResizeObserver;
    #[wasm_bindgen(constructor, catch)]
    fn new(changed: &Closure<dyn Fn()>) -> Result<ResizeObserver, JsValue>;
    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &Element);
    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);
}

struct Watch {
    observer: ResizeObserver,
    _changed: Closure<dyn Fn()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells width and height, in CSS pixels, of the one element of a selector, which is about to be
/// drawn, and again whenever they change; until the component that asks is gone.
pub fn watch(css: &'static str, tell: impl Fn(i32, i32) + 'static) {
    let find = move || document().query_selector(css).ok().flatten();
    let changed = Closure::<dyn Fn()>::new(move || {
        if let Some(element) = find() {
            tell(element.client_width(), element.client_height());
        }
    });
    let Ok(observer) = ResizeObserver::new(&changed) else {
        return;
    };
    // Owned by the component.
    let watch = StoredValue::new_local(Watch { observer, _changed: changed });
    request_animation_frame(move || {
        if let Some(element) = find() {
            watch.try_with_value(|watch| watch.observer.observe(&element));
        }
    });
}
