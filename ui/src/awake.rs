//! Keeping the screen on, and making the device buzz, where it can do either.
//!
//! Both are missing on some devices (no wake lock on plain `http:`, no vibration on iOS), so each
//! is looked up before it is called.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static IS_WANTED: Cell<bool> = const { Cell::new(false) };
    static LOCK: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

fn navigator() -> JsValue {
    window().navigator().into()
}

/// A method of an object, where it is there.
fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

/// What the browser keeps screens on with; none on pages that are not secure.
fn wake_lock() -> Option<JsValue> {
    Reflect::get(&navigator(), &"wakeLock".into()).ok().filter(|lock| !lock.is_falsy())
}

/// Whether this page may keep the screen on.
pub fn can_stay_awake() -> bool {
    wake_lock().is_some()
}

/// Whether the screen is kept on now.
pub fn is_kept_awake() -> bool {
    LOCK.with_borrow(|lock| {
        let released = |lock| Reflect::get(lock, &"released".into());
        lock.as_ref().is_some_and(|lock| released(lock).is_ok_and(|is| is.is_falsy()))
    })
}

/// Keeps the screen on from now on, or lets it go dark again. Browsers let go by themselves when
/// the page is hidden: to be called again when it is back.
pub fn stay_awake(is_wanted: bool) {
    IS_WANTED.set(is_wanted);
    if !is_wanted {
        if let Some(lock) = LOCK.take() {
            release(&lock);
        }
        return;
    }
    let request = wake_lock().filter(|_| !is_kept_awake()).and_then(|lock| {
        let request = method(&lock, "request")?;
        request.call1(&lock, &"screen".into()).ok()?.dyn_into::<Promise>().ok()
    });
    if let Some(request) = request {
        spawn_local(async move {
            // Refused by a device that saves its battery, or by a hidden page: the screen goes
            // dark.
            if let Ok(lock) = JsFuture::from(request).await {
                let before = LOCK.replace(Some(lock));
                before.iter().for_each(release);
                stay_awake(IS_WANTED.get());
            }
        });
    }
}

fn release(lock: &JsValue) {
    if let Some(release) = method(lock, "release") {
        // One that is released already says nothing.
        let _ = release.call0(lock);
    }
}

/// Whether this device can buzz.
pub fn can_buzz() -> bool {
    method(&navigator(), "vibrate").is_some()
}

/// Lets the device buzz for so many milliseconds, if it can. Browsers complain when nobody has
/// touched the page before.
pub fn buzz(millis: u32) {
    let navigator = navigator();
    if let Some(vibrate) = method(&navigator, "vibrate") {
        // A device on silent does nothing.
        let _ = vibrate.call1(&navigator, &millis.into());
    }
}
