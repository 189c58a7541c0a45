//! The menu: what can be ordered, in which order, with what; beside it what a phone will show.

use domain::api::BarRequest;
use domain::menu::MenuError;
use domain::{Menu, Slug};
use leptos::prelude::*;
use ui::language;

use crate::bar_pages::Desk;
use crate::drink_editor::Drinks;
use crate::form::{Complaint, Form};
use crate::group_editor::Groups;
use crate::kept::kept;
use crate::pages::set_title;
use crate::preview::Preview;
use crate::save_bar::SaveBar;
use crate::{fields, words};

/// The menu of the bar of the address.
#[component]
pub(crate) fn MenuPage() -> impl IntoView {
    set_title(words::menu(language::current_untracked()));
    let desk = Desk::here();
    let (drink, group) = (kept("open-drink", || None), kept("open-group", || None));
    provide_context(Opened { drink, group, tapped: RwSignal::new(None) });
    // Drawn anew when somebody else changed something, such as what is sold out.
    let drawn = Memo::new(move |_| {
        desk.bar.with_value(|bar| desk.drafts.menus.with(bar, |draft| draft.drawn))
    });
    move || drawn.get().map(|_| view! { <MenuForm /> })
}

/// What is open to be changed, above what is drawn anew.
#[derive(Clone, Copy)]
pub(crate) struct Opened {
    /// Which drink.
    pub(crate) drink: RwSignal<Option<Slug>>,
    /// Which group.
    pub(crate) group: RwSignal<Option<Slug>>,
    /// Which drink on the phone beside it.
    pub(crate) tapped: RwSignal<Option<Slug>>,
}

impl Opened {
    /// What is open on this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }
}

/// What the editors of a menu share.
#[derive(Clone, Copy)]
pub(crate) struct Editing {
    desk: Desk,
    /// The menu as it is to be.
    pub(crate) menu: Memo<Menu>,
    /// The languages that names may be given in, beside the bar's own.
    pub(crate) languages: Memo<Vec<String>>,
}

impl Editing {
    /// The menu that is edited on this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Changes the menu.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut Menu)) {
        self.desk.bar.with_value(|bar| self.desk.drafts.menus.edit(bar, change));
    }
}

#[component]
fn MenuForm() -> impl IntoView {
    let language = language::current_untracked();
    let desk = Desk::here();
    let form = Form::provide();
    let read = move |part: fn(&crate::drafts::Draft<Menu>) -> bool| {
        Signal::derive(move || {
            desk.bar.with_value(|bar| desk.drafts.menus.with(bar, part)) == Some(true)
        })
    };
    let menu = Memo::new(move |_| {
        let menu =
            desk.bar.with_value(|bar| desk.drafts.menus.with(bar, |draft| draft.now.clone()));
        menu.unwrap_or_default()
    });
    let languages = Memo::new(move |_| desk.languages().into_iter().skip(1).collect());
    provide_context(Editing { desk, menu, languages });
    let wrong = Memo::new(move |_| menu.with(complaint));
    Effect::new(move || form.complain(wrong.get()));
    let was_saved = RwSignal::new(false);
    let save = move |()| {
        let menu = menu.get_untracked();
        desk.ask(form, BarRequest::SetMenu { menu }, move || {
            was_saved.try_set(true);
        });
    };
    let discard = move |()| desk.bar.with_value(|bar| desk.drafts.menus.discard(bar));
    // What is wrong with the whole, which has no field of its own.
    let with_the_whole = move || {
        let complaint = wrong.get().filter(|wrong| WHOLE.contains(&wrong.field.as_str()));
        complaint.map(|wrong| fields::wrong(wrong.sentence))
    };
    view! {
        <main class="page menu-page">
            <div class="editor">
                <h2>{words::drinks(language)}</h2>
                {with_the_whole}
                <Drinks />
                <h2>{words::groups(language)}</h2>
                <p class="hint">{words::groups_hint(language)}</p>
                <Groups />
            </div>
            <Preview menu=menu />
            <SaveBar
                form=form
                is_changed=read(|draft| draft.is_changed())
                is_right=Signal::derive(move || wrong.get().is_none())
                is_overtaken=read(|draft| draft.is_overtaken)
                was_saved=was_saved
                save=Callback::new(save)
                discard=Callback::new(discard)
            />
        </main>
    }
}

/// Fields of a request that are no field here.
const WHOLE: [&str; 2] = ["menu.drinks", "menu.groups"];

/// What the domain's own check has against a menu.
fn complaint(menu: &Menu) -> Option<Complaint> {
    match menu.validate().err()? {
        MenuError::Invalid { field, problem } => Some(Complaint {
            field,
            sentence: words::wrong(language::current_untracked(), problem),
        }),
        MenuError::SoldOut { .. } => None,
    }
}
