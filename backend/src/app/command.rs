//! What can be asked of the application.

use domain::command::{Choice, Details, Scan};
use domain::{BarId, Command, Mistake, OrderCommand, OrderId, Rejection};

use super::{App, Asked, Failure, NameChange};
use crate::clock::is_time_zone;
use crate::key::random_base32;

impl App {
    /// Makes a bar.
    pub(crate) async fn create_bar(
        &self,
        bar: &BarId,
        command: Command,
        asked: &Asked,
    ) -> Result<(), Failure> {
        let host = match self.host(bar) {
            Ok(host) => host,
            Err(_) => self.open(bar.clone()).await?,
        };
        self.carry_out(&host, command, None, asked).await?;
        Ok(())
    }

    /// Carries out a command to a bar.
    pub(crate) async fn command_bar(
        &self,
        bar: &BarId,
        command: Command,
        asked: &Asked,
    ) -> Result<(), Failure> {
        if let Command::SetDetails(Details { time_zone, .. }) = &command
            && !is_time_zone(time_zone)
        {
            let (field, problem) = ("time_zone".to_owned(), Mistake::NoTimeZone);
            return Err(Rejection::Invalid { field, problem }.into());
        }
        let host = self.host(bar)?;
        self.carry_out(&host, command, None, asked).await?;
        Ok(())
    }

    /// A guest redeems a code that turned out to be this; answers the order.
    pub(crate) async fn redeem(
        &self,
        bar: &BarId,
        scan: Scan,
        asked: &Asked,
    ) -> Result<OrderId, Failure> {
        let order = fresh_order(bar);
        let command = Command::RedeemCode { order: order.clone(), scan };
        let host = self.host(bar)?;
        let redeemed = self.carry_out(&host, command, None, asked).await;
        self.count_turned_away(&host, &redeemed).await;
        Ok(redeemed?.unwrap_or(order))
    }

    /// Staff take an order; answers it.
    pub(crate) async fn take_order(
        &self,
        bar: &BarId,
        choice: Choice,
        name: Option<String>,
        asked: &Asked,
    ) -> Result<OrderId, Failure> {
        let order = fresh_order(bar);
        let command = Command::TakeOrder { order: order.clone(), choice };
        let named = name.map(|name| (order.clone(), Some(name)));
        let host = self.host(bar)?;
        Ok(self.carry_out(&host, command, named, asked).await?.unwrap_or(order))
    }

    /// Takes a step with an order.
    pub(crate) async fn command_order(
        &self,
        order: &OrderId,
        command: OrderCommand,
        if_version: Option<u64>,
        name: NameChange,
        asked: &Asked,
    ) -> Result<(), Failure> {
        let host = self.host(&order.bar()).map_err(|_| Rejection::NoSuchOrder)?;
        let named = name.map(|name| (order.clone(), name));
        let command = Command::Order { order: order.clone(), command, if_version };
        match self.carry_out(&host, command, named, asked).await {
            // The bar has forgotten it; the history knows how it ended.
            Err(Failure::Rejected(Rejection::NoSuchOrder)) => {
                let past = self.past_order(order, &asked.actor).await?;
                Err(Rejection::WrongStatus { order_status: past.status }.into())
            }
            other => other.map(|_| ()),
        }
    }
}

fn fresh_order(bar: &BarId) -> OrderId {
    OrderId::new(bar, &random_base32(16)).expect("base32 is letters and digits")
}
