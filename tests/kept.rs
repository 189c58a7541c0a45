//! Screens as the apps keep them: subscribe, fetch, apply messages by the contract's rule. And the
//! question whether they show what a fresh look would show.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use domain::Timestamp;
use domain::topic::Topic;
use domain::view::{Applied, BoardMessage, BoardView, OrderView, QueueMessage, QueueView};

use crate::bar::Bar;
use crate::live::{Message, Screen};
use crate::person::Person;
use crate::platform::Platform;
use crate::soon::PATIENCE;

/// A barista's queue and the monitor's board, on one live connection each.
pub(crate) struct Kept {
    bea: Person,
    display: Person,
    live: Option<Live>,
    queue: QueueView,
    board: BoardView,
}

struct Live {
    queue: Screen,
    board: Screen,
    /// The newest entry each topic has told of on this connection.
    queue_told: Option<u64>,
    board_told: Option<u64>,
}

impl Kept {
    /// Two screens that have just been switched on.
    pub(crate) async fn at(bar: &Bar, bea: &Person, display: &Person) -> Result<Self> {
        let (queue, board) = (bea.queue().await?, display.board().await?);
        let (bea, display) = (bea.clone(), display.clone());
        let mut kept = Self { bea, display, live: None, queue, board };
        kept.comes_back(bar).await?;
        Ok(kept)
    }

    /// Loses both connections, without a word to the server.
    pub(crate) fn is_cut_off(&mut self) {
        self.live = None;
    }

    /// Connects, subscribes, then fetches.
    pub(crate) async fn comes_back(&mut self, bar: &Bar) -> Result<()> {
        let mut queue = Screen::of(bar, &self.bea).await?;
        let mut board = Screen::of(bar, &self.display).await?;
        let topics = (Topic::Queue(self.bea.bar.clone()), Topic::Board(self.display.bar.clone()));
        ensure!(queue.subscribes(&topics.0).await?, "the queue is refused");
        ensure!(board.subscribes(&topics.1).await?, "the board is refused");
        (self.queue, self.board) = (self.bea.queue().await?, self.display.board().await?);
        self.live = Some(Live { queue, board, queue_told: None, board_told: None });
        Ok(())
    }

    /// Whether no message is waiting for either.
    pub(crate) fn heard_nothing(&mut self) -> bool {
        let Some(live) = &mut self.live else { return true };
        live.queue.waiting().is_none() && live.board.waiting().is_none()
    }

    /// Applies messages until both screens show what a fresh look shows; how long that took.
    pub(crate) async fn shows_what_is(&mut self) -> Result<Duration> {
        let since = Instant::now();
        let queue = timeless_queue(self.bea.queue().await?);
        let board = timeless_board(self.display.board().await?);
        let live = self.live.as_mut().context("the screens are cut off")?;
        while timeless_queue(self.queue.clone()) != queue {
            let message = arrives(&mut live.queue, since).await?;
            let message = message.with_context(|| {
                format!("shown: {:#?}\nis: {queue:#?}", timeless_queue(self.queue.clone()))
            })?;
            let message: QueueMessage = message.read()?;
            follows(&mut live.queue_told, message.prev, message.seq, self.queue.seq)?;
            ensure!(
                self.queue.apply(&message) != Applied::Gap,
                "something was missed: {message:?}"
            );
        }
        while timeless_board(self.board.clone()) != board {
            let message = arrives(&mut live.board, since).await?;
            let message = message.with_context(|| {
                format!("shown: {:#?}\nis: {board:#?}", timeless_board(self.board.clone()))
            })?;
            let message: BoardMessage = message.read()?;
            follows(&mut live.board_told, message.prev, message.seq, self.board.seq)?;
            ensure!(
                self.board.apply(&message) != Applied::Gap,
                "something was missed: {message:?}"
            );
        }
        Ok(since.elapsed())
    }
}

/// The next message, if one comes in time.
async fn arrives(screen: &mut Screen, since: Instant) -> Result<Option<Message>> {
    let left = PATIENCE.saturating_sub(since.elapsed());
    match tokio::time::timeout(left, screen.next()).await {
        Ok(message) => message.map(Some),
        Err(_) => Ok(None),
    }
}

/// Each message follows the one before it on its topic, and the first one the view that was
/// fetched.
fn follows(told: &mut Option<u64>, prev: u64, seq: u64, mine: u64) -> Result<()> {
    match *told {
        // Delivery there is at least once: what was told already may be told again, alone or
        // together with what is new.
        Some(newest) if prev < newest && Platform::is() == Platform::Aws => {
            *told = Some(newest.max(seq));
            return Ok(());
        }
        Some(told) if prev != told => bail!("{seq} follows {prev}, but {told} came before it"),
        None if prev > mine => bail!("{seq} follows {prev}, after a look at {mine}"),
        Some(_) | None => {}
    }
    ensure!(prev < seq, "{seq} follows {prev}");
    *told = Some(seq);
    Ok(())
}

/// An order without what the clock alone changes.
pub(crate) fn timeless(mut order: OrderView) -> OrderView {
    order.now = Timestamp::default();
    order.wait_seconds = None;
    order
}

// Entries that do not touch a topic move on a fresh view's `seq`, but not a kept one's.

fn timeless_queue(mut queue: QueueView) -> QueueView {
    queue.orders = queue.orders.into_iter().map(timeless).collect();
    queue.recent = queue.recent.into_iter().map(timeless).collect();
    QueueView { seq: 0, now: Timestamp::default(), ..queue }
}

fn timeless_board(board: BoardView) -> BoardView {
    BoardView { seq: 0, now: Timestamp::default(), ..board }
}
