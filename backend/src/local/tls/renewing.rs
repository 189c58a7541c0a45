//! The certificate in use: made anew when it nears its end or the machine's addresses change.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::Timestamp;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::OwnCa;
use crate::clock::Clock;

/// How often to look at addresses and clock: a laptop is carried from one network to the next.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// From this age on a certificate is replaced.
const OLD_SECONDS: u32 = 20 * 86_400;

/// A server certificate of the own authority that is always good.
pub(in crate::local) struct Renewing {
    ca: OwnCa,
    host: String,
    current: RwLock<Issued>,
}

struct Issued {
    certificate: Arc<CertifiedKey>,
    names: BTreeSet<String>,
    at: Timestamp,
}

impl Renewing {
    /// The first certificate, for `host` and all addresses of this machine.
    pub(in crate::local) fn start(
        ca: OwnCa,
        host: String,
        now: Timestamp,
    ) -> anyhow::Result<Arc<Self>> {
        let issued = issue(&ca, &host, names(&host), now)?;
        Ok(Arc::new(Self { ca, host, current: RwLock::new(issued) }))
    }

    /// The authority.
    pub(in crate::local) fn ca(&self) -> &OwnCa {
        &self.ca
    }

    /// Keeps it good for as long as the process runs.
    pub(in crate::local) async fn run(self: Arc<Self>, clock: Arc<dyn Clock>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            match self.renew(names(&self.host), clock.now()) {
                Ok(true) => tracing::info!("a new certificate, for the addresses of now"),
                Ok(false) => {}
                // The one in use may still do; the next look tries again.
                Err(error) => tracing::error!("no new certificate: {error:#}"),
            }
        }
    }

    /// Whether a new certificate was needed, which is now in use.
    fn renew(&self, names: BTreeSet<String>, now: Timestamp) -> anyhow::Result<bool> {
        {
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            // A clock set back makes it look as if it came from the future.
            let is_good = (current.at..current.at.plus_seconds(OLD_SECONDS)).contains(&now);
            if is_good && current.names == names {
                return Ok(false);
            }
        }
        let issued = issue(&self.ca, &self.host, names, now)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = issued;
        Ok(true)
    }
}

fn issue(
    ca: &OwnCa,
    host: &str,
    names: BTreeSet<String>,
    now: Timestamp,
) -> anyhow::Result<Issued> {
    let certificate = ca.issue(names.iter().cloned(), now)?;
    ca.check(&certificate, host, now)?;
    Ok(Issued { certificate: Arc::new(certificate), names, at: now })
}

/// What this machine is known as: the host of the public URL, and every address it has.
fn names(host: &str) -> BTreeSet<String> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let addresses = interfaces.iter().map(|interface| interface.ip());
    let always = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    let addresses = addresses.chain(always).map(|address| address.to_string());
    addresses.chain(["localhost".to_owned(), host.to_owned()]).collect()
}

impl std::fmt::Debug for Renewing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renewing").field("host", &self.host).finish_non_exhaustive()
    }
}

impl ResolvesServerCert for Renewing {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Some(current.certificate.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::data::DataDirectory;

    #[test]
    fn it_is_replaced_when_it_is_old_and_when_addresses_change() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let data = DataDirectory::open(folder.path())?;
        let now = crate::clock::SystemClock.now();
        let ca = OwnCa::open(&data, "bar.local", now)?;
        let fingerprint = ca.fingerprint();
        let renewing = Renewing::start(ca, "bar.local".to_owned(), now)?;
        let here = names("bar.local");
        let elsewhere = here.iter().cloned().chain(["10.7.0.3".to_owned()]).collect();
        assert!(!renewing.renew(here.clone(), now)?, "nothing has changed");
        assert!(renewing.renew(elsewhere, now)?, "another address");
        assert!(renewing.renew(here.clone(), now)?, "and back");
        assert!(renewing.renew(here.clone(), now.plus_seconds(OLD_SECONDS))?, "old");
        assert!(renewing.renew(here, now)?, "the clock was set back");
        assert_eq!(OwnCa::open(&data, "bar.local", now)?.fingerprint(), fingerprint, "made once");
        Ok(())
    }

    #[test]
    fn it_vouches_for_addresses_and_for_names_of_the_venue_only() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let data = DataDirectory::open(folder.path())?;
        let now = crate::clock::SystemClock.now();
        let ca = OwnCa::open(&data, "bar.example", now)?;
        for name in ["bar.example", "bar.local", "localhost", "192.168.1.20", "8.8.8.8"] {
            let certificate = ca.issue([name.to_owned()], now)?;
            ca.check(&certificate, name, now)?;
            assert!(ca.check(&certificate, "other.example", now).is_err(), "{name}");
        }
        let stolen = ca.issue(["bank.example".to_owned()], now)?;
        let sentence =
            format!("{:#}", ca.check(&stolen, "bank.example", now).expect_err("not trusted"));
        assert!(sentence.contains("cannot vouch for bank.example"), "{sentence}");
        Ok(())
    }
}
