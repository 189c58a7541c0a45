//! Time zones, as the browser knows them.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};

use crate::fields::TextField;
use crate::words;
use ui::language;

/// The zone of this device; `UTC` where the browser does not say.
pub(crate) fn here() -> String {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone"));
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_else(|| "UTC".to_owned())
}

/// The time of day in a zone; none when there is no such zone.
fn time_in(zone: &str, millis: f64) -> Option<String> {
    let options = Object::new();
    for (name, value) in
        [("timeZone", zone), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")]
    {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let date = Date::new(&millis.into());
    // Called by name: of an unknown zone the browser throws, and js-sys does not expect it to.
    let method = Reflect::get(&date, &"toLocaleTimeString".into()).ok()?;
    let method: Function = method.dyn_into().ok()?;
    method.call2(&date, &language::current_untracked().tag().into(), &options).ok()?.as_string()
}

/// Whether the browser has heard of a zone.
pub(crate) fn is_known(zone: &str) -> bool {
    time_in(zone, 0.0).is_some()
}

/// Every zone the browser knows; older ones do not tell.
fn all() -> Vec<String> {
    let zones = || -> Option<Array> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let ask: Function =
            Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
        ask.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()
    };
    zones()
        .map(|zones| zones.iter().filter_map(|zone| zone.as_string()).collect())
        .unwrap_or_default()
}

/// A field for a zone: typed with the browser's help, and what time it is there.
#[component]
pub(crate) fn TimeZoneField(
    /// What is in it at first.
    #[prop(into)]
    value: String,
    /// Hears what is typed.
    #[prop(into)]
    input: Callback<String>,
) -> impl IntoView {
    let language = language::current_untracked();
    let clock: ui::Clock = expect_context();
    let zone = RwSignal::new(value.clone());
    let there = move || {
        let now = clock.now().millis() as f64;
        match zone.with(|zone| time_in(zone.trim(), now)) {
            Some(time) => words::time_there(language, &time),
            None => words::no_such_zone(language).to_owned(),
        }
    };
    let typed = move |text: String| {
        zone.set(text.clone());
        input.run(text.trim().to_owned());
    };
    let zones = all().into_iter().map(|zone| view! { <option value=zone></option> });
    view! {
        <TextField
            name="time_zone"
            label=words::time_zone(language)
            value=value
            list="time-zones"
            input=typed
        >
            <p class="hint">{there}</p>
        </TextField>
        <datalist id="time-zones">{zones.collect_view()}</datalist>
    }
}
