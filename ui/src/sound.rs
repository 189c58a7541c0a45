//! Sounds of the page's own making: there is no file to load.
//!
//! A page has one `AudioContext` for all its life (iOS allows few), and it is resumed before each
//! sound, because a locked device suspends it. The bindings are our own: of web-sys, which has
//! them too, each further feature would compile Leptos anew.

use std::cell::OnceCell;
use std::time::Duration;

use js_sys::Promise;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;

use crate::sleep::settled_or_after;

/// How long a browser may take to wake its sound up: one that refuses may never say so.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whether this page can be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It can.
    Heard,
    /// Not before somebody has touched the page: browsers want it so. After a touch: the browser
    /// keeps the page silent.
    NeedsTouch,
    /// This browser makes no sounds.
    Impossible,
}

#[wasm_bindgen]
extern "C" {
    type AudioContext;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<AudioContext, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn state(this: &AudioContext) -> String;
    #[wasm_bindgen(method, getter, js_name = currentTime)]
    fn current_time(this: &AudioContext) -> f64;
    #[wasm_bindgen(method, getter)]
    fn destination(this: &AudioContext) -> AudioNode;
    #[wasm_bindgen(method, catch)]
    fn resume(this: &AudioContext) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, js_name = createOscillator)]
    fn create_oscillator(this: &AudioContext) -> AudioNode;
    #[wasm_bindgen(method, js_name = createGain)]
    fn create_gain(this: &AudioContext) -> AudioNode;

    type AudioNode;
    #[wasm_bindgen(method)]
    fn connect(this: &AudioNode, to: &AudioNode);
    #[wasm_bindgen(method)]
    fn start(this: &AudioNode, at: f64);
    #[wasm_bindgen(method)]
    fn stop(this: &AudioNode, at: f64);
    #[wasm_bindgen(method, getter)]
    fn frequency(this: &AudioNode) -> AudioParam;
    #[wasm_bindgen(method, getter)]
    fn gain(this: &AudioNode) -> AudioParam;

    type AudioParam;
    #[wasm_bindgen(method, js_name = setValueAtTime)]
    fn set_value_at_time(this: &AudioParam, value: f32, at: f64);
    #[wasm_bindgen(method, js_name = exponentialRampToValueAtTime)]
    fn fall_to(this: &AudioParam, value: f32, at: f64);
}

thread_local! {
    static CONTEXT: OnceCell<Option<AudioContext>> = const { OnceCell::new() };
}

fn with_context<R>(act: impl FnOnce(&AudioContext) -> R) -> Option<R> {
    CONTEXT.with(|context| context.get_or_init(|| AudioContext::new().ok()).as_ref().map(act))
}

/// Whether the page can be heard now.
pub fn hearing() -> Hearing {
    // Made in answer to a touch only: browsers complain about others.
    if CONTEXT.with(|context| context.get().is_none()) {
        return Hearing::NeedsTouch;
    }
    match with_context(AudioContext::state).as_deref() {
        Some("running") => Hearing::Heard,
        Some(_) => Hearing::NeedsTouch,
        None => Hearing::Impossible,
    }
}

/// Wakes the sound up: to be called in answer to a touch, a click or a key. It is asked for at
/// once; the answer may take half a second.
pub fn wake() -> impl Future<Output = Hearing> {
    let resumed = with_context(AudioContext::resume);
    async {
        if let Some(Ok(resumed)) = resumed
            && hearing() != Hearing::Heard
        {
            // A browser that refuses says so in its state.
            settled_or_after(&resumed, PATIENCE).await;
        }
        hearing()
    }
}

/// Plays a row of notes, each a frequency in Hz, one every 160 ms and fading. Where the page
/// cannot be heard there is no sound, later neither, and `hearing` tells.
pub fn play(notes: &'static [f32]) {
    if CONTEXT.with(|context| context.get().is_none()) {
        return;
    }
    let woken = wake();
    spawn_local(async move {
        if woken.await == Hearing::Heard {
            ring(notes);
        }
    });
}

fn ring(notes: &[f32]) {
    with_context(|context| {
        let mut at = context.current_time();
        for note in notes {
            let (oscillator, volume) = (context.create_oscillator(), context.create_gain());
            oscillator.frequency().set_value_at_time(*note, at);
            volume.gain().set_value_at_time(0.4, at);
            volume.gain().fall_to(0.001, at + 0.6);
            oscillator.connect(&volume);
            volume.connect(&context.destination());
            oscillator.start(at);
            oscillator.stop(at + 0.6);
            at += 0.16;
        }
    });
}
