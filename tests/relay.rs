//! A way to the server that can be cut and mended. While it is cut nothing comes through, in either
//! direction, and nobody is told: what a venue's network does.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The way. Gone when dropped, for whoever comes after that.
pub(crate) struct Relay {
    address: SocketAddr,
    is_whole: watch::Sender<bool>,
    listener: JoinHandle<()>,
}

impl Relay {
    /// A way to this server.
    pub(crate) async fn to(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (is_whole, whole) = watch::channel(true);
        let listener = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, server, whole.clone()));
            }
        });
        Ok(Self { address, is_whole, listener })
    }

    /// The server's origin by this way, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Nothing comes through any more.
    pub(crate) fn cut(&self) {
        self.is_whole.send_replace(false);
    }

    /// Everything comes through again, what has waited first.
    pub(crate) fn mend(&self) {
        self.is_whole.send_replace(true);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// One connection. However it ends is the affair of both sides.
async fn carry(client: TcpStream, server: SocketAddr, whole: watch::Receiver<bool>) {
    if whole.clone().wait_for(|whole| *whole).await.is_err() {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::join!(pass(from_client, to_server, whole.clone()), pass(from_server, to_client, whole));
}

/// One direction of it, to its end.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut whole: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut bytes).await.unwrap_or(0);
        if whole.wait_for(|whole| *whole).await.is_err() {
            return;
        }
        if read == 0 || to.write_all(&bytes[..read]).await.is_err() {
            break;
        }
    }
    // The other side may have gone first.
    let _ = to.shutdown().await;
}
