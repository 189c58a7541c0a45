//! The drinks of a menu: their order, and what each is.

use domain::menu::Drink;
use domain::{Menu, Slug};
use leptos::prelude::*;
use ui::{drink_icon, language};

use crate::fields::{self, Check, Choice, NumberField, TextField};
use crate::form::Form;
use crate::lists::{Adder, RowButtons};
use crate::menu_change;
use crate::menu_page::{Editing, Opened};
use crate::names_editor::{NamesEditor, translated};
use crate::words;

/// Allergens we have words for; a menu may name others.
const ALLERGENS: [&str; 4] = ["milk", "nuts", "soy", "gluten"];

/// The name of no picture.
const PLAIN_CUP: &str = "cup";

/// The drinks, one of them open.
#[component]
pub(crate) fn Drinks() -> impl IntoView {
    let language = language::current_untracked();
    let editing = Editing::here();
    let open = Opened::here().drink;
    let slugs = Memo::new(move |_| {
        editing
            .menu
            .with(|menu| menu.drinks.iter().map(|drink| drink.slug.clone()).collect::<Vec<_>>())
    });
    let add = Callback::new(move |name: String| {
        editing.edit(|menu| open.set(Some(menu_change::add_drink(menu, &name))));
    });
    view! {
        <ul class="stack small-gap">
            <For each=move || slugs.get() key=|slug| slug.clone() let:slug>
                <DrinkRow slug=slug open=open />
            </For>
        </ul>
        <Adder testid="add-drink" label=words::new_drink(language) add=add />
    }
}

#[component]
fn DrinkRow(slug: Slug, open: RwSignal<Option<Slug>>) -> impl IntoView {
    let language = language::current_untracked();
    let editing = Editing::here();
    let slug = StoredValue::new(slug);
    let drink = Memo::new(move |_| {
        editing.menu.with(|menu| slug.with_value(|slug| menu.drink(slug).cloned()))
    });
    let read = move |part: fn(&Drink) -> String| {
        Signal::derive(move || drink.with(|drink| drink.as_ref().map(part)).unwrap_or_default())
    };
    let is_open =
        Memo::new(move |_| slug.with_value(|slug| open.with(|open| open.as_ref() == Some(slug))));
    let index = move |menu: &Menu| {
        slug.with_value(|slug| menu.drinks.iter().position(|drink| drink.slug == *slug))
    };
    let shift = move |to| {
        editing.edit(|menu| {
            if let Some(index) = index(menu) {
                menu_change::shift(&mut menu.drinks, index, to);
            }
        });
    };
    let remove = move |()| {
        let gone = slug.get_value();
        editing.edit(|menu| menu.drinks.retain(|drink| drink.slug != gone));
    };
    let toggle = move |()| open.set((!is_open.get_untracked()).then(|| slug.get_value()));
    let icon =
        Memo::new(move |_| drink.with(|drink| drink.as_ref().map(|drink| drink.icon.clone())));
    let note =
        move || drink.with(|drink| drink.as_ref().map(|drink| words::drink_note(language, drink)));
    // Drawn anew where it is moved to: its fields are called by its place.
    let place = Memo::new(move |_| editing.menu.with(index));
    let fields = move || {
        let index = place.get().filter(|_| is_open.get())?;
        Some(view! { <DrinkFields slug=slug index=index drink=drink /> })
    };
    let form = Form::here();
    let wrong_within = move || {
        let index = place.get().filter(|_| !is_open.get())?;
        form.complaint_below(&["menu.drinks.", &index.to_string()].concat())
    };
    let testid = slug.with_value(|slug| ["drink-", slug.as_str()].concat());
    view! {
        <li class="card" data-testid=["row-", &testid].concat()>
            <div class="row">
                {move || icon.get().map(|icon| drink_icon(&icon))}
                <span class="row-what">
                    <strong>{read(|drink| drink.name.clone())}</strong>
                    <span class="hint">{note}</span>
                </span>
                <RowButtons
                    testid=testid.clone()
                    name=read(|drink| drink.name.clone())
                    is_open=Some(is_open.into())
                    shift=Callback::new(shift)
                    toggle=Some(Callback::new(toggle))
                    remove=Callback::new(remove)
                />
                {move || wrong_within().map(fields::wrong)}
            </div>
            {fields}
        </li>
    }
}

