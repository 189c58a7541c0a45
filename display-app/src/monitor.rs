//! The monitor of one bar: left how to order, right whose drink is where.

use domain::BarId;
use domain::text;
use leptos::prelude::*;
use ui::{BarStatusBadge, ConnectionMark, language};

use crate::board::Board;
use crate::invitation::Invitation;
use crate::updates::Views;

/// The whole screen, without a control on it.
#[component]
pub(crate) fn Monitor(
    /// Which bar.
    bar: BarId,
) -> impl IntoView {
    let views = Views::follow(&bar);
    provide_context(views);
    let language = language::current();
    let said = Memo::new(move |_| {
        views.bar.view().with(|bar| {
            let bar = bar.as_ref()?;
            Some((bar.name.clone(), bar.place.clone()))
        })
    });
    let status = Memo::new(move |_| {
        let of_board = views.board.view().with(|board| board.as_ref().map(|board| board.status));
        of_board.or_else(|| views.bar.view().with(|bar| bar.as_ref().map(|bar| bar.status)))
    });
    Effect::new(move || {
        if let Some((name, _)) = said.get() {
            document().set_title(&name);
        }
    });
    // No such bar, not allowed: asking again would not help, so the screen says it.
    let hopeless = Memo::new(move |_| {
        let fault = views.board.fault().get().filter(|fault| !fault.may_pass());
        fault.filter(|_| views.board.view().with(Option::is_none))
    });
    move || match hopeless.get() {
        Some(fault) => {
            let next = text::refusal_next(language, fault.code());
            view! {
                <main class="plain">
                    <p data-testid="notice" role="alert" data-code=fault.code().as_str()>
                        {fault.sentence(language)} " " {next}
                    </p>
                </main>
            }
            .into_any()
        }
        None => view! {
            <div class="monitor">
                <Invitation />
                <div class="right">
                    <header class="head">
                        <p class="head-bar">
                            {move || {
                                said.get().map(|(name, place)| {
                                    view! { <strong>{name}</strong> " " <span>{place}</span> }
                                })
                            }}
                        </p>
                        {move || status.get().map(|status| view! { <BarStatusBadge status /> })}
                        <ConnectionMark state=views.connection />
                    </header>
                    <Board />
                </div>
            </div>
        }
        .into_any(),
    }
}
