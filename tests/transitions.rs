//! The life of an order, from outside: every command in every status by everybody, against the
//! table of the product page.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use domain::api::OrderRequest;
use domain::limits::LimitsChange;
use domain::view::OrderView;
use domain::{Code, OrderId, Status, Step};
use serde_json::json;

use crate::bar::{Bar, roomy};
use crate::http::{No, Refusal as _};
use crate::person::Person;
use crate::soon::until;

// A cell is the status that follows, or why nothing does: `wrong`, not from there; `taken`,
// somebody has it; `never`, not in this role; `reason`, not without one.

/// The order's customer.
const CUSTOMER: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      placed     wrong      wrong      wrong      wrong      wrong      wrong
    change     wrong      placed     wrong      wrong      wrong      wrong      wrong
    claim      never      never      never      never      never      never      never
    release    never      never      never      never      never      never      never
    complete   never      never      never      never      never      never      never
    recall     never      never      never      never      never      never      never
    collect    wrong      wrong      wrong      collected  wrong      wrong      wrong
    return     never      never      never      never      never      never      never
    cancel     cancelled  cancelled  wrong      wrong      wrong      wrong      wrong
    cancel-why cancelled  cancelled  wrong      wrong      wrong      wrong      wrong
";

/// A barista, and the organiser, who may do whatever a barista may.
const STAFF: &str = "
               choosing   placed     making     ready      collected  cancelled  expired
    place      never      never      never      never      never      never      never
    change     never      never      never      never      never      never      never
    claim      wrong      making     taken      wrong      wrong      wrong      wrong
    release    wrong      wrong      placed     wrong      wrong      wrong      wrong
    complete   wrong      ready      ready      wrong      wrong      wrong      wrong
    recall     wrong      wrong      wrong      making     wrong      wrong      wrong
    collect    wrong      wrong      wrong      collected  wrong      wrong      wrong
    return     wrong      wrong      wrong      wrong      ready      wrong      wrong
    cancel     wrong      cancelled  reason     wrong      wrong      wrong      wrong
    cancel-why wrong      cancelled  cancelled  wrong      wrong      wrong      wrong
";

const COMMANDS: [&str; 10] = [
    "place", "change", "claim", "release", "complete", "recall", "collect", "return", "cancel",
    CANCEL_WHY,
];

/// No step of its own: a cancellation that says why.
const CANCEL_WHY: &str = "cancel-why";

#[test]
fn every_step_but_the_clocks_own_is_a_command() {
    let steps = Step::ALL.into_iter().filter(|step| *step != Step::Expire).map(Step::as_str);
    let commands: Vec<&str> = steps.chain([CANCEL_WHY]).collect();
    assert_eq!(commands, COMMANDS);
}

#[tokio::test]
async fn the_customer_of_an_order() -> Result<()> {
    let house = House::open().await?;
    house.holds("the customer", &house.ada, |command, from| cell(CUSTOMER, command, from)).await
}

#[tokio::test]
async fn another_customer_does_not_know_of_it() -> Result<()> {
    let house = House::open().await?;
    let stranger = house.bar.guest().await?;
    house.holds("another customer", &stranger, |_, _| "unseen").await
}

#[tokio::test]
async fn a_barista() -> Result<()> {
    let house = House::open().await?;
    house.holds("a barista", &house.bob, |command, from| cell(STAFF, command, from)).await
}

#[tokio::test]
async fn an_organiser_may_do_what_a_barista_may() -> Result<()> {
    let house = House::open().await?;
    house.holds("the organiser", &house.olga, |command, from| cell(STAFF, command, from)).await
}

#[tokio::test]
async fn a_display_only_looks() -> Result<()> {
    let house = House::open().await?;
    let display = house.bar.display().await?;
    house.holds("a display", &display, |_, _| "never").await
}

#[tokio::test]
async fn nobody_without_a_session() -> Result<()> {
    let house = House::open().await?;
    let mut nobody = house.bar.guest().await?;
    nobody.session.token = "no.session".to_owned();
    house.holds("nobody", &nobody, |_, _| "no session").await
}

/// A bar where nothing is short, and who is needed to bring an order anywhere.
struct House {
    bar: Bar,
    ada: Person,
    bea: Person,
    bob: Person,
    olga: Person,
    code: String,
    expired: Vec<OrderId>,
}

