//! A bar as a test speaks of it: the clock is told, people act, everything goes through
//! decide -> entry -> evolve, and the promises that hold for every bar are checked on the way.

use domain::bar::Audience;
use domain::command::Scan;
use domain::deadline;
use domain::limits::LimitsChange;
use domain::view::{Names, OrderView};
use domain::{
    Actor, Bar, BarId, Command, Day, Entry, Event, Facts, Limits, Menu, OrderId, Rejection, Role,
    Sender, Status, Timestamp,
};

use crate::outcome::Outcome;
use crate::people::Somebody;
use crate::promises::check_promises;
use crate::screens::Screens;

/// The day on which every scenario begins.
pub(crate) const TODAY: &str = "2026-11-21";

/// One bar, its whole log and the clock on its wall.
#[derive(Clone)]
pub(crate) struct Scenario {
    pub(crate) bar: Bar,
    pub(crate) log: Vec<Entry>,
    pub(crate) now: Timestamp,
    pub(crate) today: Day,
    pub(crate) names: Names,
    screens: Screens,
}

impl Scenario {
    /// No bar yet; the clock says ten.
    pub(crate) fn nothing_yet() -> Self {
        let bar = Bar::new(bar_id());
        let mut names = Names::default();
        for (person, name) in [("bea", "Bea"), ("bob", "Bob"), ("olga", "Olga")] {
            let person = person.parse().expect("a person");
            names.staff.insert(person, name.to_owned());
        }
        let now = time("10:00:00");
        Self {
            screens: Screens::of(&bar, &names, now),
            bar,
            log: Vec::new(),
            now,
            today: TODAY.parse().expect("a day"),
            names,
        }
    }

    /// A bar with the standard menu and limits that nobody has opened.
    pub(crate) fn closed_bar() -> Self {
        let mut bar = Self::nothing_yet();
        let command = Command::CreateBar {
            name: "Espresso Bar".to_owned(),
            place: "Hall 2".to_owned(),
            limits: Limits::default(),
            menu: Menu::standard(),
        };
        bar.organiser().sends(command).succeeds();
        bar
    }

    /// A bar with the standard menu and limits, open at ten.
    pub(crate) fn open_bar() -> Self {
        let mut bar = Self::closed_bar();
        bar.organiser().opens().succeeds();
        bar
    }

    /// That bar with other limits.
    pub(crate) fn open_bar_with(limits: LimitsChange) -> Self {
        let mut bar = Self::open_bar();
        bar.organiser().sets_limits(limits).succeeds();
        bar
    }

    /// That bar with another menu.
    pub(crate) fn open_bar_serving(menu: Menu) -> Self {
        let mut bar = Self::open_bar();
        bar.organiser().sets_menu(menu).succeeds();
        bar
    }

    /// The clock says so: `10:05:00`, or with the day, or with milliseconds.
    pub(crate) fn at(&mut self, clock: &str) -> &mut Self {
        self.now = time(clock);
        self
    }

    pub(crate) fn later(&mut self, seconds: u32) -> &mut Self {
        self.now = self.now.plus_seconds(seconds);
        self
    }

    /// The day begins at the bar, as the clock makes it begin.
    pub(crate) fn day_begins(&mut self, day: &str) {
        self.today = day.parse().expect("a day");
        self.clock().sends(Command::StartDay).succeeds();
    }

