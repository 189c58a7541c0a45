//! Deeds as requests: who sends what, at the bar of the moment.

use domain::command::{Choice, Details, Item, Scan};
use domain::menu::Options;
use domain::{
    Actor, Command, Limits, Menu, OrderCommand, PersonId, Role, Sender, Slug, Step, Timestamp,
};

use super::{World, order_id};
use crate::deeds::{Code, Sellable, Taste, What, Who};

impl World<'_> {
    pub(super) fn sender(&self, who: Who, command: &Command) -> Sender {
        match who {
            Who::Owner => {
                let order = match command {
                    Command::Order { order, .. } => self.bar.order(order),
                    Command::CreateBar { .. }
                    | Command::OpenBar
                    | Command::CloseBar
                    | Command::PauseBar { .. }
                    | Command::SetAvailability { .. }
                    | Command::SetMenu { .. }
                    | Command::SetLimits { .. }
                    | Command::SetDetails(_)
                    | Command::StartDay
                    | Command::CountTurnedAway { .. }
                    | Command::RedeemCode { .. }
                    | Command::TakeOrder { .. } => None,
                };
                let owner = order.and_then(|order| order.person.as_ref());
                person(owner.map_or("guest0", PersonId::as_str), Role::Customer)
            }
            Who::Guest(number) => person(&format!("guest{number}"), Role::Customer),
            Who::Barista(number) => person(&format!("barista{number}"), Role::Barista),
            Who::Organiser => person("olga", Role::Organiser),
            Who::Display => person("display", Role::Display),
            Who::Clock => Sender::SYSTEM,
        }
    }

    /// The command that comes of it; none when it is one that was sent before.
    pub(super) fn command(&self, what: &What) -> Option<Command> {
        let new = || order_id(self.orders.len());
        Some(match what {
            What::Redeem(code) => Command::RedeemCode { order: new(), scan: self.scan(*code) },
            What::Take(taste) => Command::TakeOrder { order: new(), choice: choice(*taste) },
            What::Order { back, step, taste, reason, version } => {
                let known = self.orders.len().checked_sub(back + 1).map(|at| &self.orders[at]);
                let order = known.cloned().unwrap_or_else(|| order_id(usize::MAX >> 8));
                let now = self.bar.order(&order).map_or(0, |order| order.version);
                let if_version = version.map(|right| if right { now } else { now + 1 });
                let command = order_command(*step, *taste, *reason);
                Command::Order { order, command, if_version }
            }
            What::Create => Command::CreateBar {
                name: "Espresso Bar".to_owned(),
                place: "Hall 2".to_owned(),
                limits: Limits::default(),
                menu: small_menu(None),
            },
            What::Open => Command::OpenBar,
            What::Close => Command::CloseBar,
            What::Pause(seconds) => Command::PauseBar {
                until: seconds.map(|s| Timestamp::from_millis(self.now.millis() + s * 1000)),
                reason: None,
            },
            What::Mark(item, available) => {
                Command::SetAvailability { item: sellable(*item), available: *available }
            }
            What::SetMenu(only) => Command::SetMenu { menu: small_menu(*only) },
            What::SetLimits(limits) => Command::SetLimits { limits: *limits },
            What::SetDetails(name) => Command::SetDetails(Details {
                name: (*name).to_owned(),
                place: "Hall 3".to_owned(),
                languages: vec!["pt-BR".to_owned()],
                time_zone: "UTC".to_owned(),
            }),
            What::StartDay => Command::StartDay,
            What::CountTurnedAway(guests) => Command::CountTurnedAway {
                since: self.now,
                counts: (*guests > 0)
                    .then_some((domain::Code::BarFull, *guests))
                    .into_iter()
                    .collect(),
            },
            What::Again { .. } => return None,
        })
    }

    fn scan(&self, code: Code) -> Scan {
        match code {
            Code::Shown(back) => {
                let at = self.codes.len().checked_sub(back + 1);
                at.map_or(Scan::Unknown, |at| Scan::Genuine(self.codes[at]))
            }
            Code::ToCome => Scan::Genuine(self.bar.window(self.bar.clamp(self.now)).closes_at),
            Code::Forged => Scan::Unknown,
        }
    }
}

pub(super) fn person(name: &str, role: Role) -> Sender {
    let person = name.parse().expect("a person's id");
    Actor { person, role, name: None, bars: None }.sender()
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn choice(taste: Taste) -> Choice {
    let options = taste
        .options
        .map(|(group, options)| (slug(group), options.iter().map(|option| slug(option)).collect()));
    Choice { drink: slug(taste.drink), options: Options::from_iter(options) }
}

fn sellable(item: Sellable) -> Item {
    match item {
        Sellable::Drink(drink) => Item::Drink(slug(drink)),
        Sellable::Option(group, option) => Item::Option(slug(group), slug(option)),
    }
}

fn small_menu(only: Option<&str>) -> Menu {
    let mut menu = Menu::standard();
    menu.drinks.retain(|drink| match only {
        Some(only) => drink.slug.as_str() == only,
        None => ["latte", "tea", "espresso"].contains(&drink.slug.as_str()),
    });
    menu
}

fn order_command(step: Step, taste: Taste, reason: Option<&str>) -> OrderCommand {
    match step {
        Step::Place => OrderCommand::Place(choice(taste)),
        Step::Change => OrderCommand::Change(choice(taste)),
        Step::Claim => OrderCommand::Claim,
        Step::Release => OrderCommand::Release,
        Step::Complete => OrderCommand::Complete,
        Step::Recall => OrderCommand::Recall,
        Step::Collect => OrderCommand::Collect,
        Step::Return => OrderCommand::Return,
        Step::Cancel => OrderCommand::Cancel { reason: reason.map(str::to_owned) },
        Step::Expire => OrderCommand::Expire,
    }
}
