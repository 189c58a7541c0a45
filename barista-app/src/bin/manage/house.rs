//! The bars and the people of this deployment, as every page needs to know them.

use domain::Role;
use domain::staff::StaffMember;
use domain::view::BarSummary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use ui::sleep::sleep_about;
use ui::{Api, Fault};

/// Bars and staff, fetched when somebody comes in and whenever something about them was changed.
#[derive(Clone, Copy)]
pub(crate) struct House {
    api: Api,
    bars: RwSignal<Option<Vec<BarSummary>>>,
    staff: RwSignal<Option<Vec<StaffMember>>>,
    fault: RwSignal<Option<Fault>>,
}

impl House {
    /// The house of who is signed in; the pages below find it.
    pub(crate) fn provide() -> Self {
        let house = Self {
            api: expect_context(),
            bars: RwSignal::new(None),
            staff: RwSignal::new(None),
            fault: RwSignal::new(None),
        };
        provide_context(house);
        house.refetch();
        house
    }

    /// The house of the page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// The bars, once they are known; follows them.
    pub(crate) fn bars(&self) -> Option<Vec<BarSummary>> {
        self.bars.get()
    }

    /// The same, without following them.
    pub(crate) fn bars_untracked(&self) -> Option<Vec<BarSummary>> {
        self.bars.get_untracked()
    }

    /// Everybody who has an account, once that is known; follows them.
    pub(crate) fn staff(&self) -> Option<Vec<StaffMember>> {
        self.staff.get()
    }

    /// The same, without following them.
    pub(crate) fn staff_untracked(&self) -> Option<Vec<StaffMember>> {
        self.staff.get_untracked()
    }

    /// Those of some roles; follows them.
    pub(crate) fn staff_who(&self, role: impl Fn(Role) -> bool) -> Vec<StaffMember> {
        let mut staff = self.staff.get().unwrap_or_default();
        staff.retain(|member| role(member.role));
        staff
    }

    /// Why nothing is known yet; follows it.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.fault.get()
    }

    /// Fetches both again, until somebody answers.
    pub(crate) fn refetch(&self) {
        let house = *self;
        spawn_local(async move {
            loop {
                let answers = (house.api.bars().await, house.api.staff().await);
                let fault = match answers {
                    (Ok(bars), Ok(staff)) => {
                        house.fault.try_set(None);
                        house.bars.try_set(Some(house.own(bars)));
                        house.staff.try_set(Some(staff));
                        return;
                    }
                    (Err(fault), _) | (_, Err(fault)) => fault,
                };
                let may_pass = fault.may_pass();
                // Some when the page is gone.
                if house.fault.try_set(Some(fault)).is_some() || !may_pass {
                    return;
                }
                sleep_about(Duration::from_secs(2), Duration::from_secs(1)).await;
            }
        });
    }

    /// Those bars this organiser may know of.
    fn own(&self, mut bars: Vec<BarSummary>) -> Vec<BarSummary> {
        if let Some(session) = self.api.session().get_untracked() {
            bars.retain(|bar| session.actor.knows(&bar.bar));
        }
        bars
    }
}
