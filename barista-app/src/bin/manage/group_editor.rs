//! The option groups of a menu: what is asked about a drink, and the answers.

use domain::menu::{OptionGroup, OptionItem};
use domain::{Menu, Slug};
use leptos::prelude::*;
use ui::language;

use crate::fields::{self, Check, NumberField};
use crate::form::Form;
use crate::lists::{Adder, RowButtons};
use crate::menu_change::{self, Towards};
use crate::menu_page::{Editing, Opened};
use crate::names_editor::{NamesEditor, translated};
use crate::words;

/// The groups, one of them open.
#[component]
pub(crate) fn Groups() -> impl IntoView {
    let language = language::current_untracked();
    let editing = Editing::here();
    let open = Opened::here().group;
    let slugs = Memo::new(move |_| {
        editing
            .menu
            .with(|menu| menu.groups.iter().map(|group| group.slug.clone()).collect::<Vec<_>>())
    });
    let add = Callback::new(move |name: String| {
        editing.edit(|menu| open.set(Some(menu_change::add_group(menu, &name))));
    });
    view! {
        <ul class="stack small-gap">
            <For each=move || slugs.get() key=|slug| slug.clone() let:slug>
                <GroupRow slug=slug open=open />
            </For>
        </ul>
        <Adder testid="add-group" label=words::new_group(language) add=add />
    }
}

fn position(menu: &Menu, slug: &Slug) -> Option<usize> {
    menu.groups.iter().position(|group| group.slug == *slug)
}

