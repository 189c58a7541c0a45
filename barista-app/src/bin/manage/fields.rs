//! The fields forms are made of, each with its label above and what is wrong below.

use leptos::prelude::*;

use crate::form::Form;

/// A number that was not typed as one: outside of every range, so that the domain's own check says
/// so.
const NO_NUMBER: u32 = u32::MAX;

/// A line of text.
#[component]
pub(crate) fn TextField(
    /// What the request calls it.
    #[prop(into)]
    name: String,
    /// What people call it.
    #[prop(into)]
    label: String,
    /// What is in it at first, and whenever this changes.
    #[prop(into, optional)]
    value: Signal<String>,
    /// `text`, if nothing else is said.
    #[prop(into, default = Signal::stored("text"))]
    kind: Signal<&'static str>,
    /// What a browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The id of the list of what may be meant.
    #[prop(optional)]
    list: Option<&'static str>,
    /// The least and the most, of a number.
    #[prop(optional)]
    range: Option<(u32, u32)>,
    /// Hears what is typed.
    #[prop(into)]
    input: Callback<String>,
    /// What is said below it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = id_of(&name);
    let about = [&id, "-about"].concat();
    let is_plain = matches!(autocomplete, "username" | "new-password" | "current-password");
    let wrong = complaint_about(name);
    view! {
        <div class="field-box">
            <label class="field">
                {label}
                <input
                    id=id.clone()
                    data-testid=id
                    type=move || kind.get()
                    prop:value=value
                    autocomplete=autocomplete
                    autocapitalize=is_plain.then_some("none")
                    spellcheck=is_plain.then_some("false")
                    inputmode=range.map(|_| "numeric")
                    min=range.map(|(least, _)| least)
                    max=range.map(|(_, most)| most)
                    list=list
                    aria-describedby=about.clone()
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    on:input=move |event| input.run(event_target_value(&event))
                />
            </label>
            <div class="about-field" id=about>
                {move || wrong.get().map(self::wrong)}
                {children.map(|children| children())}
            </div>
        </div>
    }
}

/// A whole number.
#[component]
pub(crate) fn NumberField(
    /// What the request calls it.
    #[prop(into)]
    name: String,
    /// What people call it, with its unit.
    #[prop(into)]
    label: String,
    /// What it is at first.
    value: u32,
    /// The least and the most it may be.
    range: (u32, u32),
    /// Hears what is typed; what is no number is one outside of the range.
    #[prop(into)]
    input: Callback<u32>,
    /// What is said below it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let value = if value == NO_NUMBER { String::new() } else { value.to_string() };
    let typed = move |text: String| input.run(text.trim().parse().unwrap_or(NO_NUMBER));
    let below = children.map(|children| children());
    view! {
        <TextField name=name label=label value=value kind="number" range=range input=typed>
            {below}
        </TextField>
    }
}

/// Yes or no.
#[component]
pub(crate) fn Check(
    /// What tests call it.
    #[prop(into)]
    testid: String,
    /// What people call it.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Hears what it becomes.
    #[prop(into)]
    change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid=testid
                prop:checked=checked
                on:change=move |event| change.run(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
}

/// One of several.
#[component]
pub(crate) fn Choice(
    /// What the request calls it.
    #[prop(into)]
    name: String,
    /// What people call it.
    #[prop(into)]
    label: String,
    /// What there is to choose, by value and words.
    options: Vec<(String, String)>,
    /// The value it has.
    #[prop(into)]
    value: Signal<String>,
    /// Hears the value that is chosen.
    #[prop(into)]
    change: Callback<String>,
) -> impl IntoView {
    let id = id_of(&name);
    let wrong = complaint_about(name);
    let options = options.into_iter().map(|(option, words)| {
        let is_chosen = option.clone();
        view! {
            <option value=option prop:selected=move || value.with(|value| *value == is_chosen)>
                {words}
            </option>
        }
    });
    view! {
        <div class="field-box">
            <label class="field">
                {label}
                <select data-testid=id on:change=move |event| change.run(event_target_value(&event))>
                    {options.collect_view()}
                </select>
            </label>
            {move || wrong.get().map(self::wrong)}
        </div>
    }
}

/// What is wrong, where it is wrong.
pub(crate) fn wrong(sentence: String) -> impl IntoView {
    view! { <p class="wrong" role="alert">{sentence}</p> }
}

/// The id of a field, for labels and tests.
fn id_of(name: &str) -> String {
    ["field-", &name.replace('.', "-")].concat()
}

fn complaint_about(name: String) -> Memo<Option<String>> {
    let form = Form::here();
    form.shows(&name);
    Memo::new(move |_| form.complaint_about(&name))
}
