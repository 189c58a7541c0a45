//! The first start: the organiser's password, the bar, its first barista. Where it stands is what
//! is there already, so that it can be interrupted anywhere and goes on from any device.

use domain::staff::{FIRST_ORGANISER, StaffChange, StaffMember};
use domain::view::BarSummary;
use domain::{Role, Username};
use leptos::prelude::*;
use ui::{Api, Notice, language, storage};

use crate::app::corner;
use crate::bar_form::{self, BarForm};
use crate::fields::TextField;
use crate::form::{Form, SubmitButton};
use crate::house::House;
use crate::kept::kept;
use crate::pages::Pages;
use crate::places::{self, BarPage};
use crate::staff_form::{PasswordField, StaffForm};
use crate::words;

/// Where this device remembers that nobody wanted a first barista.
const ALONE_KEY: &str = "serverlesspresso.manage.alone";

/// What is still to be done before there is a bar to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Nobody has a password to come back with.
    Password,
    /// There is no bar.
    Bar,
    /// Nobody is there to make drinks.
    Barista,
    /// All is there; said once.
    Ready,
}

fn next(staff: &[StaffMember], bars: &[BarSummary], is_alone: bool) -> Option<Step> {
    if !staff.iter().any(StaffMember::leads) {
        Some(Step::Password)
    } else if bars.is_empty() {
        Some(Step::Bar)
    } else if !is_alone && !staff.iter().any(|member| member.role == Role::Barista) {
        Some(Step::Barista)
    } else {
        None
    }
}

/// The pages, or what has to be done before they are of use.
#[component]
pub(crate) fn Inside() -> impl IntoView {
    let language = language::current_untracked();
    let house = House::provide();
    bar_form::finish_what_was_begun(house);
    let is_alone = RwSignal::new(storage::load(ALONE_KEY).is_some());
    // Whoever is there for some bars only has been let in by somebody who walked here before.
    let session = expect_context::<Api>().session().get_untracked();
    let is_bound = session.is_some_and(|session| session.actor.bars.is_some());
    // Whether a step was taken here: then the end is worth a word.
    let has_walked = kept("has-walked", || false);
    let step = Memo::new(move |_| {
        let (bars, staff) = (house.bars()?, house.staff()?);
        let step = if is_bound { None } else { next(&staff, &bars, is_alone.get()) };
        if step.is_some() {
            has_walked.set(true);
        }
        Some(step.or(has_walked.get().then_some(Step::Ready)))
    });
    let go_on = move || {
        is_alone.set(true);
        storage::save(ALONE_KEY, "yes");
    };
    move || match step.get() {
        None => view! { <Waiting /> }.into_any(),
        Some(None) => view! { <Pages /> }.into_any(),
        Some(Some(step)) => {
            let body = match step {
                Step::Password => view! { <OwnPassword /> }.into_any(),
                Step::Bar => view! { <FirstBar /> }.into_any(),
                Step::Barista => {
                    view! { <FirstBarista go_on=Callback::new(move |()| go_on()) /> }.into_any()
                }
                Step::Ready => {
                    view! { <Ready pages=Callback::new(move |()| has_walked.set(false)) /> }
                        .into_any()
                }
            };
            view! {
                <main class="walk" data-testid="first-start" data-step=number(step)>
                    {corner()}
                    <p class="walk-steps">{words::step_of(language, number(step))}</p>
                    <div class="card stack">
                        <Notice />
                        {body}
                    </div>
                </main>
            }
            .into_any()
        }
    }
}

fn number(step: Step) -> u8 {
    match step {
        Step::Password => 1,
        Step::Bar => 2,
        Step::Barista => 3,
        Step::Ready => 4,
    }
}

/// While bars and staff are on their way.
#[component]
fn Waiting() -> impl IntoView {
    let language = language::current_untracked();
    let house = House::here();
    let said = move || match house.fault() {
        Some(fault) => fault.sentence(language),
        None => words::one_moment(language).to_owned(),
    };
    view! {
        <main class="alone">
            <p>{said}</p>
        </main>
    }
}

