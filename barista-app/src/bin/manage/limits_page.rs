//! A bar's limits, each with what it comes to.

use domain::Limits;
use domain::api::BarRequest;
use domain::concern::Concern;
use domain::limits::{Limit, LimitsChange};
use domain::view::BarStatus;
use leptos::prelude::*;
use ui::language;

use crate::bar_pages::Desk;
use crate::fields::NumberField;
use crate::form::{Complaint, Form};
use crate::pages::set_title;
use crate::save_bar::SaveBar;
use crate::words;
use crate::words::limits as said;

/// The limits in the order in which one thinks of them, by what they are about.
const PARTS: [(Part, &[Limit]); 4] = [
    (Part::Door, &[Limit::WindowSeconds, Limit::UsesPerWindow, Limit::GraceSeconds]),
    (Part::Bar, &[Limit::Baristas, Limit::MaxInProgress, Limit::MaxWaitSeconds]),
    (Part::Guest, &[Limit::LivePerPerson, Limit::DailyPerPerson]),
    (Part::Patience, &[Limit::ChooseSeconds, Limit::StartSeconds, Limit::CollectSeconds]),
];

/// What some limits are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// How many come in.
    Door,
    /// How much the bar takes on.
    Bar,
    /// What one guest may have.
    Guest,
    /// How long something may take.
    Patience,
}

/// The limits of the bar of the address.
#[component]
pub(crate) fn LimitsPage() -> impl IntoView {
    set_title(words::limits(language::current_untracked()));
    let desk = Desk::here();
    // Drawn anew when somebody else changed a limit.
    let drawn = Memo::new(move |_| {
        desk.bar.with_value(|bar| desk.drafts.limits.with(bar, |draft| draft.drawn))
    });
    move || drawn.get().map(|_| view! { <LimitsForm /> })
}

#[component]
fn LimitsForm() -> impl IntoView {
    let language = language::current_untracked();
    let desk = Desk::here();
    let form = Form::provide();
    let draft = Memo::new(move |_| desk.bar.with_value(|bar| desk.drafts.limits.get(bar)));
    let first = draft.get_untracked().map(|draft| draft.now).unwrap_or_default();
    let now = Memo::new(move |_| draft.get().map(|draft| draft.now).unwrap_or_default());
    let wrong = Memo::new(move |_| {
        let limits = now.get();
        let is_out = |limit: &Limit| !limit.range().contains(&limit.of(&limits));
        Limit::ALL.into_iter().filter(is_out).collect::<Vec<_>>()
    });
    Effect::new(move || form.complain(wrong.get().into_iter().map(complaint)));
    let was_saved = RwSignal::new(false);
    let save = move |()| {
        if let Some(draft) = draft.get_untracked() {
            let limits = LimitsChange::between(&draft.base, &draft.now);
            desk.ask(form, BarRequest::SetLimits { limits }, move || {
                was_saved.try_set(true);
            });
        }
    };
    let discard = move |()| desk.bar.with_value(|bar| desk.drafts.limits.discard(bar));
    // Of a figure out of its range nothing can be said but that: for the others it is what it was.
    let sound = Memo::new(move |before: Option<&Limits>| {
        let (now, wrong) = (now.get(), wrong.get());
        let right = Limit::ALL.into_iter().filter(|limit| !wrong.contains(limit));
        right.fold(before.copied().unwrap_or_default(), |sound, limit| {
            sound.with(limit, limit.of(&now))
        })
    });
    let concerns = Memo::new(move |_| Concern::all(&sound.get(), desk.mean_millis()));
    let parts = PARTS.map(|(part, limits)| {
        let fields = limits.iter().map(|limit| field(desk, *limit, &first, (now, sound), concerns));
        view! {
            <section class="card part">
                <h2>{said::part(language, part)}</h2>
                {fields.collect_view()}
            </section>
        }
    });
    view! {
        <main class="page narrow">
            {parts.collect_view()}
            <SaveBar
                form=form
                is_changed=Signal::derive(move || draft.get().is_some_and(|draft| draft.is_changed()))
                is_right=Signal::derive(move || wrong.with(Vec::is_empty))
                was_saved=was_saved
                save=Callback::new(save)
                discard=Callback::new(discard)
            />
        </main>
    }
}

/// One limit: its field, what it comes to, and what there is to think over.
fn field(
    desk: Desk,
    limit: Limit,
    first: &Limits,
    (now, sound): (Memo<Limits>, Memo<Limits>),
    concerns: Memo<Vec<Concern>>,
) -> impl IntoView + use<> {
    let language = language::current_untracked();
    let typed = move |value: u32| {
        desk.bar.with_value(|bar| {
            desk.drafts.limits.edit(bar, |limits| *limits = limits.with(limit, value));
        });
    };
    let meaning = move || {
        let is_sound = limit.range().contains(&limit.of(&now.get()));
        is_sound.then(|| said::meaning(language, limit, &sound.get(), desk.mean_millis()))
    };
    let testid = ["meaning-", limit.field().trim_start_matches("limits.")].concat();
    let warned = ["concern-", limit.field().trim_start_matches("limits.")].concat();
    let concern = move || {
        let own = concerns.get().into_iter().filter(move |concern| concern.limit() == limit);
        let told = own.map(|concern| {
            view! { <p class="concern" data-testid=warned.clone()>{said::concern(language, concern)}</p> }
        });
        told.collect_view()
    };
    let when = move || {
        let held = desk.limits().map(|limits| limits.window_seconds);
        let changes = limit == Limit::WindowSeconds && held != Some(now.get().window_seconds);
        let status = desk.status().filter(|_| changes);
        status.map(|status| {
            let words = match status {
                BarStatus::Closed => said::window_at_once(language),
                BarStatus::Open | BarStatus::Paused => said::window_next(language),
            };
            view! { <p class="hint" data-testid="window-when">{words}</p> }
        })
    };
    let range = limit.range();
    view! {
        <NumberField
            name=limit.field()
            label=said::name(language, limit)
            value=limit.of(first)
            range=(*range.start(), *range.end())
            input=typed
        >
            <p class="hint" data-testid=testid>{meaning}</p>
            {concern}
            {when}
        </NumberField>
    }
}

fn complaint(limit: Limit) -> Complaint {
    let (language, range) = (language::current_untracked(), limit.range());
    let sentence = words::number_from_to(language, *range.start(), *range.end());
    Complaint { field: limit.field().to_owned(), sentence }
}