#[component]
fn GroupRow(slug: Slug, open: RwSignal<Option<Slug>>) -> impl IntoView {
    let language = language::current_untracked();
    let editing = Editing::here();
    let slug = StoredValue::new(slug);
    let group = Memo::new(move |_| {
        editing.menu.with(|menu| slug.with_value(|slug| menu.group(slug).cloned()))
    });
    let name = Signal::derive(move || {
        group.with(|group| group.as_ref().map(|group| group.name.clone())).unwrap_or_default()
    });
    let note =
        move || group.with(|group| group.as_ref().map(|group| words::group_note(language, group)));
    let is_open =
        Memo::new(move |_| slug.with_value(|slug| open.with(|open| open.as_ref() == Some(slug))));
    let shift = move |to: Towards| {
        editing.edit(|menu| {
            if let Some(index) = slug.with_value(|slug| position(menu, slug)) {
                menu_change::shift_group(menu, index, to);
            }
        });
    };
    let remove = move |()| {
        slug.with_value(|slug| editing.edit(|menu| menu_change::remove_group(menu, slug)));
    };
    let toggle = move |()| open.set((!is_open.get_untracked()).then(|| slug.get_value()));
    // Drawn anew where it is moved to: its fields are called by its place.
    let place =
        Memo::new(move |_| editing.menu.with(|menu| slug.with_value(|slug| position(menu, slug))));
    let fields = move || {
        let index = place.get().filter(|_| is_open.get())?;
        Some(view! { <GroupFields slug=slug index=index group=group /> })
    };
    let form = Form::here();
    let wrong_within = move || {
        let index = place.get().filter(|_| !is_open.get())?;
        form.complaint_below(&["menu.groups.", &index.to_string()].concat())
    };
    let testid = slug.with_value(|slug| ["group-", slug.as_str()].concat());
    view! {
        <li class="card" data-testid=["row-", &testid].concat()>
            <div class="row">
                <span class="row-what">
                    <strong>{name}</strong>
                    <span class="hint">{note}</span>
                </span>
                <RowButtons
                    testid=testid.clone()
                    name=name
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

/// What an open group needs to change itself.
#[derive(Clone, Copy)]
struct Own {
    editing: Editing,
    slug: StoredValue<Slug>,
    group: Memo<Option<OptionGroup>>,
}

impl Own {
    fn edit(self, change: impl FnOnce(&mut OptionGroup)) {
        self.editing.edit(|menu| {
            if let Some(index) = self.slug.with_value(|slug| position(menu, slug)) {
                change(&mut menu.groups[index]);
            }
        });
    }

    fn is(self, what: fn(&OptionGroup) -> bool) -> Signal<bool> {
        Signal::derive(move || self.group.with(|group| group.as_ref().is_some_and(what)))
    }
}

#[component]
fn GroupFields(
    slug: StoredValue<Slug>,
    index: usize,
    group: Memo<Option<OptionGroup>>,
) -> impl IntoView {
    let language = language::current_untracked();
    let own = Own { editing: Editing::here(), slug, group };
    let first = group.get_untracked()?;
    let path = ["menu.groups.", &index.to_string()].concat();
    // With its place: what is moved is drawn anew, for its fields are called by that.
    let options = Memo::new(move |_| {
        group.with(|group| {
            let options = group.as_ref().map(|group| &group.options[..]).unwrap_or_default();
            let slugs = options.iter().map(|option| option.slug.clone());
            slugs.enumerate().collect::<Vec<(usize, Slug)>>()
        })
    });
    let add = Callback::new(move |name: String| {
        own.edit(|group| menu_change::add_option(group, &name));
    });
    let of_group = path.clone();
    let form = Form::here();
    let of_options = [&path, ".options"].concat();
    form.shows(&of_options);
    let without_options = move || form.complaint_about(&of_options).map(fields::wrong);
    Some(view! {
        <div class="part" data-testid="group-fields">
            <NamesEditor
                field=[&path, ".name"].concat()
                name=first.name
                names=first.names
                rename=move |name: String| own.edit(|group| group.name = name)
                translate=move |name: (String, String)| {
                    own.edit(|group| translated(&mut group.names, name));
                }
            />
            <Check
                testid="required"
                label=words::required(language)
                checked=own.is(|group| group.required)
                change=move |required| own.edit(|group| group.required = required)
            />
            <Check
                testid="multiple"
                label=words::multiple(language)
                checked=own.is(|group| group.multiple)
                change=move |multiple| own.edit(|group| menu_change::set_multiple(group, multiple))
            />
            <h3>{words::options(language)}</h3>
            {without_options}
            <ul class="stack small-gap">
                <For each=move || options.get() key=|option| option.clone() let((index, slug))>
                    <OptionFields
                        own=own
                        option=slug
                        path=[&of_group, ".options.", &index.to_string()].concat()
                    />
                </For>
            </ul>
            <Adder
                testid=["add-option-", slug.with_value(|slug| slug.as_str().to_owned()).as_str()].concat()
                label=words::new_option(language)
                add=add
            />
        </div>
    })
}

#[component]
fn OptionFields(own: Own, option: Slug, path: String) -> impl IntoView {
    let language = language::current_untracked();
    let find = |group: &OptionGroup, slug: &Slug| group.option(slug).cloned();
    let first = own.group.with_untracked(|group| find(group.as_ref()?, &option))?;
    let slug = StoredValue::new(option);
    let edit = move |change: &dyn Fn(&mut OptionItem)| {
        own.edit(|group| {
            let found = slug
                .with_value(|slug| group.options.iter_mut().find(|option| option.slug == *slug));
            if let Some(option) = found {
                change(option);
            }
        });
    };
    let is = move |what: fn(&OptionGroup, &Slug) -> bool| {
        Signal::derive(move || {
            own.group.with(|group| {
                group.as_ref().is_some_and(|group| slug.with_value(|slug| what(group, slug)))
            })
        })
    };
    let shift = move |to: Towards| {
        own.edit(|group| {
            let index = slug
                .with_value(|slug| group.options.iter().position(|option| option.slug == *slug));
            if let Some(index) = index {
                menu_change::shift(&mut group.options, index, to);
            }
        });
    };
    let remove = move |()| {
        slug.with_value(|slug| own.edit(|group| menu_change::remove_option(group, slug)));
    };
    let set_default = move |taken: bool| {
        slug.with_value(|slug| own.edit(|group| menu_change::set_default(group, slug, taken)));
    };
    let testid = slug.with_value(|slug| ["option-", slug.as_str()].concat());
    let name = Signal::derive(move || {
        own.group
            .with(|group| slug.with_value(|slug| Some(group.as_ref()?.option(slug)?.name.clone())))
            .unwrap_or_default()
    });
    Some(view! {
        <li class="option-row" data-testid=["row-", &testid].concat()>
            <NamesEditor
                field=[&path, ".name"].concat()
                name=first.name
                names=first.names
                rename=move |name: String| edit(&|option| option.name = name.clone())
                translate=move |name: (String, String)| {
                    edit(&|option| translated(&mut option.names, name.clone()));
                }
            />
            <NumberField
                name=[&path, ".seconds"].concat()
                label=words::option_seconds(language)
                value=first.seconds
                range=(0, 86_400)
                input=move |seconds| edit(&|option| option.seconds = seconds)
            />
            <div class="checks">
                <Check
                    testid=["available-", &testid].concat()
                    label=words::available(language)
                    checked=is(|group, slug| group.option(slug).is_some_and(|option| option.available))
                    change=move |available| edit(&|option| option.available = available)
                />
                <Check
                    testid=["default-", &testid].concat()
                    label=words::taken_by_default(language)
                    checked=is(|group, slug| group.default.contains(slug))
                    change=set_default
                />
            </div>
            <RowButtons
                testid=testid.clone()
                name=name
                is_open=None
                shift=Callback::new(shift)
                toggle=None
                remove=Callback::new(remove)
            />
        </li>
    })
}
