//! A bar to which deeds are done, with everything around it that an application looks after.

mod requests;

use std::cell::RefCell;

use domain::bar::Snapshot;
use domain::command::Scan;
use domain::view::Names;
use domain::{
    Bar, BarId, Command, CommandId, Day, Entry, Event, Facts, Order, OrderId, Rejection, Role,
    Sender, Status, Step, Timestamp, deadline,
};

use crate::coverage::{Coverage, Table};
use crate::deeds::{Deed, What, Who};
use crate::invariants;
use crate::ledger::Ledger;
use crate::screens::Screens;
use requests::person;

/// A bar, its log, its screens, and a clock on the wall.
pub(crate) struct World<'a> {
    bar: Bar,
    log: Vec<Entry>,
    now: Timestamp,
    ledger: Ledger,
    screens: Screens,
    names: Names,
    /// Every order there has ever been, oldest first.
    orders: Vec<OrderId>,
    /// Every code there has been on the monitor, oldest first.
    codes: Vec<Timestamp>,
    commands: usize,
    coverage: &'a RefCell<Coverage>,
}

type Decided = Result<Vec<Event>, Rejection>;

impl<'a> World<'a> {
    /// No bar yet; the clock says ten.
    pub(crate) fn new(coverage: &'a RefCell<Coverage>) -> Self {
        let bar = Bar::new(bar_id());
        let now = "2026-11-21T10:00:00Z".parse().expect("a moment");
        let names = Names::default();
        let screens = Screens::of(&bar, &names, Timestamp::default());
        Self {
            bar,
            log: Vec::new(),
            now,
            ledger: Ledger::default(),
            screens,
            names,
            orders: Vec::new(),
            codes: Vec::new(),
            commands: 0,
            coverage,
        }
    }

    /// The organiser makes the bar and opens it.
    pub(crate) fn is_founded(&mut self) {
        for what in [What::Create, What::Open] {
            self.sees(&Deed { after: 0, who: Who::Organiser, what });
        }
        assert!(self.bar.exists());
    }

    /// Time passes, what has run out is ended, somebody does something.
    pub(crate) fn sees(&mut self, deed: &Deed) {
        self.now = Timestamp::from_millis(self.now.millis() + deed.after);
        self.catches_up();
        let shown = self.bar.window(self.bar.clamp(self.now)).opens_at;
        if self.codes.last() != Some(&shown) {
            self.codes.push(shown);
        }
        if let Some(command) = self.command(&deed.what) {
            let sender = self.sender(deed.who, &command);
            let _ = self.decides(sender, &command, None);
        } else {
            self.hears_again(matches!(deed.what, What::Again { same: true }));
        }
        invariants::check_up_to_date(&self.bar, self.now);
        self.monitor_is_right();
    }

    /// Folded again, from the first entry or from a snapshot, it is the same bar.
    pub(crate) fn is_told_again_by_its_log(&self) {
        for written_down_after in [0, self.log.len() / 2, self.log.len()] {
            let (before, after) = self.log.split_at(written_down_after);
            let mut bar = Bar::new(bar_id());
            before.iter().for_each(|entry| bar.evolve(entry));
            let written = serde_json::to_string(&Snapshot::of(bar)).expect("plain data");
            let read: Snapshot = serde_json::from_str(&written).expect("what was written");
            let mut bar = read.bar();
            for entry in after {
                let written = serde_json::to_string(entry).expect("plain data");
                bar.evolve(&serde_json::from_str(&written).expect("what was written"));
            }
            assert_eq!(bar, self.bar, "written down after {written_down_after} entries");
        }
    }

    /// Ends every stage that has run out and begins the day, as an application does before it
    /// decides.
    fn catches_up(&mut self) {
        if !self.bar.exists() {
            return;
        }
        let _ = self.decides(Sender::SYSTEM, &Command::StartDay, None);
        for due in deadline::due(&self.bar, self.bar.clamp(self.now)) {
            let cause = due.cause();
            let command =
                Command::Order { order: due.order, command: due.command, if_version: None };
            let decided = self.decides(Sender::SYSTEM, &command, Some(cause));
            assert!(decided.is_ok(), "what is due is allowed: {decided:?}");
        }
    }

    fn decides(&mut self, sender: Sender, command: &Command, cause: Option<CommandId>) -> Decided {
        let at = self.bar.clamp(self.now);
        // The bar's day begins at four in the morning.
        let today = Timestamp::from_millis(at.millis() - 4 * 3_600_000).utc_day();
        let facts = self.facts(today, sender.clone());
        let decided = self.bar.decide(command, &facts);
        let judged = self.table_for(&sender, command, at);
        match &decided {
            Ok(events) if !events.is_empty() => {
                self.commands += 1;
                self.coverage.borrow_mut().carried_out(command, events);
                let cause = cause.unwrap_or_else(|| command_id(self.commands));
                self.appends(sender, cause, events.clone());
            }
            Ok(_) => {}
            Err(rejection) => {
                assert!(rejection.retry_at().is_none_or(|retry| at < retry), "{rejection:?}");
                self.coverage.borrow_mut().refusal(rejection);
            }
        }
        if let Some((table, step, order)) = judged {
            self.table_is_kept(table, step, &order, &decided);
        }
        decided
    }

    fn facts(&self, today: Day, sender: Sender) -> Facts {
        let tomorrow = format!("{}T04:00:00Z", today.max(self.bar.day()).next());
        let tomorrow = tomorrow.parse().expect("a moment");
        Facts { now: self.now, today, tomorrow, sender }
    }

