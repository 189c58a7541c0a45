//! Requests to the stand-in's services, signed as every client of AWS signs them (Signature
//! Version 4): with rights enforced, nothing else is listened to.

use anyhow::{Context as _, Result, ensure};
use domain::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use sha2::{Digest as _, Sha256};

use crate::client::client;

/// Where the stand-in keeps everything.
pub(crate) const REGION: &str = "us-east-1";
/// The account that whoever signs with [`KEY`] belongs to.
pub(crate) const ACCOUNT: &str = "000000000000";
/// Id and secret of the account's owner on MiniStack.
const KEY: &str = "test";

/// The owner of the account.
pub(crate) struct Aws {
    client: Client<HttpConnector, Full<Bytes>>,
    port: u16,
}

/// What to ask of which service.
pub(crate) struct Call<'a> {
    pub(crate) service: &'a str,
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    /// Encoded, and in alphabetical order.
    pub(crate) query: &'a str,
    pub(crate) content_type: &'a str,
    /// The operation, of services that are asked for it by a header.
    pub(crate) target: Option<&'a str>,
    pub(crate) body: Bytes,
}

impl Aws {
    /// The owner of the account of the stand-in at this port of this machine.
    pub(crate) fn at(port: u16) -> Self {
        Self { client: client(HttpConnector::new()), port }
    }

    /// Asks; an error unless the answer is a success.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Response<Bytes>> {
        let what = format!("{} {} {}", call.service, call.method, call.path);
        let request = self.signed(&call)?;
        let response = self.client.request(request).await.with_context(|| what.clone())?;
        let (head, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        let text = || String::from_utf8_lossy(&body).into_owned();
        ensure!(head.status.is_success(), "{what}: {} {}", head.status, text());
        Ok(Response::from_parts(head, body))
    }

    fn signed(&self, call: &Call<'_>) -> Result<Request<Full<Bytes>>> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let now = Timestamp::from_seconds(now.as_secs().try_into()?).to_string();
        let digits = now.split('.').next().unwrap_or_default().replace(['-', ':'], "");
        let (at, day) = (format!("{digits}Z"), &digits[..8]);
        let host = format!("127.0.0.1:{}", self.port);
        // Of a zip nobody wants it here, and it would take a second of an unoptimised program.
        let digest = match call.service {
            "s3" => "UNSIGNED-PAYLOAD".to_owned(),
            _ => hex(&Sha256::digest(&call.body)),
        };
        let signed = "host;x-amz-content-sha256;x-amz-date";
        let canonical = format!(
            "{}\n{}\n{}\nhost:{host}\nx-amz-content-sha256:{digest}\nx-amz-date:{at}\n\n\
             {signed}\n{digest}",
            call.method, call.path, call.query
        );
        let scope = format!("{day}/{REGION}/{}/aws4_request", call.service);
        let canonical = hex(&Sha256::digest(canonical));
        let to_sign = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{canonical}");
        let key = format!("AWS4{KEY}").into_bytes();
        let key = scope.split('/').fold(key, |key, word| mac(&key, word));
        let signature = hex(&mac(&key, &to_sign));
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders={signed}, \
             Signature={signature}"
        );
        let query = if call.query.is_empty() { "" } else { &format!("?{}", call.query) };
        let request = Request::builder()
            .method(&call.method)
            .uri(format!("http://{host}{}{query}", call.path))
            .header("x-amz-content-sha256", digest)
            .header("x-amz-date", at)
            .header("authorization", authorization)
            .header("content-type", call.content_type);
        let request = match call.target {
            Some(target) => request.header("x-amz-target", target),
            None => request,
        };
        Ok(request.body(Full::new(call.body.clone()))?)
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A value as it stands in a query or a form.
pub(crate) fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
