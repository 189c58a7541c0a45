//! Coming to a bar as it is now, whoever decided there before.
//!
//! A bar whose log nobody else appends to is at hand, always right, and looked after by the clock.
//! Where others append, too, whoever comes reads first what it has missed, and ends what has run
//! out: what is answered then is true without any timer.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use domain::{Actor, BarId, PersonId, Rejection};
use futures_util::future::try_join_all;

use super::patience::Patience;
use super::{App, Failure};
use crate::host::Host;
use crate::ports::{AppendError, Unavailable};

impl App {
    /// Whether other processes decide for the same bars.
    pub(super) fn is_shared(&self) -> bool {
        self.0.ports.log.is_shared()
    }

    /// The bars at hand.
    pub(crate) fn hosts(&self) -> Vec<Arc<Host>> {
        let hosts = self.0.hosts.read().unwrap_or_else(PoisonError::into_inner);
        hosts.values().cloned().collect()
    }

    /// The bar at hand, if there is one of that name.
    pub(crate) fn host(&self, bar: &BarId) -> Result<Arc<Host>, Rejection> {
        let hosts = self.0.hosts.read().unwrap_or_else(PoisonError::into_inner);
        hosts
            .get(bar)
            .filter(|host| host.durable().bar.exists())
            .cloned()
            .ok_or(Rejection::NoSuchBar)
    }

    /// The bar as it is now, for whoever asks, if there is one of that name.
    pub(crate) async fn meet(
        &self,
        bar: &BarId,
        actor: Option<&Actor>,
    ) -> Result<Arc<Host>, Failure> {
        if !self.is_shared() {
            return Ok(self.host(bar)?);
        }
        let host = match self.host(bar) {
            Ok(host) => host,
            Err(no_such_bar) => {
                if self.0.ports.log.read(bar, 0, 1).await?.is_empty() {
                    return Err(no_such_bar.into());
                }
                self.open(bar.clone()).await?
            }
        };
        // Only staff are told who makes a drink.
        if actor.is_some_and(|actor| actor.role.is_staff()) {
            let (names, ()) = tokio::try_join!(self.staff_names(), self.come_up_to(&host))?;
            host.durable_mut().names.staff = names;
        } else {
            self.come_up_to(&host).await?;
        }
        Ok(host)
    }

    /// Every bar as it is now, of those that somebody may know of.
    pub(crate) async fn meet_all(
        &self,
        actor: Option<&Actor>,
    ) -> Result<Vec<Arc<Host>>, Unavailable> {
        let known = |bar: &BarId| actor.is_none_or(|actor| actor.knows(bar));
        if !self.is_shared() {
            let hosts = self.hosts().into_iter();
            let there = |host: &Arc<Host>| known(&host.bar) && host.durable().bar.exists();
            return Ok(hosts.filter(there).collect());
        }
        let mut bars = self.0.ports.log.bars().await?;
        bars.retain(known);
        bars.sort();
        let met = bars.iter().map(async |bar| match self.meet(bar, None).await {
            Ok(host) => Ok(Some(host)),
            Err(Failure::Rejected(_)) => Ok(None),
            Err(Failure::Unavailable(unavailable)) => Err(unavailable),
        });
        Ok(try_join_all(met).await?.into_iter().flatten().collect())
    }

    /// Reads what others appended, and ends what has run out.
    async fn come_up_to(&self, host: &Arc<Host>) -> Result<(), Unavailable> {
        let mut patience = Patience::with(&*self.0.ports.log);
        loop {
            match self.attempt_to_come_up_to(host).await {
                Ok(()) => return Ok(()),
                Err(error) => patience.bears(error).await?,
            }
        }
    }

    async fn attempt_to_come_up_to(&self, host: &Arc<Host>) -> Result<(), AppendError> {
        let mut tip = host.tip.lock().await;
        host.read_on(&self.0.ports, &mut tip).await?;
        if self.is_due(host) {
            self.catch_up(host, &mut tip).await?;
        }
        Ok(())
    }

    /// The names of all staff, as others read them.
    pub(super) async fn staff_names(&self) -> Result<BTreeMap<PersonId, String>, Unavailable> {
        self.0.ports.identity.names().await
    }

    /// The name of a member of staff, as others read it.
    pub(crate) async fn staff_name(&self, person: &PersonId) -> Option<String> {
        if self.is_shared() {
            // Without it the sentence says "somebody".
            return self.staff_names().await.ok()?.remove(person);
        }
        let hosts = self.hosts();
        hosts.iter().find_map(|host| host.durable().names.staff.get(person).cloned())
    }
}
