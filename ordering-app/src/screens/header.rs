//! What stands above every screen: the bar, whether it takes orders, whether this page is live.

use leptos::prelude::*;
use ui::{BarStatusBadge, ConnectionMark, ConnectionState};

use crate::guest::Guest;

/// The line above every screen.
#[component]
pub(crate) fn Header(connection: Signal<ConnectionState>) -> impl IntoView {
    let guest = Guest::here();
    let name = Memo::new(move |_| guest.bar(|bar| bar.name.clone()));
    let status = Memo::new(move |_| guest.bar(|bar| bar.status));
    view! {
        <header class="head">
            <span class="head-name">{move || name.get()}</span>
            {move || {
                status.get().map(|status| view! { <BarStatusBadge status /> })
            }}
            <ConnectionMark state=connection />
        </header>
    }
}
