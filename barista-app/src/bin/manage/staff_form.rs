//! Making an account, or changing one.

use domain::staff::{SHORTEST_PASSWORD, StaffChange, StaffMember};
use domain::{BarId, Role, Username};
use leptos::prelude::*;
use ui::{Api, language};

use crate::fields::{Check, Choice, TextField, wrong};
use crate::form::{Complaint, Form, SubmitButton};
use crate::house::House;
use crate::kept::kept;
use crate::{slugs, words};

/// The form for an account of one role, or of any that is behind the bar.
#[component]
pub(crate) fn StaffForm(
    /// The account to change; a new one without.
    #[prop(optional_no_strip)]
    before: Option<StaffMember>,
    /// What a new one is at first.
    role: Role,
    /// What the button says.
    send: &'static str,
    /// It was saved.
    saved: Callback<StaffMember>,
) -> impl IntoView {
    let language = language::current_untracked();
    let (api, house): (Api, House) = (expect_context(), House::here());
    let form = Form::provide();
    let is_new = before.is_none();
    let account = before.as_ref().map(|before| before.username.as_str().to_owned());
    let username = kept("staff-username", || account.unwrap_or_default());
    let has_own_username = kept("staff-has-own-username", || !is_new);
    let called = before.as_ref().map(|before| before.name.clone());
    let name = kept("staff-name", || called.unwrap_or_default());
    let password = kept("staff-password", String::new);
    let role = kept("staff-role", || before.as_ref().map_or(role, |before| before.role));
    let bars = kept("staff-bars", || before.as_ref().and_then(|before| before.bars.clone()));

    let name_typed = move |text: String| {
        if !has_own_username.get_untracked() {
            username.set(slugs::from_name(&text, Username::LONGEST));
        }
        name.set(text);
    };
    let username_typed = move |text: String| {
        has_own_username.set(true);
        username.set(text.trim().to_owned());
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let complain = |field: &str, sentence: &str| {
            let (field, sentence) = (field.to_owned(), sentence.to_owned());
            form.complain(Some(Complaint { field, sentence }));
        };
        let Ok(account) = username.get_untracked().parse::<Username>() else {
            return complain("username", words::slug_rule(language));
        };
        let is_taken =
            |staff: Vec<StaffMember>| staff.iter().any(|known| known.username == account);
        if is_new && house.staff_untracked().is_some_and(is_taken) {
            return complain("username", words::username_taken(language));
        }
        let typed = password.get_untracked();
        if is_new && typed.is_empty() {
            return complain("password", words::password_needed(language));
        }
        let change = StaffChange {
            password: Some(typed).filter(|typed| !typed.is_empty()),
            role: role.get_untracked(),
            name: name.get_untracked(),
            bars: bars.get_untracked(),
        };
        if let Some(change) = form.checked(change.checked()) {
            let request = async move { api.put_staff(&account, &change).await };
            form.send(request, move |member| saved.run(member));
        }
    };
    let roles = [Role::Barista, Role::Organiser]
        .map(|role| (role.as_str().to_owned(), words::role(language, role).to_owned()));
    let role_chosen = move |value: String| {
        let chosen = Role::ALL.into_iter().find(|role| role.as_str() == value);
        role.set(chosen.unwrap_or(Role::Barista));
    };
    let account_field = is_new.then(|| {
        view! {
            <TextField
                name="username"
                label=words::username(language)
                value=username
                autocomplete="username"
                input=username_typed
            >
                <p class="hint">{words::username_hint(language)}</p>
            </TextField>
        }
    });
    view! {
        <form class="stack" data-testid="staff-form" on:submit=submit>
            <TextField name="name" label=words::name(language) value=name input=name_typed />
            {account_field}
            <PasswordField is_new=is_new password=password />
            <Choice
                name="role"
                label=words::role_label(language)
                options=roles.to_vec()
                value=Signal::derive(move || role.get().as_str().to_owned())
                change=role_chosen
            />
            <BarsField bars=bars />
            <SubmitButton testid="next" class="button primary" words=send />
        </form>
    }
}

/// A password that is to be set; an empty one leaves an account with what it has.
#[component]
pub(crate) fn PasswordField(
    /// Whether there is none yet.
    is_new: bool,
    /// What is typed.
    password: RwSignal<String>,
) -> impl IntoView {
    let language = language::current_untracked();
    let is_shown = RwSignal::new(false);
    let label = if is_new { words::password(language) } else { words::new_password(language) };
    let hint = if is_new {
        words::password_rule(language, SHORTEST_PASSWORD)
    } else {
        words::new_password_hint(language).to_owned()
    };
    view! {
        <TextField
            name="password"
            label=label
            kind=Signal::derive(move || if is_shown.get() { "text" } else { "password" })
            autocomplete="new-password"
            value=password
            input=move |text| password.set(text)
        >
            <p class="hint">{hint}</p>
        </TextField>
        <Check
            testid="show-password"
            label=words::show_password(language)
            checked=is_shown
            change=move |shown| is_shown.set(shown)
        />
    }
}

/// All bars, or some.
#[component]
fn BarsField(
    /// Those, or none for all.
    bars: RwSignal<Option<Vec<BarId>>>,
) -> impl IntoView {
    let language = language::current_untracked();
    let house = House::here();
    let all = move |all: bool| bars.set(if all { None } else { Some(Vec::new()) });
    let form = Form::here();
    form.shows("bars");
    let each = move || {
        if bars.with(Option::is_none) {
            return None;
        }
        let each = house.bars().unwrap_or_default().into_iter().map(|bar| {
            let (id, ticked) = (bar.bar.clone(), bar.bar.clone());
            let is_theirs =
                move || bars.with(|bars| bars.as_ref().is_some_and(|bars| bars.contains(&ticked)));
            let change = move |theirs: bool| {
                bars.update(|bars| {
                    if let Some(bars) = bars {
                        bars.retain(|known| *known != id);
                        if theirs {
                            bars.push(id.clone());
                        }
                    }
                });
            };
            view! {
                <Check
                    testid=["at-", bar.bar.as_str()].concat()
                    label=bar.name
                    checked=Signal::derive(is_theirs)
                    change=change
                />
            }
        });
        Some(each.collect_view())
    };
    view! {
        <fieldset class="checks">
            <legend>{words::works_at(language)}</legend>
            <Check
                testid="at-all"
                label=words::all_bars(language)
                checked=Signal::derive(move || bars.with(Option::is_none))
                change=all
            />
            {each}
            {move || form.complaint_about("bars").map(wrong)}
        </fieldset>
    }
}
