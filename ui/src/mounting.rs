//! Starting an app.

use domain::api::AppConfig;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use crate::api::Api;
use crate::clock::Clock;
use crate::config;
use crate::element::{element, live};
use crate::language;
use crate::notice::{Notices, notice};
use crate::session::KeptSession;
use crate::sleep::sleep_about;

/// Puts an app into the page: panics go to the console with their place, `<html lang>` is set,
/// and `view` is mounted to the body in place of whatever stood there while the app was loading.
pub fn mount<F, N>(view: F)
where
    F: FnOnce() -> N + 'static,
    N: IntoView + 'static,
{
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    language::mark_page();
    document().body().expect("a page has a body").set_inner_html("");
    leptos::mount::mount_to_body(view);
}

/// [`mount`]s an app that speaks to the backend: `view` is shown once `config.json` has been read,
/// and finds [`AppConfig`], [`Api`] (with its session, kept under `session_key`), [`Clock`] and
/// [`Notices`] in its context. It is made anew when the person chooses another language.
pub fn start<N>(session_key: &'static str, view: fn() -> N)
where
    N: IntoView + 'static,
{
    start_with("config.json", session_key, view);
}

/// [`start`]s an app whose page answers for addresses below its own: there `config.json` alone
/// would be looked for in the wrong place, so `config_path` is the whole of its path.
pub fn start_with<N>(config_path: &'static str, session_key: &'static str, view: fn() -> N)
where
    N: IntoView + 'static,
{
    start_app(config_path, session_key, move || {
        // Read here, so that everything below is drawn anew when it changes.
        language::current();
        view()
    });
}

/// [`start`]s an app that keeps what a person has in hand when the language changes: its view is
/// made once, and every part of it that asks [`language::current`] is drawn anew by itself.
pub fn start_once<N>(session_key: &'static str, view: fn() -> N)
where
    N: IntoView + 'static,
{
    start_app("config.json", session_key, move || untrack(view));
}

fn start_app<N>(
    config_path: &'static str,
    session_key: &'static str,
    view: impl Fn() -> N + Copy + Send + 'static,
) where
    N: IntoView + 'static,
{
    mount(move || {
        provide_context(Clock::start());
        let notices = Notices::provide();
        let session = KeptSession::load(session_key);
        let config = RwSignal::new(None::<AppConfig>);
        spawn_local(async move {
            loop {
                match config::load(config_path).await {
                    Ok(loaded) => {
                        notices.clear();
                        return config.set(Some(loaded));
                    }
                    Err(fault) => notices.show(&fault, None),
                }
                sleep_about(Duration::from_secs(2), Duration::from_secs(1)).await;
            }
        });
        live(move || match config.get() {
            Some(config) => {
                provide_context(Api::new(&config, session));
                provide_context(config);
                view().into_any()
            }
            None => element("MAIN", "starting").child(notice()).done(),
        })
    });
}
