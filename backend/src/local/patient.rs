//! A connection that is given up when its peer says nothing for too long, or takes nothing of what
//! it is told. HTTP itself waits for ever for both, and each who is waited for takes one of the files
//! that may be open.

use std::future::Future as _;
use std::io::{Error, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// How long somebody may be silent who has just connected.
const AT_FIRST: Duration = Duration::from_secs(10);
/// How long afterwards. Longer than it takes to ask a silent live connection whether somebody is
/// still there, and to hear the answer.
const LATER: Duration = Duration::from_secs(300);
/// How long somebody may take not a single byte more, once there is no room on the way for what
/// they are told. Longer than a phone is without a network between two access points.
const STUCK: Duration = Duration::from_secs(30);

/// A stream whose reads fail once its peer has been silent for too long, and whose writes do once
/// it has taken nothing for too long.
pub(super) struct Patient<S> {
    stream: S,
    end: Pin<Box<Sleep>>,
    /// When to give up writing; none while what is written is taken.
    stuck: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, end: Box::pin(sleep(AT_FIRST)), stuck: None }
    }

    /// What became of a write, unless nothing has become of it for too long.
    fn taken<T>(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Poll<std::io::Result<T>>,
    ) -> Poll<std::io::Result<T>> {
        if outcome.is_ready() {
            self.stuck = None;
            return outcome;
        }
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(STUCK)));
        stuck.as_mut().poll(cx).map(|()| Err(Error::from(ErrorKind::TimedOut)))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(cx, into) {
            Poll::Ready(outcome) => {
                self.end.as_mut().reset(Instant::now() + LATER);
                Poll::Ready(outcome)
            }
            Poll::Pending => {
                self.end.as_mut().poll(cx).map(|()| Err(Error::from(ErrorKind::TimedOut)))
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.taken(cx, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(cx);
        self.taken(cx, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.taken(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.taken(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn silence_ends_it_soon_at_first_and_late_afterwards() {
        let start = Instant::now();
        let (near, _far) = duplex(64);
        let outcome = Patient::new(near).read_u8().await;
        assert_eq!(outcome.map_err(|error| error.kind()), Err(ErrorKind::TimedOut));
        assert_eq!(start.elapsed().as_secs(), AT_FIRST.as_secs());

        let start = Instant::now();
        let (near, mut far) = duplex(64);
        let mut near = Patient::new(near);
        far.write_all(b"ab").await.expect("open");
        assert_eq!(near.read_u8().await.ok(), Some(b'a'));
        assert_eq!(near.read_u8().await.ok(), Some(b'b'));
        assert!(near.read_u8().await.is_err());
        assert_eq!(start.elapsed().as_secs(), LATER.as_secs());
    }
    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_given_up_and_who_takes_a_little_is_not() {
        let (near, mut far) = duplex(4);
        let mut near = Patient::new(near);
        for _ in 0..3 {
            near.write_all(b"full").await.expect("there is room");
            let (written, ()) = tokio::join!(near.write_all(b"more"), async {
                tokio::time::sleep(STUCK - Duration::from_secs(1)).await;
                far.read_exact(&mut [0; 8]).await.expect("open");
            });
            written.expect("taken in time");
        }
        near.write_all(b"full").await.expect("there is room");
        let start = Instant::now();
        let outcome = near.write_all(b"more").await;
        assert_eq!(outcome.map_err(|error| error.kind()), Err(ErrorKind::TimedOut));
        assert_eq!(start.elapsed().as_secs(), STUCK.as_secs());
    }
}
