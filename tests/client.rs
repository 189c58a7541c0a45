//! The client of HTTP that scenarios and the stand-in's door ask with.

use std::time::Duration;

use hyper::body::Body;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// Less than any server here waits for the next request on a connection.
const IDLE: Duration = Duration::from_secs(2);

/// A client that sends nothing on a connection that its server may be closing at that moment: such
/// a request is lost, and only who sent it knows whether it may be sent again.
pub(crate) fn client<B>(mut connector: HttpConnector) -> Client<HttpConnector, B>
where
    B: Body + Send,
    B::Data: Send,
{
    // A small request must not wait for the acknowledgement of the one before.
    connector.set_nodelay(true);
    let mut builder = Client::builder(TokioExecutor::new());
    builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE).build(connector)
}
