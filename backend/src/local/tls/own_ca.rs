//! A certificate authority of this server's own, for a venue where nobody else vouches for it:
//! made once, kept for its owner alone.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use domain::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::CertifiedKey;
use sha2::{Digest as _, Sha256};

use super::provider;
use crate::local::data::DataDirectory;

/// The authority's own key and certificate, in PEM, one after the other.
const FILE: &str = "ca.pem";
const DAY: u32 = 86_400;
/// As long as a laptop lasts: every device must be told anew to trust the next one.
const AUTHORITY_DAYS: u32 = 3650;
/// Far from what Apple's devices still take, which is 825 days.
const SERVER_DAYS: u32 = 30;

/// What can sign certificates for this server.
pub(in crate::local) struct OwnCa {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    file: String,
}

impl OwnCa {
    /// Reads it from the data directory, or makes it there for a server known as `host`.
    pub(in crate::local) fn open(
        data: &DataDirectory,
        host: &str,
        now: Timestamp,
    ) -> anyhow::Result<Self> {
        let pem = data.kept(FILE, || make(host, now))?;
        let file = data.file(FILE).display().to_string();
        let read = || -> anyhow::Result<_> {
            let certificate = CertificateDer::from_pem_slice(&pem)?;
            let key = KeyPair::try_from(&PrivateKeyDer::from_pem_slice(&pem)?)?;
            Ok((certificate, Issuer::new(authority(&key), key)))
        };
        let (certificate, issuer) =
            read().with_context(|| format!("{file} holds no certificate authority"))?;
        Ok(Self { issuer, certificate, file })
    }

    /// What devices are to trust.
    pub(in crate::local) fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// SHA-256 of the certificate, as devices show it: `AB:CD:…`.
    pub(in crate::local) fn fingerprint(&self) -> String {
        let digest = Sha256::digest(&self.certificate);
        let pairs: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
        pairs.join(":")
    }

    /// A certificate for a server of these names and addresses, with a key of its own.
    pub(super) fn issue(
        &self,
        names: impl IntoIterator<Item = String>,
        now: Timestamp,
    ) -> anyhow::Result<CertifiedKey> {
        let key = KeyPair::generate()?;
        let mut server = CertificateParams::new(names.into_iter().collect::<Vec<_>>())?;
        server.distinguished_name = named("Serverlesspresso");
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        server.use_authority_key_identifier_extension = true;
        // A tablet's clock may be a little behind.
        let (year, month, day) = date(Timestamp::from_seconds(now.seconds() - i64::from(DAY)));
        server.not_before = date_time_ymd(year, month, day);
        let (year, month, day) = date(now.plus_seconds(SERVER_DAYS * DAY));
        server.not_after = date_time_ymd(year, month, day);
        let signed = server.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::try_from(key.serialize_der())
            .map_err(|problem| anyhow::anyhow!("a key that cannot be used: {problem}"))?;
        Ok(CertifiedKey::from_der(vec![signed.der().clone()], key, &provider())?)
    }

    /// That whoever trusts this authority trusts `server` to be `host`.
    pub(super) fn check(
        &self,
        server: &CertifiedKey,
        host: &str,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let trusted = || -> anyhow::Result<()> {
            let mut roots = RootCertStore::empty();
            roots.add(self.certificate.clone())?;
            let verifier =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build()?;
            let name = ServerName::try_from(host)?;
            let certificate = server.end_entity_cert()?;
            let now = Duration::from_secs(u64::try_from(now.seconds())?);
            let now = UnixTime::since_unix_epoch(now);
            verifier.verify_server_cert(certificate, &[], &name, &[], now)?;
            Ok(())
        };
        trusted().with_context(|| {
            format!(
                "the certificate authority in {} cannot vouch for {host}; remove that file to \
                 make another, which every device must be told to trust anew",
                self.file
            )
        })
    }
}

/// A new authority, as its file holds it.
fn make(host: &str, now: Timestamp) -> anyhow::Result<Vec<u8>> {
    let key = KeyPair::generate()?;
    let mut authority = authority(&key);
    // It vouches for addresses and for names of a venue, so that whoever steals it cannot pass
    // for anybody else in the world.
    let own =
        ["localhost", "local", host].into_iter().filter(|name| name.parse::<IpAddr>().is_err());
    authority.name_constraints = Some(NameConstraints {
        permitted_subtrees: own.map(|name| GeneralSubtree::DnsName(name.to_owned())).collect(),
        excluded_subtrees: Vec::new(),
    });
    let (year, month, day) = date(now.plus_seconds(AUTHORITY_DAYS * DAY));
    authority.not_after = date_time_ymd(year, month, day);
    let certificate = authority.self_signed(&key)?;
    Ok(format!("{}{}", key.serialize_pem(), certificate.pem()).into_bytes())
}

/// What certificates say about their issuer. Follows from its key alone.
fn authority(key: &KeyPair) -> CertificateParams {
    let digest = Sha256::digest(key.public_key_raw());
    let own: String = digest[..3].iter().map(|byte| format!("{byte:02X}")).collect();
    let mut authority = CertificateParams::default();
    authority.distinguished_name = named(&format!("Serverlesspresso {own}"));
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    // Before any laptop's clock that was never set right.
    authority.not_before = date_time_ymd(2020, 1, 1);
    authority
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// A day of the calendar, as certificates take it.
fn date(at: Timestamp) -> (i32, u8, u8) {
    let (year, month, day) = at.utc_day().date();
    let small = |part: u32| u8::try_from(part).expect("months and days of months are small");
    (year, small(month), small(day))
}