impl House {
    async fn open() -> Result<Self> {
        let hasty = LimitsChange { choose_seconds: Some(2), start_seconds: Some(1), ..roomy() };
        let bar = Bar::with_limits(hasty).await?;
        let (ada, bea, bob) = (bar.guest().await?, bar.bea().await?, bar.bob().await?);
        let olga = bar.olga().await?;
        let code = olga.code().await?.code;
        let expired = vec![ada.scans(&code).await?.order, ada.orders(&code, "tea").await?.order];
        for order in &expired {
            until("its expiry", async || Ok(ada.order(order).await?.status == Status::Expired))
                .await?;
        }
        olga.limits(roomy()).await?;
        Ok(Self { bar, ada, bea, bob, olga, code, expired })
    }

    /// Goes through the whole table as `person`.
    async fn holds(
        &self,
        who: &str,
        person: &Person,
        expected: impl Fn(&str, Status) -> &'static str,
    ) -> Result<()> {
        for from in Status::ALL {
            let mut spare: Vec<OrderView> = Vec::new();
            for command in COMMANDS {
                let orders = match (from, spare.pop()) {
                    (Status::Expired, _) => self.expired.clone(),
                    (_, Some(spare)) => vec![spare.order],
                    (_, None) => vec![self.in_status(from).await?.order],
                };
                for order in orders {
                    let cell = expected(command, from);
                    let now = self
                        .one(person, &order, command, cell)
                        .await
                        .with_context(|| format!("{who}: {command} from {}", from.as_str()))?;
                    if now.status == from && now.status != Status::Expired {
                        spare.push(now);
                    }
                }
            }
        }
        Ok(())
    }

    /// One cell of the table: the answer, and what the order is afterwards.
    async fn one(
        &self,
        person: &Person,
        order: &OrderId,
        command: &str,
        cell: &str,
    ) -> Result<OrderView> {
        let before = self.bea.order(order).await?;
        let last = self.bea.log(u64::MAX).await?.last;
        let answer = person.sends(order, request(command)).await;
        let refused = match cell {
            "wrong" => {
                let problem = answer.refused(Code::WrongStatus)?;
                ensure!(problem.order_status == Some(before.status), "{problem:?}");
                true
            }
            "taken" => {
                let problem = answer.refused(Code::Taken)?;
                ensure!(problem.taken_by.as_deref() == Some("Bea"), "{problem:?}");
                true
            }
            "reason" => {
                let problem = answer.refused(Code::Invalid)?;
                ensure!(problem.field.as_deref() == Some("reason"), "{problem:?}");
                true
            }
            "never" => answer.refused(Code::NotAllowed).map(|_| true)?,
            "unseen" => answer.refused(Code::NoSuchOrder).map(|_| true)?,
            "no session" => answer.refused(Code::NoSession).map(|_| true)?,
            status => {
                ensure!(answer?.status.as_str() == status, "it should be {status} now");
                false
            }
        };
        let after = self.bea.order(order).await?;
        let appended = self.bea.log(u64::MAX).await?.last - last;
        if refused {
            ensure!(after.version == before.version && appended == 0, "{after:?}");
            ensure!(after.status == before.status, "{after:?}");
        } else {
            ensure!(after.status.as_str() == cell && appended == 1, "{after:?}");
        }
        Ok(after)
    }

    /// A new order of Ada's, brought into a status by commands; Bea makes it.
    async fn in_status(&self, status: Status) -> Result<OrderView, No> {
        let Self { ada, bea, .. } = self;
        if status == Status::Choosing {
            return ada.scans(&self.code).await;
        }
        let order = ada.orders(&self.code, "latte").await?.order;
        match status {
            Status::Choosing | Status::Expired => unreachable!("the clock alone does that"),
            Status::Placed => ada.order(&order).await,
            Status::Making => bea.claims(&order).await,
            Status::Ready => bea.completes(&order).await,
            Status::Collected => {
                bea.completes(&order).await?;
                bea.collects(&order).await
            }
            Status::Cancelled => ada.cancels(&order, None).await,
        }
    }
}

fn request(command: &str) -> OrderRequest {
    let body = match command {
        "place" | "change" => json!({ "type": command, "drink": "mocha" }),
        CANCEL_WHY => json!({ "type": "cancel", "reason": "The milk ran out" }),
        _ => json!({ "type": command }),
    };
    serde_json::from_value(body).expect("a command of the contract")
}

/// The cell of a table.
fn cell(table: &'static str, command: &str, from: Status) -> &'static str {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty());
    let head: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
    assert_eq!(head, Status::ALL.map(Status::as_str), "the table has every status");
    let rows: BTreeMap<&str, Vec<&str>> = lines
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect();
    assert_eq!(rows.len(), COMMANDS.len(), "the table has every command");
    let column = head.iter().position(|status| *status == from.as_str()).expect("a status");
    rows[command][column]
}
