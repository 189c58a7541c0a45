//! What every client of a service is made from, once for each environment.

use std::time::Duration;

use anyhow::Context as _;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_types::SdkConfig;
use aws_types::region::Region;

/// Another behaviour of the SDK is another line here, and a release of ours.
fn behavior() -> aws_sdk_dynamodb::config::BehaviorVersion {
    aws_sdk_dynamodb::config::BehaviorVersion::v2026_01_12()
}

/// How long a service may take to answer, attempts at it together; a command may take five seconds.
pub const PATIENCE: Duration = Duration::from_secs(4);
/// Says so in whole seconds where services are slower, as a stand-in is on a busy machine.
const PATIENCE_IS: &str = "SERVERLESSPRESSO_SERVICE_SECONDS";

/// Region and credentials as Lambda puts them into the environment. They hold for as long as the
/// environment lives.
pub fn from_environment() -> anyhow::Result<SdkConfig> {
    let variable = |name: &str| std::env::var(name).with_context(|| format!("{name} is not set"));
    let credentials = Credentials::new(
        variable("AWS_ACCESS_KEY_ID")?,
        variable("AWS_SECRET_ACCESS_KEY")?,
        std::env::var("AWS_SESSION_TOKEN").ok().filter(|token| !token.is_empty()),
        None,
        "environment",
    );
    let region = variable("AWS_REGION")?;
    let patience = match variable(PATIENCE_IS) {
        Ok(seconds) => Duration::from_secs(seconds.parse().context(PATIENCE_IS)?),
        Err(_) => PATIENCE,
    };
    Ok(config(credentials, region, std::env::var("AWS_ENDPOINT_URL").ok(), patience))
}

/// The same from these; without an endpoint the services' own.
pub fn config(
    credentials: Credentials,
    region: String,
    endpoint: Option<String>,
    patience: Duration,
) -> SdkConfig {
    // One TLS for all of us: ring, as on the laptop.
    let https = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let timeouts = aws_sdk_dynamodb::config::timeout::TimeoutConfig::builder()
        // What has not been answered by then is asked again.
        .operation_attempt_timeout(patience * 3 / 8)
        .operation_timeout(patience)
        .build();
    let mut config = SdkConfig::builder()
        .behavior_version(behavior())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .region(Region::new(region))
        .http_client(https)
        .timeout_config(timeouts);
    config.set_endpoint_url(endpoint);
    config.build()
}
