//! Making a bar: its name, its place, its slug and its time zone.

use domain::BarId;
use domain::api::{BarRequest, NewBar, Sent};
use domain::view::BarView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use ui::outbox::with_id;
use ui::{Api, Fault, json, language, storage};

use crate::fields::TextField;
use crate::form::{Complaint, Form, SubmitButton};
use crate::house::House;
use crate::kept::kept;
use crate::time_zone::{self, TimeZoneField};
use crate::{slugs, words};

/// Where this device remembers a bar that is being made.
const BEGUN_KEY: &str = "serverlesspresso.manage.new-bar";

/// A bar that is being made. It takes two requests: a new bar keeps universal time.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Begun {
    bar: String,
    name: String,
    place: String,
    time_zone: String,
}

/// The form for a new bar. Words half typed are kept while it is read in another language.
#[component]
pub(crate) fn BarForm(
    /// What the button says.
    send: &'static str,
    /// It was made.
    made: Callback<BarView>,
) -> impl IntoView {
    let language = language::current_untracked();
    let api: Api = expect_context();
    let form = Form::provide();
    let typed = kept("new-bar", || {
        remembered().unwrap_or_else(|| Begun { time_zone: time_zone::here(), ..Begun::default() })
    });
    let first = typed.get_untracked();
    let has_own_slug = kept("new-bar-has-own-slug", || !first.bar.is_empty());
    let sent = StoredValue::new(None::<Sent<NewBar>>);

    let name_typed = move |name: String| {
        typed.update(|typed| {
            if !has_own_slug.get_untracked() {
                typed.bar = slugs::from_name(&name, BarId::LONGEST);
            }
            typed.name = name;
        });
    };
    let slug_typed = move |slug: String| {
        has_own_slug.set(true);
        typed.update(|typed| typed.bar = slug.trim().to_owned());
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let begun = typed.get_untracked();
        let complain = |field: &str, sentence: &str| {
            let (field, sentence) = (field.to_owned(), sentence.to_owned());
            form.complain(Some(Complaint { field, sentence }));
        };
        let Ok(bar) = begun.bar.parse::<BarId>() else {
            return complain("bar", words::slug_rule(language));
        };
        // Asked before anything is made: a bar without its zone would be half a bar.
        if !time_zone::is_known(&begun.time_zone) {
            return complain("time_zone", words::zone_needed(language));
        }
        let Begun { name, place, .. } = begun.clone();
        let new = NewBar { bar, name, place, limits: None, menu: None };
        // The very same bar again is the same command: the first answer may have got lost.
        let again = sent.get_value().filter(|sent| sent.command == new);
        let new = again.unwrap_or_else(|| with_id(new));
        sent.set_value(Some(new.clone()));
        let request = async move {
            let view = api.create_bar(&new).await?;
            // Not before it is there: a bar of that name may be somebody else's.
            storage::save(BEGUN_KEY, &json::written(&begun));
            settle(api, &view.bar, &begun).await
        };
        form.send(request, move |view| {
            storage::clear(BEGUN_KEY);
            made.run(view);
        });
    };
    let address = move || typed.with(|typed| words::bar_address(language, &typed.bar));
    view! {
        <form class="stack" data-testid="bar-form" on:submit=submit>
            <TextField
                name="name"
                label=words::bar_name(language)
                value=first.name
                input=name_typed
            />
            <TextField
                name="place"
                label=words::place(language)
                value=first.place
                input=move |text| typed.update(|typed| typed.place = text)
            >
                <p class="hint">{words::place_hint(language)}</p>
            </TextField>
            <TextField
                name="bar"
                label=words::slug(language)
                value=Signal::derive(move || typed.with(|typed| typed.bar.clone()))
                input=slug_typed
            >
                <p class="hint">{address}</p>
            </TextField>
            <TimeZoneField
                value=first.time_zone
                input=move |text| typed.update(|typed| typed.time_zone = text)
            />
            <SubmitButton testid="next" class="button primary" words=send />
        </form>
    }
}

/// Gives a bar that was just made its time zone.
async fn settle(api: Api, bar: &BarId, begun: &Begun) -> Result<BarView, Fault> {
    // In all the languages a new bar begins with: its menu is named in each.
    let languages = api.bar(bar).await?.languages;
    let details = BarRequest::SetDetails {
        name: begun.name.clone(),
        place: begun.place.clone(),
        languages,
        time_zone: begun.time_zone.clone(),
    };
    api.bar_command(bar, &with_id(details)).await
}

fn remembered() -> Option<Begun> {
    storage::load(BEGUN_KEY).and_then(|text| json::read(&text).ok())
}

/// A bar that was made before somebody closed the page, and has not got its time zone, gets it.
pub(crate) fn finish_what_was_begun(house: House) {
    let api: Api = expect_context();
    Effect::new(move || {
        let (Some(bars), Some(begun)) = (house.bars(), remembered()) else {
            return;
        };
        let Some(bar) = bars.into_iter().find(|bar| bar.bar.as_str() == begun.bar) else {
            return;
        };
        spawn_local(async move {
            // Of a zone the server does not know there is nothing to be kept either.
            match settle(api, &bar.bar, &begun).await {
                Err(fault) if fault.may_pass() => {}
                Ok(_) | Err(_) => storage::clear(BEGUN_KEY),
            }
        });
    });
}
