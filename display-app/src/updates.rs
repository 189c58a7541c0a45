//! The views of the monitor, kept current.

use domain::BarId;
use domain::api::AppConfig;
use domain::topic::Topic;
use domain::view::{BarView, BoardView, CodeView};
use leptos::prelude::*;
use ui::feed::EVERY_MINUTE;
use ui::{Api, Clock, ConnectionState, Feed, Live};

/// What the parts of the screen share.
#[derive(Clone, Copy)]
pub(crate) struct Views {
    pub(crate) clock: Clock,
    pub(crate) board: Feed<BoardView>,
    pub(crate) code: Feed<CodeView>,
    pub(crate) bar: Feed<BarView>,
    pub(crate) connection: RwSignal<ConnectionState>,
}

impl Views {
    /// Fetches and follows the views of a bar for as long as the surrounding component lives. The
    /// board is the main view: in an idle minute it is the only one asked for.
    pub(crate) fn follow(bar: &BarId) -> Self {
        let (api, clock): (Api, Clock) = (expect_context(), expect_context());
        let config: AppConfig = expect_context();
        let board = {
            let bar = bar.clone();
            Feed::start(clock, Some(EVERY_MINUTE), move || {
                let bar = bar.clone();
                async move { api.board(&bar).await }
            })
        };
        let code = {
            let bar = bar.clone();
            Feed::start(clock, None, move || {
                let bar = bar.clone();
                async move { api.code(&bar).await }
            })
        };
        let info = {
            let bar = bar.clone();
            Feed::start(clock, None, move || {
                let bar = bar.clone();
                async move { api.bar(&bar).await }
            })
        };
        let topics =
            vec![Topic::Board(bar.clone()), Topic::Code(bar.clone()), Topic::Sign(bar.clone())];
        let fetch_all = move || {
            board.refetch();
            code.refetch();
            info.refetch();
        };
        let live =
            Live::start(config.live, api.session(), topics, fetch_all, move |topic, message| {
                match topic {
                    Topic::Board(_) => board.hear_message(message, BoardView::apply),
                    Topic::Code(_) => code.hear_message(message, CodeView::apply),
                    Topic::Sign(_) => info.hear_message(message, BarView::apply),
                    // Not for monitors: never subscribed to.
                    Topic::Status(_) | Topic::Queue(_) | Topic::Orders(_) => {}
                }
            });
        keep_appointments(board, code, info);
        clock.after_a_jump(fetch_all);
        Self { clock, board, code, bar: info, connection: live.state() }
    }
}

/// What only the clock changes nobody tells: a window's end, and a pause's.
fn keep_appointments(board: Feed<BoardView>, code: Feed<CodeView>, bar: Feed<BarView>) {
    Effect::new(move || {
        let pause_ends = bar.view().with(|bar| bar.as_ref()?.paused_until);
        let window_ends = code.view().with(|code| {
            let code = code.as_ref()?;
            let retry_at = code.refusal.and_then(|refusal| refusal.retry_at);
            Some(retry_at.map_or(code.closes_at, |at| at.min(code.closes_at)))
        });
        if let Some(at) = pause_ends {
            bar.refetch_at(at);
            board.refetch_at(at);
        }
        if let Some(at) = pause_ends.into_iter().chain(window_ends).min() {
            code.refetch_at(at);
        }
    });
}
