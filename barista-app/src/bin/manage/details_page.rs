//! What a bar is called, where it is, and in which languages and time zone it lives.

use domain::api::BarRequest;
use domain::command::Details;
use domain::text::Language;
use leptos::prelude::*;
use ui::language;

use crate::bar_pages::Desk;
use crate::fields::{Check, Choice, TextField};
use crate::form::Form;
use crate::house::House;
use crate::pages::set_title;
use crate::save_bar::SaveBar;
use crate::time_zone::TimeZoneField;
use crate::words;

/// The details of the bar of the address.
#[component]
pub(crate) fn DetailsPage() -> impl IntoView {
    set_title(words::details(language::current_untracked()));
    let desk = Desk::here();
    let drawn = Memo::new(move |_| {
        desk.bar.with_value(|bar| desk.drafts.details.with(bar, |draft| draft.drawn))
    });
    move || drawn.get().map(|_| view! { <DetailsForm /> })
}

#[component]
fn DetailsForm() -> impl IntoView {
    let language = language::current_untracked();
    let (desk, house) = (Desk::here(), House::here());
    let form = Form::provide();
    let draft = Memo::new(move |_| desk.bar.with_value(|bar| desk.drafts.details.get(bar)));
    let read = move |part: fn(&Details) -> String| {
        draft
            .with_untracked(|draft| draft.as_ref().map(|draft| part(&draft.now)))
            .unwrap_or_default()
    };
    let edit = move |change: &dyn Fn(&mut Details)| {
        desk.bar.with_value(|bar| desk.drafts.details.edit(bar, change));
    };
    let languages =
        Memo::new(move |_| draft.get().map(|draft| draft.now.languages).unwrap_or_default());
    let first_language =
        Signal::derive(move || languages.get().into_iter().next().unwrap_or_default());
    let was_saved = RwSignal::new(false);
    let save = move |()| {
        let Some(Details { name, place, languages, time_zone }) =
            draft.get_untracked().map(|draft| draft.now)
        else {
            return;
        };
        let request = BarRequest::SetDetails { name, place, languages, time_zone };
        desk.ask(form, request, move || {
            was_saved.try_set(true);
            house.refetch();
        });
    };
    let discard = move |()| desk.bar.with_value(|bar| desk.drafts.details.discard(bar));
    let offered = Language::ALL.map(|offered| {
        let tag = offered.tag();
        let is_offered = move || languages.get().iter().any(|known| known == tag);
        let change = move |is_offered: bool| {
            edit(&|details| set_offered(&mut details.languages, tag, is_offered));
        };
        view! {
            <Check
                testid=["language-", tag].concat()
                label=words::language_name(offered)
                checked=Signal::derive(is_offered)
                change=change
            />
        }
    });
    let options = Language::ALL
        .map(|offered| (offered.tag().to_owned(), words::language_name(offered).to_owned()));
    let lead = move |tag: String| {
        edit(&|details| {
            details.languages.retain(|known| *known != tag);
            details.languages.insert(0, tag.clone());
        });
    };
    view! {
        <main class="page narrow">
            <section class="card part">
                <TextField
                    name="name"
                    label=words::bar_name(language)
                    value=read(|details| details.name.clone())
                    input=move |text: String| edit(&|details| details.name = text.clone())
                />
                <TextField
                    name="place"
                    label=words::place(language)
                    value=read(|details| details.place.clone())
                    input=move |text: String| edit(&|details| details.place = text.clone())
                >
                    <p class="hint">{words::place_hint(language)}</p>
                </TextField>
            </section>
            <section class="card part">
                <Choice
                    name="languages"
                    label=words::bar_language(language)
                    options=options.to_vec()
                    value=first_language
                    change=lead
                />
                <fieldset class="checks">
                    <legend>{words::offered_languages(language)}</legend>
                    {offered.collect_view()}
                </fieldset>
                <p class="hint">{words::offered_languages_hint(language)}</p>
            </section>
            <section class="card part">
                <TimeZoneField
                    value=read(|details| details.time_zone.clone())
                    input=move |text: String| edit(&|details| details.time_zone = text.clone())
                />
                <p class="hint">{words::time_zone_hint(language)}</p>
            </section>
            <SaveBar
                form=form
                is_changed=Signal::derive(move || draft.get().is_some_and(|draft| draft.is_changed()))
                is_right=Signal::derive(|| true)
                was_saved=was_saved
                save=Callback::new(save)
                discard=Callback::new(discard)
            />
        </main>
    }
}

/// The bar's own language stays: something has to be shown.
fn set_offered(languages: &mut Vec<String>, tag: &str, is_offered: bool) {
    let is_own = languages.first().is_some_and(|own| own == tag);
    if !is_own {
        languages.retain(|known| known != tag);
        if is_offered {
            languages.push(tag.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_keeps_its_own_language() {
        let mut languages = vec!["en".to_owned(), "fr".to_owned()];
        set_offered(&mut languages, "en", false);
        set_offered(&mut languages, "pt-BR", true);
        set_offered(&mut languages, "pt-BR", true);
        set_offered(&mut languages, "fr", false);
        assert_eq!(languages, ["en", "pt-BR"]);
    }
}
