//! The people who work here.

use domain::Role;
use domain::staff::{StaffMember, check_led};
use leptos::prelude::*;
use ui::{Api, Dialog, language};

use crate::form::Form;
use crate::house::House;
use crate::kept::kept;
use crate::pages::set_title;
use crate::question::Question;
use crate::staff_form::StaffForm;
use crate::words;

/// What is being done with an account.
#[derive(Clone)]
enum Doing {
    Adding,
    Changing(StaffMember),
    Dismissing(StaffMember),
}

/// Everybody who works behind a bar or runs it.
#[component]
pub(crate) fn StaffPage() -> impl IntoView {
    let language = language::current_untracked();
    set_title(words::staff(language));
    let house = House::here();
    house.refetch();
    let doing = kept("doing-with-staff", || None::<Doing>);
    let close = Callback::new(move |()| doing.set(None));
    let done = Callback::new(move |()| {
        doing.set(None);
        house.refetch();
    });
    let saved = Callback::new(move |_| done.run(()));
    let people = move || {
        let people = house.staff_who(Role::is_staff).into_iter();
        people.map(|member| view! { <Person member=member doing=doing /> }).collect_view()
    };
    let dialog = move || {
        doing.get().map(|doing| match doing {
            Doing::Adding => view! {
                <Dialog title=words::add_staff(language) close=close>
                    <StaffForm before=None role=Role::Barista send=words::add(language) saved=saved />
                    <Never close=close />
                </Dialog>
            }
            .into_any(),
            Doing::Changing(member) => {
                let (role, title) = (member.role, member.name.clone());
                view! {
                    <Dialog title=title close=close>
                        <StaffForm before=Some(member) role=role send=words::save(language) saved=saved />
                        <Never close=close />
                    </Dialog>
                }
                .into_any()
            }
            Doing::Dismissing(member) => {
                view! { <Dismissal member=member close=close done=done /> }.into_any()
            }
        })
    };
    view! {
        <main class="page narrow">
            <div class="page-head">
                <h1>{words::staff(language)}</h1>
                <button
                    type="button"
                    class="button"
                    data-testid="add-staff"
                    on:click=move |_| doing.set(Some(Doing::Adding))
                >
                    {words::add_staff(language)}
                </button>
            </div>
            <p class="hint">{words::staff_hint(language)}</p>
            <ul class="stack">{people}</ul>
            {dialog}
        </main>
    }
}

/// Closes a dialog without doing anything.
#[component]
pub(crate) fn Never(
    /// Closes it.
    close: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class="button quiet" data-testid="never" on:click=move |_| close.run(())>
            {words::cancel(language::current_untracked())}
        </button>
    }
}

#[component]
fn Person(member: StaffMember, doing: RwSignal<Option<Doing>>) -> impl IntoView {
    let language = language::current_untracked();
    let house = House::here();
    let StaffMember { username, role, name, bars, .. } = member.clone();
    let at = match &bars {
        None => words::all_bars(language).to_owned(),
        Some(own) => {
            let known = house.bars_untracked().unwrap_or_default();
            let called = known.into_iter().filter(|bar| own.contains(&bar.bar));
            called.map(|bar| bar.name).collect::<Vec<_>>().join(", ")
        }
    };
    // The domain's own rule, asked as advice: the server decides.
    let is_last = check_led(&house.staff_untracked().unwrap_or_default(), &username, None).is_err();
    let (changing, dismissing) = (member.clone(), member);
    let initial = name.chars().next().map(String::from);
    view! {
        <li class="card row" data-testid=["staff-", username.as_str()].concat()>
            <span class="disc" data-initial=initial aria-hidden="true"></span>
            <span class="row-what">
                <strong>{name.clone()}</strong>
                <span class="hint">
                    {[username.as_str(), " · ", words::role(language, role), " · ", &at].concat()}
                </span>
            </span>
            <span class="row-buttons">
                <button
                    type="button"
                    class="button small"
                    data-testid=["change-", username.as_str()].concat()
                    aria-label=words::change_whom(language, &name)
                    on:click=move |_| doing.set(Some(Doing::Changing(changing.clone())))
                >
                    {words::change(language)}
                </button>
                <button
                    type="button"
                    class="button small"
                    data-testid=["dismiss-", username.as_str()].concat()
                    aria-label=words::dismiss_whom(language, &name)
                    disabled=is_last
                    title=is_last.then(|| words::last_organiser(language))
                    on:click=move |_| doing.set(Some(Doing::Dismissing(dismissing.clone())))
                >
                    {words::dismiss(language)}
                </button>
            </span>
            {is_last.then(|| view! { <p class="hint row-why">{words::last_organiser(language)}</p> })}
        </li>
    }
}

/// Asks before an account goes.
#[component]
pub(crate) fn Dismissal(
    /// Whose.
    member: StaffMember,
    /// It stays.
    close: Callback<()>,
    /// It is gone.
    done: Callback<()>,
) -> impl IntoView {
    let language = language::current_untracked();
    let api: Api = expect_context();
    let form = Form::provide();
    let StaffMember { username, role, name, .. } = member;
    let dismiss = Callback::new(move |()| {
        let username = username.clone();
        let request = async move { api.dismiss_staff(&username).await };
        form.send(request, move |()| {
            done.try_run(());
        });
    });
    let effect = match role {
        Role::Display => words::dismiss_display_effect(language),
        Role::Barista | Role::Organiser | Role::Customer => words::dismiss_effect(language),
    };
    let title = words::dismiss_question(language, &name);
    let (no, yes) = (words::keep(language), words::dismiss(language));
    view! { <Question title=title effect=effect no=no yes=yes close=close act=dismiss /> }
}
