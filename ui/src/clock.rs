//! The server's clock, as this device knows it.

use std::time::Duration;

use domain::Timestamp;
use domain::text::Language;
use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};

/// More than a busy screen's second takes.
const JUMP_MILLIS: u64 = 5000;

/// The server's time as a signal that moves once a second. The device's own clock may be wrong by
/// hours: only its distance from the server's, learned from the `now` of every view, counts.
#[derive(Clone, Copy)]
pub struct Clock {
    offset_millis: RwSignal<Option<i64>>,
    tick: RwSignal<()>,
}

impl Clock {
    /// A clock that ticks until the component that started it is gone.
    pub fn start() -> Self {
        let clock = Self { offset_millis: RwSignal::new(None), tick: RwSignal::new(()) };
        let ticking = set_interval_with_handle(
            move || {
                clock.tick.try_set(());
            },
            Duration::from_secs(1),
        );
        if let Ok(ticking) = ticking {
            on_cleanup(move || ticking.clear());
        }
        clock
    }

    /// The server's time now; follows it once a second.
    pub fn now(&self) -> Timestamp {
        self.tick.track();
        plus(device(), self.offset_millis.get())
    }

    /// The server's time now.
    pub fn now_untracked(&self) -> Timestamp {
        plus(device(), self.offset_millis.get_untracked())
    }

    /// Acts whenever the device's clock has jumped. From one second to the next it moves on by about
    /// one; by more, and the device was asleep; back, and somebody set it: what is shown, and when
    /// it was meant to ask again, may be wrong. The server's time would not tell: whatever is heard
    /// before the next second mends it.
    pub fn after_a_jump(self, act: impl Fn() + 'static) {
        Effect::new(move |before: Option<Timestamp>| {
            self.tick.track();
            let now = device();
            let before = before.unwrap_or(now);
            if now.millis_since(before) > JUMP_MILLIS || before.millis_since(now) > JUMP_MILLIS {
                act();
            }
            now
        });
    }

    /// Learns the time from a view's `now`.
    pub fn heard(&self, server: Timestamp) {
        let heard = server.millis() - device().millis();
        let known = self.offset_millis.try_get_untracked().flatten();
        let better = better(known, heard);
        if known != Some(better) {
            self.offset_millis.try_set(Some(better));
        }
    }
}

/// A message only gets older on its way, so of two distances the larger is nearer the truth,
/// unless the device's clock was set in between.
fn better(known: Option<i64>, heard: i64) -> i64 {
    match known {
        Some(known) if known > heard && known - heard < 5000 => known,
        Some(_) | None => heard,
    }
}

fn plus(device: Timestamp, offset_millis: Option<i64>) -> Timestamp {
    Timestamp::from_millis(device.millis() + offset_millis.unwrap_or(0))
}

/// The time of day where the device is, as `14:05`.
pub fn time_of_day(at: Timestamp) -> String {
    let date = js_sys::Date::new(&(at.millis() as f64).into());
    let two = |value: u32| format!("{value:02}");
    [two(date.get_hours()), two(date.get_minutes())].join(":")
}

/// The time of day in a time zone by its IANA name, with seconds, as people who read this language
/// write it; that of the device where the browser does not know the zone.
pub fn time_in(at: Timestamp, zone: &str, language: Language) -> String {
    written_in(at, zone, language)
        .ok()
        .and_then(|time| time.as_string())
        .unwrap_or_else(|| time_of_day(at))
}

fn written_in(at: Timestamp, zone: &str, language: Language) -> Result<JsValue, JsValue> {
    let how = Object::new();
    for (name, value) in [
        ("hourCycle", "h23"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("second", "2-digit"),
        ("timeZone", zone),
    ] {
        Reflect::set(&how, &name.into(), &value.into())?;
    }
    // By its name, because it throws where it does not know a zone.
    let date = js_sys::Date::new(&(at.millis() as f64).into());
    let written: Function = Reflect::get(&date, &"toLocaleTimeString".into())?.dyn_into()?;
    written.call2(&date, &language.tag().into(), &how)
}

/// What the device says.
fn device() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_message_does_not_set_the_clock_back() {
        assert_eq!(better(None, -300), -300);
        assert_eq!(better(Some(-300), -900), -300);
        assert_eq!(better(Some(-300), -20), -20);
        assert_eq!(better(Some(-20), -3_600_000), -3_600_000);
    }
}
