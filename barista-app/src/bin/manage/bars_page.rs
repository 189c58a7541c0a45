//! The bars of this deployment, and making another.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use ui::{BarStatusBadge, Dialog, language};

use crate::bar_form::BarForm;
use crate::house::House;
use crate::kept::kept;
use crate::pages::set_title;
use crate::places::BarPage;
use crate::staff_page::Never;
use crate::words;

/// Every bar with its status.
#[component]
pub(crate) fn BarsPage() -> impl IntoView {
    let language = language::current_untracked();
    set_title(words::bars(language));
    let house = House::here();
    // What was heard before may be old: bars open and close.
    house.refetch();
    let is_making = kept("is-making-bar", || false);
    let close = Callback::new(move |()| is_making.set(false));
    let go = use_navigate();
    let made = Callback::new(move |bar: domain::view::BarView| {
        is_making.set(false);
        house.refetch();
        let options = NavigateOptions { resolve: false, ..Default::default() };
        go(&BarPage::Menu.of(&bar.bar), options);
    });
    let bars = move || {
        let bars = house.bars().unwrap_or_default().into_iter().map(|bar| {
            view! {
                <li>
                    <a
                        class="card row"
                        data-testid=["bar-", bar.bar.as_str()].concat()
                        href=BarPage::Menu.of(&bar.bar)
                    >
                        <span class="row-what">
                            <strong>{bar.name}</strong>
                            <span class="hint">{bar.place}</span>
                        </span>
                        <BarStatusBadge status=bar.status />
                    </a>
                </li>
            }
        });
        bars.collect_view()
    };
    let form = move || {
        is_making.get().then(|| {
            view! {
                <Dialog title=words::new_bar(language) close=close>
                    <BarForm send=words::make_bar(language) made=made />
                    <Never close=close />
                </Dialog>
            }
        })
    };
    view! {
        <main class="page narrow">
            <div class="page-head">
                <h1>{words::bars(language)}</h1>
                <button
                    type="button"
                    class="button"
                    data-testid="new-bar"
                    on:click=move |_| is_making.set(true)
                >
                    {words::new_bar(language)}
                </button>
            </div>
            <ul class="stack">{bars}</ul>
            {form}
        </main>
    }
}
