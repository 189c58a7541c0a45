//! The name of something of the menu, in the bar's own language and in the others it offers.

use domain::menu::Names;
use leptos::prelude::*;
use ui::language;

use crate::fields::TextField;
use crate::menu_page::Editing;
use crate::words;

/// A field for each language.
#[component]
pub(crate) fn NamesEditor(
    /// What the request calls the name; what is wrong with a translation is said there too.
    field: String,
    /// The name at first.
    name: String,
    /// Its translations at first.
    names: Names,
    /// Hears the name.
    #[prop(into)]
    rename: Callback<String>,
    /// Hears a translation and the tag of its language.
    #[prop(into)]
    translate: Callback<(String, String)>,
) -> impl IntoView {
    let language = language::current_untracked();
    let languages = Editing::here().languages;
    let of_names = field.trim_end_matches("name").to_owned();
    let translations = move || {
        let fields = languages.get().into_iter().map(|tag| {
            let name = [&of_names, "names.", &tag].concat();
            let value = names.get(&tag).cloned().unwrap_or_default();
            let label = words::name_in(language, &tag);
            let hears = tag.clone();
            let typed = move |text: String| translate.run((hears.clone(), text));
            view! { <TextField name=name label=label value=value input=typed /> }
        });
        fields.collect_view()
    };
    view! {
        <TextField name=field label=words::name(language) value=name input=rename />
        {translations}
    }
}

/// Sets a translation; an empty one is none.
pub(crate) fn translated(names: &mut Names, (tag, name): (String, String)) {
    if name.trim().is_empty() {
        names.remove(&tag);
    } else {
        names.insert(tag, name);
    }
}
