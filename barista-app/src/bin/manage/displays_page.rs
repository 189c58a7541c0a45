//! The displays of a bar: their accounts, and pairing them.

use domain::staff::{StaffChange, StaffMember};
use domain::{Role, Username};
use leptos::prelude::*;
use ui::{Api, language};

use crate::bar_pages::Desk;
use crate::fields::TextField;
use crate::form::{Form, SubmitButton};
use crate::house::House;
use crate::kept::kept;
use crate::pages::set_title;
use crate::pairing::Pairing;
use crate::staff_page::Dismissal;
use crate::{slugs, words};

/// The displays of the bar of the address.
#[component]
pub(crate) fn DisplaysPage() -> impl IntoView {
    let language = language::current_untracked();
    set_title(words::displays(language));
    let (desk, house) = (Desk::here(), House::here());
    house.refetch();
    let pairing = kept("pairing", || None::<Username>);
    let dismissing = RwSignal::new(None::<StaffMember>);
    let close = Callback::new(move |()| dismissing.set(None));
    let done = Callback::new(move |()| {
        pairing.set(None);
        house.refetch();
    });
    let displays = Memo::new(move |_| {
        let mut displays = house.staff_who(|role| role == Role::Display);
        let bar = desk.bar.get_value();
        displays.retain(|display| display.bars.as_ref().is_none_or(|bars| bars.contains(&bar)));
        displays
    });
    let rows = move || {
        let rows = displays.get().into_iter().map(|display| {
            let username = display.username.clone();
            let (own, pair) = (username.clone(), username.clone());
            let is_open = Memo::new(move |_| pairing.with(|open| open.as_ref() == Some(&own)));
            let name = display.name.clone();
            let opened = username.clone();
            let panel =
                move || is_open.get().then(|| view! { <Pairing username=opened.clone() /> });
            view! {
                <li class="card" data-testid=["display-", username.as_str()].concat()>
                    <div class="row">
                        <span class="row-what">
                            <strong>{name.clone()}</strong>
                            <span class="hint">{username.as_str().to_owned()}</span>
                        </span>
                        <span class="row-buttons">
                            <button
                                type="button"
                                class="button small"
                                data-testid=["pair-", username.as_str()].concat()
                                aria-label=words::pair_which(language, &name)
                                aria-expanded=move || is_open.get().to_string()
                                on:click=move |_| {
                                    let next = (!is_open.get_untracked()).then(|| pair.clone());
                                    pairing.set(next);
                                }
                            >
                                {words::pair(language)}
                            </button>
                            <button
                                type="button"
                                class="button small"
                                data-testid=["dismiss-", username.as_str()].concat()
                                aria-label=words::dismiss_whom(language, &name)
                                on:click=move |_| dismissing.set(Some(display.clone()))
                            >
                                {words::dismiss(language)}
                            </button>
                        </span>
                    </div>
                    {panel}
                </li>
            }
        });
        rows.collect_view()
    };
    let question = move || {
        dismissing.get().map(|member| view! { <Dismissal member=member close=close done=done /> })
    };
    let made = Callback::new(move |display: StaffMember| {
        house.refetch();
        pairing.set(Some(display.username));
    });
    view! {
        <main class="page narrow">
            <p class="hint">{words::displays_hint(language)}</p>
            <ul class="stack">{rows}</ul>
            <NewDisplay made=made />
            {question}
        </main>
    }
}

/// An account for another display of this bar: it needs a name and no password.
#[component]
fn NewDisplay(
    /// It was made.
    made: Callback<StaffMember>,
) -> impl IntoView {
    let language = language::current_untracked();
    let (api, desk, house): (Api, Desk, House) = (expect_context(), Desk::here(), House::here());
    let form = Form::provide();
    let name = kept("new-display", String::new);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let called = name.get_untracked();
        let staff = house.staff_untracked().unwrap_or_default();
        let is_taken = |slug: &str| staff.iter().any(|known| known.username.as_str() == slug);
        let bar = desk.bar.get_value();
        let wanted = ["display ", bar.as_str(), " ", called.as_str()].concat();
        let username = slugs::fresh(&wanted, "display", Username::LONGEST, is_taken);
        let username: Username = username.parse().expect("small letters, digits and dashes");
        let change = StaffChange {
            password: None,
            role: Role::Display,
            name: called,
            bars: Some(vec![bar]),
        };
        if let Some(change) = form.checked(change.checked()) {
            let request = async move { api.put_staff(&username, &change).await };
            form.send(request, move |display| {
                name.try_set(String::new());
                made.try_run(display);
            });
        }
    };
    view! {
        <form class="card part" data-testid="new-display" on:submit=submit>
            <TextField
                name="name"
                label=words::display_name(language)
                value=name
                input=move |text| name.set(text)
            >
                <p class="hint">{words::display_name_hint(language)}</p>
            </TextField>
            <SubmitButton testid="add-display" words=words::add_display(language) />
        </form>
    }
}