    pub(crate) fn somebody(&mut self, person: &str, role: Role) -> Somebody<'_> {
        let person = person.parse().expect("a person");
        let actor = Actor { person, role, name: None, bars: None };
        self.sender(actor.sender())
    }

    pub(crate) fn guest(&mut self, person: &str) -> Somebody<'_> {
        self.somebody(person, Role::Customer)
    }

    pub(crate) fn barista(&mut self, person: &str) -> Somebody<'_> {
        self.somebody(person, Role::Barista)
    }

    pub(crate) fn organiser(&mut self) -> Somebody<'_> {
        self.somebody("olga", Role::Organiser)
    }

    pub(crate) fn clock(&mut self) -> Somebody<'_> {
        self.sender(Sender::SYSTEM)
    }

    pub(crate) fn sender(&mut self, sender: Sender) -> Somebody<'_> {
        Somebody { bar: self, sender }
    }

    /// The genuine code of the window that opens then.
    pub(crate) fn code_of(clock: &str) -> Scan {
        Scan::Genuine(time(clock))
    }

    /// The code on the monitor.
    pub(crate) fn code(&self) -> Scan {
        Scan::Genuine(self.bar.window(self.bar.clamp(self.now)).opens_at)
    }

    pub(crate) fn uses_left(&self) -> u32 {
        self.bar.code_view(String::new(), String::new(), self.now).uses_left
    }

    pub(crate) fn view_of(&self, order: &str) -> OrderView {
        let order = self.bar.order(&order_id(order)).expect("a known order");
        self.bar.order_view(order, &self.names, Audience::Staff, self.now)
    }

    pub(crate) fn status_of(&self, order: &str) -> Status {
        self.view_of(order).status
    }

    pub(crate) fn number_of(&self, order: &str) -> u32 {
        self.view_of(order).number.expect("it has its number")
    }

    /// Ends every stage that has run out, as the server does before it decides anything.
    pub(crate) fn time_passes(&mut self) {
        for due in deadline::due(&self.bar, self.bar.clamp(self.now)) {
            let cause = due.cause();
            let command =
                Command::Order { order: due.order, command: due.command, if_version: None };
            let decided = self.bar.decide(&command, &self.facts(Sender::SYSTEM));
            let events = decided.expect("what is due is allowed");
            self.append(Sender::SYSTEM, cause.as_str(), "", events);
        }
    }

    pub(crate) fn send(&mut self, sender: Sender, command: &Command) -> Outcome {
        let id = format!("command-{:04}", self.log.len());
        self.send_with(sender, command, &id, "digest")
    }

    pub(crate) fn send_with(
        &mut self,
        sender: Sender,
        command: &Command,
        id: &str,
        digest: &str,
    ) -> Outcome {
        self.time_passes();
        let decided = self.bar.decide(command, &self.facts(sender.clone()));
        if let Ok(events) = &decided {
            self.append(sender, id, digest, events.clone());
        }
        Outcome(decided)
    }

    /// Appends what was decided without looking at the clock first.
    pub(crate) fn carry_out(
        &mut self,
        sender: Sender,
        decided: Result<Vec<Event>, Rejection>,
    ) -> Outcome {
        if let Ok(events) = &decided {
            self.append(sender, "carried-out", "digest", events.clone());
        }
        Outcome(decided)
    }

    pub(crate) fn facts(&self, sender: Sender) -> Facts {
        let tomorrow = time(&format!("{}T04:00:00", self.today.next()));
        Facts { now: self.now, today: self.today, tomorrow, sender }
    }

    fn append(&mut self, by: Sender, cause: &str, digest: &str, events: Vec<Event>) {
        if events.is_empty() {
            return;
        }
        let entry = Entry {
            bar: self.bar.id().clone(),
            seq: self.bar.seq() + 1,
            at: self.bar.clamp(self.now),
            by,
            cause: cause.parse().expect("a command id"),
            digest: digest.to_owned(),
            events,
        };
        let before = self.bar.clone();
        self.bar.evolve(&entry);
        self.screens.follow(&before, &entry, &self.bar, &self.names);
        check_promises(&before, &entry, &self.bar);
        self.log.push(entry);
    }
}

pub(crate) fn bar_id() -> BarId {
    "espresso".parse().expect("a slug")
}

/// The order a test calls by this nickname.
pub(crate) fn order_id(nickname: &str) -> OrderId {
    OrderId::new(&bar_id(), &format!("{nickname:x<8}")).expect("a nickname of letters and digits")
}

/// A moment of [`TODAY`], or of the day it says.
pub(crate) fn time(clock: &str) -> Timestamp {
    let text = if clock.contains('T') { format!("{clock}Z") } else { format!("{TODAY}T{clock}Z") };
    text.parse().expect("a time such as `10:00:00`")
}