#[component]
fn OwnPassword() -> impl IntoView {
    let language = language::current_untracked();
    let (api, house): (Api, House) = (expect_context(), House::here());
    let form = Form::provide();
    let called = api.session().get_untracked().and_then(|session| session.actor.name);
    let name = kept("own-name", || called.unwrap_or_default());
    let password = kept("own-password", String::new);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let change = StaffChange {
            password: Some(password.get_untracked()),
            role: Role::Organiser,
            name: name.get_untracked(),
            bars: None,
        };
        let username: Username = FIRST_ORGANISER.parse().expect("the domain's own name");
        if let Some(change) = form.checked(change.checked()) {
            form.send(async move { api.put_staff(&username, &change).await }, move |_| {
                house.refetch()
            });
        }
    };
    view! {
        <form class="stack" on:submit=submit>
            <h1>{words::own_password(language)}</h1>
            <p class="hint">{words::own_password_hint(language)}</p>
            // For the browser's store of passwords.
            <input type="text" name="username" autocomplete="username" value=FIRST_ORGANISER hidden />
            <TextField
                name="name"
                label=words::own_name(language)
                value=name
                autocomplete="name"
                input=move |text| name.set(text)
            />
            <PasswordField is_new=true password=password />
            <SubmitButton testid="next" class="button primary" words=words::next(language) />
        </form>
    }
}

#[component]
fn FirstBar() -> impl IntoView {
    let language = language::current_untracked();
    let house = House::here();
    view! {
        <h1>{words::first_bar(language)}</h1>
        <p class="hint">{words::first_bar_hint(language)}</p>
        <BarForm send=words::next(language) made=Callback::new(move |_| house.refetch()) />
    }
}

#[component]
fn FirstBarista(
    /// It is not wanted now.
    go_on: Callback<()>,
) -> impl IntoView {
    let language = language::current_untracked();
    let house = House::here();
    view! {
        <h1>{words::first_barista(language)}</h1>
        <p class="hint">{words::first_barista_hint(language)}</p>
        <StaffForm
            before=None
            role=Role::Barista
            send=words::next(language)
            saved=Callback::new(move |_| house.refetch())
        />
        <button
            type="button"
            class="button quiet"
            data-testid="later"
            on:click=move |_| go_on.run(())
        >
            {words::later(language)}
        </button>
    }
}

#[component]
fn Ready(
    /// On to the pages.
    pages: Callback<()>,
) -> impl IntoView {
    let language = language::current_untracked();
    let bar =
        House::here().bars_untracked().and_then(|bars| bars.into_iter().next()).map(|bar| bar.bar);
    let links = bar.map(|bar| {
        view! {
            <a class="button primary" data-testid="to-the-bar" href=places::tablet(&bar)>
                {words::to_the_bar(language)}
            </a>
            <a
                class="button"
                data-testid="to-the-displays"
                href=BarPage::Displays.of(&bar)
                on:click=move |_| pages.run(())
            >
                {words::to_the_displays(language)}
            </a>
            <a
                class="button"
                data-testid="to-the-menu"
                href=BarPage::Menu.of(&bar)
                on:click=move |_| pages.run(())
            >
                {words::to_the_menu(language)}
            </a>
        }
    });
    view! {
        <h1>{words::all_there(language)}</h1>
        <p class="hint">{words::all_there_hint(language)}</p>
        {links}
    }
}

#[cfg(test)]
mod tests {
    use domain::view::BarStatus;

    use super::*;

    fn member(role: Role, has_password: bool) -> StaffMember {
        let username = role.as_str().parse().expect("a user name");
        StaffMember { username, role, name: "Somebody".to_owned(), bars: None, has_password }
    }

    #[test]
    fn what_is_done_stays_done() {
        let bar = BarSummary {
            bar: "espresso".parse().expect("a slug"),
            name: "Espresso".to_owned(),
            place: "Foyer".to_owned(),
            status: BarStatus::Closed,
        };
        let (bar, none) = (&[bar][..], &[][..]);
        let begun = &[member(Role::Organiser, false)][..];
        let known = &[member(Role::Organiser, true)][..];
        let staffed = &[member(Role::Organiser, true), member(Role::Barista, true)][..];
        for (staff, bars, is_alone, expected) in [
            (begun, none, false, Some(Step::Password)),
            (begun, bar, true, Some(Step::Password)),
            (known, none, false, Some(Step::Bar)),
            (known, bar, false, Some(Step::Barista)),
            (known, bar, true, None),
            (staffed, none, false, Some(Step::Bar)),
            (staffed, bar, false, None),
        ] {
            assert_eq!(next(staff, bars, is_alone), expected);
        }
    }
}
