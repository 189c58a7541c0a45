//! What stands above every screen: the bar, whether it takes orders, whether this page is live.

use leptos::prelude::*;
use ui::{BarStatusBadge, ConnectionMark, ConnectionState};

use crate::guest::Guest;

/// The line above every screen.
pub(crate) fn header(guest: Guest, connection: RwSignal<ConnectionState>) -> AnyView {
    view! {
        <div class="head" role="banner">
            {move || {
                let face = guest.face.get();
                view! {
                    <span class="head-name">{face.name}</span>
                    {face.status.map(|status| view! { <BarStatusBadge status /> }.into_any())}
                }
                .into_any()
            }}
            <ConnectionMark state=connection />
        </div>
    }
    .into_any()
}