#[component]
fn DrinkFields(slug: StoredValue<Slug>, index: usize, drink: Memo<Option<Drink>>) -> impl IntoView {
    let language = language::current_untracked();
    let editing = Editing::here();
    let first = drink.get_untracked()?;
    let edit = move |change: &dyn Fn(&mut Drink)| {
        editing.edit(|menu| {
            let own =
                slug.with_value(|slug| menu.drinks.iter_mut().find(|drink| drink.slug == *slug));
            if let Some(drink) = own {
                change(drink);
            }
        });
    };
    let field = |name: &str| ["menu.drinks.", &index.to_string(), ".", name].concat();
    let icons = Menu::standard().drinks.into_iter();
    let mut icons: Vec<_> =
        icons.map(|drink| (drink.icon.clone(), drink.name_in(language).to_owned())).collect();
    let is_known = icons.iter().any(|(icon, _)| *icon == first.icon);
    // Whatever no picture is called is drawn as a plain cup.
    let plain = if is_known { PLAIN_CUP.to_owned() } else { first.icon.clone() };
    icons.push((plain, words::plain_cup(language).to_owned()));
    let known = ALLERGENS.map(|allergen| {
        let has = move || {
            drink.with(|drink| {
                drink
                    .as_ref()
                    .is_some_and(|drink| drink.allergens.iter().any(|own| own == allergen))
            })
        };
        let change = move |contains: bool| {
            edit(&|drink| {
                drink.allergens.retain(|own| own != allergen);
                if contains {
                    drink.allergens.push(allergen.to_owned());
                }
            });
        };
        let label = domain::text::allergen(language, allergen).to_owned();
        view! {
            <Check
                testid=["allergen-", allergen].concat()
                label=label
                checked=Signal::derive(has)
                change=change
            />
        }
    });
    let is_other = |allergen: &&String| !ALLERGENS.contains(&allergen.as_str());
    let others: Vec<String> = first.allergens.iter().filter(is_other).cloned().collect();
    let others_typed = move |text: String| {
        edit(&|drink| {
            drink.allergens.retain(|own| ALLERGENS.contains(&own.as_str()));
            let others = text.split(',').map(str::trim).filter(|other| !other.is_empty());
            drink.allergens.extend(others.map(str::to_owned));
        });
    };
    let groups = move || {
        let groups = editing.menu.with(|menu| {
            let known = menu.groups.iter().map(|group| (group.slug.clone(), group.name.clone()));
            known.collect::<Vec<_>>()
        });
        let groups = groups.into_iter().map(|(group, name)| {
            let (asked, set) = (group.clone(), group.clone());
            let is_asked = move || {
                drink
                    .with(|drink| drink.as_ref().is_some_and(|drink| drink.groups.contains(&asked)))
            };
            let change = move |is_asked: bool| {
                slug.with_value(|slug| {
                    editing.edit(|menu| menu_change::set_asked(menu, slug, &set, is_asked));
                });
            };
            view! {
                <Check
                    testid=["asks-", group.as_str()].concat()
                    label=name
                    checked=Signal::derive(is_asked)
                    change=change
                />
            }
        });
        groups.collect_view()
    };
    Some(view! {
        <div class="part" data-testid="drink-fields">
            <NamesEditor
                field=field("name")
                name=first.name
                names=first.names
                rename=move |name: String| edit(&|drink| drink.name = name.clone())
                translate=move |name: (String, String)| {
                    edit(&|drink| translated(&mut drink.names, name.clone()));
                }
            />
            <NumberField
                name=field("seconds")
                label=words::drink_seconds(language)
                value=first.seconds
                range=(1, 86_400)
                input=move |seconds| edit(&|drink| drink.seconds = seconds)
            />
            <Choice
                name=field("icon")
                label=words::picture(language)
                options=icons
                value=Signal::derive(move || {
                    drink.with(|drink| drink.as_ref().map(|drink| drink.icon.clone()))
                        .unwrap_or_default()
                })
                change=move |icon: String| edit(&|drink| drink.icon = icon.clone())
            />
            <Check
                testid="available"
                label=words::available(language)
                checked=Signal::derive(move || {
                    drink.with(|drink| drink.as_ref().is_some_and(|drink| drink.available))
                })
                change=move |available| edit(&|drink| drink.available = available)
            />
            <fieldset class="checks">
                <legend>{words::questions(language)}</legend>
                {groups}
            </fieldset>
            <fieldset class="checks">
                <legend>{words::allergens(language)}</legend>
                {known.collect_view()}
            </fieldset>
            <TextField
                name=field("allergens")
                label=words::other_allergens(language)
                value=others.join(", ")
                input=others_typed
            />
        </div>
    })
}
