//! What the pages of one bar share: its view, kept current, and the links between them.

use domain::api::{AppConfig, BarRequest};
use domain::command::Details;
use domain::topic::Topic;
use domain::view::{BarStatus, BarView};
use domain::{BarId, Limits};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_navigate, use_params_map};
use ui::feed::EVERY_MINUTE;
use ui::outbox::with_id;
use ui::{Api, BarStatusBadge, Clock, ConnectionMark, Feed, Live, language};

use crate::drafts::Drafts;
use crate::form::Form;
use crate::pages::Tab;
use crate::places::{self, BarPage};
use crate::words;

/// One bar, as its pages know it.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) bar: StoredValue<BarId>,
    pub(crate) drafts: Drafts,
    api: Api,
    feed: Feed<BarView>,
}

impl Desk {
    /// The bar of the page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Whether it takes orders, once that is known; follows it.
    pub(crate) fn status(&self) -> Option<BarStatus> {
        self.feed.view().with(|view| view.as_ref().map(|view| view.status))
    }

    /// Its limits, as the bar has them; follows them.
    pub(crate) fn limits(&self) -> Option<Limits> {
        self.feed.view().with(|view| view.as_ref().map(|view| view.limits))
    }

    /// The languages of the bar, its own first; follows them.
    pub(crate) fn languages(&self) -> Vec<String> {
        let languages = self.feed.view().with(|view| Some(view.as_ref()?.languages.clone()));
        languages.unwrap_or_default()
    }

    /// What a drink takes on the average, in milliseconds; follows the menu as it is edited.
    pub(crate) fn mean_millis(&self) -> u64 {
        let mean =
            self.bar.with_value(|bar| self.drafts.menus.with(bar, |draft| draft.now.mean_millis()));
        mean.unwrap_or(0)
    }

    /// Asks something of the bar; the pages know what came of it, and `done` is told.
    pub(crate) fn ask(self, form: Form, request: BarRequest, done: impl FnOnce() + 'static) {
        let bar = self.bar.get_value();
        let sent = with_id(request);
        let request = async move { self.api.bar_command(&bar, &sent).await };
        form.send(request, move |view| {
            self.hear(&view);
            // Whoever is on another page by now hears of it there.
            self.feed.refetch();
            done();
        });
    }

    fn hear(&self, view: &BarView) {
        if let Some(menu) = &view.menu {
            self.drafts.menus.hear(&view.bar, menu);
        }
        self.drafts.limits.hear(&view.bar, &view.limits);
        let details = Details {
            name: view.name.clone(),
            place: view.place.clone(),
            languages: view.languages.clone(),
            time_zone: view.time_zone.clone(),
        };
        self.drafts.details.hear(&view.bar, &details);
    }
}

/// The pages of the bar in the address.
#[component]
pub(crate) fn BarPages() -> impl IntoView {
    let language = language::current_untracked();
    let params = use_params_map();
    let bar = Memo::new(move |_| params.with(|params| params.get("bar")?.parse::<BarId>().ok()));
    move || match bar.get() {
        Some(bar) => view! { <OneBar bar=bar /> }.into_any(),
        None => view! { <NoBar words=words::no_such_bar(language).to_owned() /> }.into_any(),
    }
}

#[component]
fn OneBar(bar: BarId) -> impl IntoView {
    let language = language::current_untracked();
    let (api, clock): (Api, Clock) = (expect_context(), expect_context());
    let config: AppConfig = expect_context();
    let of_bar = bar.clone();
    let feed = Feed::start(clock, Some(EVERY_MINUTE), move || {
        let bar = of_bar.clone();
        async move { api.bar(&bar).await }
    });
    let topics = vec![Topic::Status(bar.clone())];
    let live = Live::start(
        config.live,
        api.session(),
        topics,
        move || feed.refetch(),
        move |topic, payload| match topic {
            Topic::Status(_) => feed.hear_message(payload, BarView::apply),
            Topic::Sign(_)
            | Topic::Queue(_)
            | Topic::Board(_)
            | Topic::Code(_)
            | Topic::Orders(_) => {}
        },
    );
    let drafts: Drafts = expect_context();
    let desk = Desk { bar: StoredValue::new(bar.clone()), drafts, api, feed };
    provide_context(desk);
    Effect::new(move || {
        feed.view().with(|view| {
            if let Some(view) = view {
                desk.hear(view);
            }
        });
    });
    let name = move || feed.view().with(|view| view.as_ref().map(|view| view.name.clone()));
    let status = move || desk.status().map(|status| view! { <BarStatusBadge status=status /> });
    let is_lost = move || {
        let fault = feed.fault().get().filter(|fault| !fault.may_pass());
        fault.filter(|_| feed.view().with(Option::is_none)).map(|fault| fault.sentence(language))
    };
    let (of_bar, tablet) = (bar.clone(), places::tablet(&bar));
    let tabs = BarPage::ALL.map(|page| {
        let (testid, words) = match page {
            BarPage::Menu => ("to-menu", words::menu(language)),
            BarPage::Limits => ("to-limits", words::limits(language)),
            BarPage::Details => ("to-details", words::details(language)),
            BarPage::Displays => ("to-displays", words::displays(language)),
            BarPage::Webhooks => ("to-webhooks", words::webhooks(language)),
        };
        let bar = of_bar.clone();
        let is_changed = move || match page {
            BarPage::Menu => drafts.menus.with(&bar, |draft| draft.is_changed()),
            BarPage::Limits => drafts.limits.with(&bar, |draft| draft.is_changed()),
            BarPage::Details => drafts.details.with(&bar, |draft| draft.is_changed()),
            BarPage::Displays | BarPage::Webhooks => None,
        };
        let mark = move || {
            (is_changed() == Some(true)).then(|| {
                view! { <span class="unsaved" title=words::unsaved(language)>
                    <span class="unseen">{words::unsaved(language)}</span>
                </span> }
            })
        };
        view! { <Tab href=page.of(&of_bar) testid=testid words=words>{mark}</Tab> }
    });
    let lost = move || is_lost().map(|words| view! { <NoBar words=words /> });
    view! {
        <section class="bar-top" aria-label=name hidden=move || is_lost().is_some()>
            <div class="bar-title">
                <h1>{name}</h1>
                {status}
                <ConnectionMark state=live.state() />
                <a class="button small" data-testid="to-the-bar" href=tablet>
                    {words::to_the_queue(language)}
                </a>
            </div>
            <nav class="tabs" aria-label=name>{tabs.collect_view()}</nav>
        </section>
        {lost}
        <div hidden=move || is_lost().is_some()>
            <Outlet />
        </div>
    }
}

#[component]
fn NoBar(words: String) -> impl IntoView {
    let language = language::current_untracked();
    view! {
        <main class="alone" data-testid="nowhere">
            <h1>{words}</h1>
            <a class="button primary" href=places::BARS>{words::bars(language)}</a>
        </main>
    }
}

/// A bar's address without a page: its menu is what most come for.
#[component]
pub(crate) fn ToTheMenu() -> impl IntoView {
    let desk = Desk::here();
    let go = use_navigate();
    Effect::new(move || {
        let options = NavigateOptions { resolve: false, replace: true, ..Default::default() };
        go(&desk.bar.with_value(|bar| BarPage::Menu.of(bar)), options);
    });
}
