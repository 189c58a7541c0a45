//! Sending from a form: one request at a time, and what is wrong shown where it is wrong.

use std::collections::BTreeSet;

use domain::{Code, Rejection};
use leptos::prelude::*;
use leptos::task::spawn_local;
use ui::{Fault, Notices, language};

use crate::words;

/// What is wrong, and in which field of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    pub(crate) field: String,
    pub(crate) sentence: String,
}

/// One form and its fields.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    busy: RwSignal<bool>,
    complaints: RwSignal<Vec<Complaint>>,
    fields: StoredValue<BTreeSet<String>>,
    notices: Notices,
}

impl Form {
    /// A form for the fields below in the page.
    pub(crate) fn provide() -> Self {
        let form = Self {
            busy: RwSignal::new(false),
            complaints: RwSignal::new(Vec::new()),
            fields: StoredValue::new(BTreeSet::new()),
            notices: Notices::here(),
        };
        provide_context(form);
        form
    }

    /// The form a field belongs to.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Whether a request is in flight; follows it.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// A field is shown, and shows what is wrong with it.
    pub(crate) fn shows(&self, field: &str) {
        self.fields.update_value(|fields| {
            fields.insert(field.to_owned());
        });
    }

    /// What is wrong with a field; follows it.
    pub(crate) fn complaint_about(&self, field: &str) -> Option<String> {
        self.complaint_where(|wrong| wrong == field)
    }

    /// What is wrong with any field below a path of the request; follows it.
    pub(crate) fn complaint_below(&self, path: &str) -> Option<String> {
        self.complaint_where(|wrong| {
            wrong.strip_prefix(path).is_some_and(|below| below.starts_with('.'))
        })
    }

    fn complaint_where(&self, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        self.complaints.with(|complaints| {
            let meant = complaints.iter().find(|complaint| is_meant(&complaint.field));
            meant.map(|complaint| complaint.sentence.clone())
        })
    }

    /// Says what is wrong with which fields, and with no others.
    pub(crate) fn complain(&self, complaints: impl IntoIterator<Item = Complaint>) {
        let complaints: Vec<_> = complaints.into_iter().collect();
        if self.complaints.try_with_untracked(|told| *told != complaints) == Some(true) {
            self.complaints.try_set(complaints);
        }
    }

    /// What is to be sent, as the domain lets it through; otherwise says what is wrong with it.
    pub(crate) fn checked<T>(&self, checked: Result<T, Rejection>) -> Option<T> {
        let rejection = match checked {
            Ok(checked) => return Some(checked),
            Err(rejection) => rejection,
        };
        if let Rejection::Invalid { field, problem } = rejection {
            let sentence = words::wrong(language::current_untracked(), problem);
            self.complain(Some(Complaint { field, sentence }));
        }
        None
    }

    /// Sends a request, unless one is in flight, and hears what came of it. A fault is shown beside
    /// its field, or as the notice.
    pub(crate) fn send<R: 'static>(
        self,
        request: impl Future<Output = Result<R, Fault>> + 'static,
        done: impl FnOnce(R) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.complain([]);
        self.notices.clear();
        spawn_local(async move {
            let answer = request.await;
            self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(fault) => self.refused(&fault),
            }
        });
    }

    fn refused(&self, fault: &Fault) {
        let field = match fault {
            Fault::Refused(problem) if problem.code == Code::BarExists => Some("bar".to_owned()),
            Fault::Refused(problem) => problem.field.clone(),
            Fault::Unreachable => None,
        };
        let is_shown = |field: &String| self.fields.try_with_value(|fields| fields.contains(field));
        match field.filter(|field| is_shown(field) == Some(true)) {
            Some(field) => {
                let sentence = fault.sentence(language::current_untracked());
                self.complain(Some(Complaint { field, sentence }));
            }
            None => self.notices.show(fault, None),
        }
    }
}

/// The button at the end of a form, which waits while a request is in flight.
#[component]
pub(crate) fn SubmitButton(
    /// What tests call it.
    #[prop(into)]
    testid: String,
    /// What it says.
    words: &'static str,
    /// `button`, if nothing else is said.
    #[prop(default = "button")]
    class: &'static str,
) -> impl IntoView {
    let form = Form::here();
    view! {
        <button
            class=class
            data-testid=testid
            disabled=move || form.is_busy()
            aria-busy=move || form.is_busy().then_some("true")
        >
            {words}
        </button>
    }
}