    fn appends(&mut self, by: Sender, cause: CommandId, events: Vec<Event>) {
        let entry = Entry {
            bar: bar_id(),
            seq: self.bar.seq() + 1,
            at: self.bar.clamp(self.now),
            by,
            cause,
            digest: "digest".to_owned(),
            events,
        };
        let before = self.bar.clone();
        self.bar.evolve(&entry);
        invariants::check(&before, &entry, &self.bar, &mut self.ledger);
        self.screens.follow(&before, &entry, &self.bar, &self.names);
        for order in entry.events.iter().filter_map(Event::order) {
            if !self.orders.contains(order) {
                self.orders.push(order.clone());
            }
        }
        let collects = |event: &&Event| event.name() == "OrderCollected";
        self.coverage.borrow_mut().collected += entry.events.iter().filter(collects).count();
        self.log.push(entry);
    }

    /// The table that says what this step may lead to, while the order is as it was.
    fn table_for(
        &self,
        sender: &Sender,
        command: &Command,
        at: Timestamp,
    ) -> Option<(Table, Step, Order)> {
        let Command::Order { order, command, .. } = command else {
            return None;
        };
        let order = self.bar.order(order)?.clone();
        let table = match sender {
            Sender::System(_) if order.until.is_some_and(|until| until <= at) => Table::Clock,
            Sender::System(_) => Table::ClockTooEarly,
            Sender::Person { role: Role::Barista | Role::Organiser, .. } => Table::Staff,
            Sender::Person { role: Role::Display, .. } => Table::Display,
            Sender::Person { person, role: Role::Customer } => {
                if order.person.as_ref() == Some(person) { Table::Owner } else { Table::Stranger }
            }
        };
        Some((table, command.step(), order))
    }

    fn table_is_kept(&self, table: Table, step: Step, before: &Order, decided: &Decided) {
        let cell = table.cell(step, before.status);
        let after = self.bar.order(&before.order).expect("known a moment ago").status;
        let said = || format!("{table:?} {step:?} {before:?}: {decided:?}, not {cell}");
        match decided {
            Ok(_) => assert_eq!(after.as_str(), cell, "{}", said()),
            Err(rejection) => {
                assert_eq!(after, before.status, "{}", said());
                let is_due = match rejection {
                    Rejection::NotAllowed => cell == "never",
                    Rejection::NoSuchOrder => cell == "unseen",
                    Rejection::Taken { .. } => cell == "taken",
                    Rejection::WrongStatus { order_status } => {
                        // That it is not among the last forty any more only the bar knows.
                        let is_too_late = step == Step::Return && after == Status::Collected;
                        *order_status == after && (cell == "wrong" || is_too_late)
                    }
                    Rejection::Changed => cell != "never" && cell != "unseen" && cell != "taken",
                    Rejection::Invalid { .. } | Rejection::SoldOut { .. } => {
                        let is_worded = matches!(step, Step::Place | Step::Change | Step::Cancel);
                        is_worded && cell != "never" && cell != "unseen"
                    }
                    Rejection::BarClosed
                    | Rejection::BarPaused { .. }
                    | Rejection::BarFull
                    | Rejection::BarExists
                    | Rejection::NoSuchBar
                    | Rejection::LiveOrderExists { .. }
                    | Rejection::DailyLimit { .. }
                    | Rejection::CodeUnknown
                    | Rejection::CodeExpired
                    | Rejection::CodeUsedUp { .. }
                    | Rejection::CommandReused => false,
                };
                assert!(is_due, "{}", said());
                if !matches!(rejection, Rejection::WrongStatus { .. } | Rejection::NotAllowed)
                    && cell != "taken"
                    && cell != "unseen"
                {
                    return;
                }
            }
        }
        self.coverage.borrow_mut().cell(table, step, before.status);
    }

    /// What was accepted lately and comes again changes nothing; another command under its id is
    /// refused.
    fn hears_again(&mut self, same: bool) {
        let Some(entry) = self.log.iter().rev().find(|entry| entry.by.person().is_some()) else {
            return;
        };
        let person = entry.by.person().expect("looked for");
        let digest = if same { entry.digest.as_str() } else { "another" };
        let order = entry.events.iter().find_map(Event::order).cloned();
        let is_kept = self.bar.clamp(entry.at) < entry.at.plus_seconds(600);
        match self.bar.repeat(person, &entry.cause, digest) {
            Ok(Some(accepted)) => assert!(same && accepted.order == order),
            Ok(None) => assert!(!is_kept, "forgotten too soon: {entry:?}"),
            Err(rejection) => {
                assert!(!same && rejection == Rejection::CommandReused);
                self.coverage.borrow_mut().refusal(&rejection);
            }
        }
    }

    /// Its code lets a newcomer in, or is refused for the very reason that the monitor shows.
    fn monitor_is_right(&self) {
        if !self.bar.exists() {
            return;
        }
        let code = self.bar.code_view(String::new(), String::new(), self.now);
        assert!(code.opens_at <= code.now && code.now < code.closes_at);
        let order = order_id(usize::MAX >> 8);
        let command = Command::RedeemCode { order, scan: Scan::Genuine(code.opens_at) };
        let newcomer = person("newcomer", Role::Customer);
        let facts = self.facts(self.bar.day(), newcomer);
        let answer = self.bar.decide(&command, &facts);
        assert_eq!(answer.is_ok(), code.accepting, "{answer:?}");
        let told = answer.err().map(|rejection| (rejection.code(), rejection.retry_at()));
        assert_eq!(told, code.refusal.map(|refusal| (refusal.code, refusal.retry_at)));
    }
}

fn bar_id() -> BarId {
    "espresso".parse().expect("a slug")
}

fn order_id(number: usize) -> OrderId {
    OrderId::new(&bar_id(), &format!("{number:08}")).expect("digits")
}

fn command_id(number: usize) -> CommandId {
    format!("command-{number}").parse().expect("a command id")
}
