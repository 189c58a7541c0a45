//! What the screens of a bar are told, message by message.

use bytes::Bytes;
use domain::bar::{Audience, Touched, card};
use domain::topic::Topic;
use domain::view::{BarStatus, BoardMessage, CodeView, Names, QueueMessage, Refusal};
use domain::{Bar, Entry, Event, Order, Status, Timestamp};
use serde::Serialize;

/// A message and where it goes.
pub(super) type Message = (Topic, Bytes);

/// What the screens have been told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The last entries that the topics have been told of.
    touched: Touched,
    bar_status: BarStatus,
    code: Option<Said>,
}

/// What a code says that the log can change.
type Said = (String, u32, Option<Refusal>);

fn said(code: &CodeView) -> Said {
    (code.code.clone(), code.uses_left, code.refusal)
}

/// What has happened since.
pub(super) struct News<'a> {
    /// The bar, with that.
    pub(super) bar: &'a Bar,
    pub(super) names: &'a Names,
    pub(super) entries: &'a [Entry],
    /// The orders they are about.
    pub(super) orders: &'a [Order],
    pub(super) code: CodeView,
    pub(super) now: Timestamp,
}

impl Told {
    /// Everything up to here; the code only if it is given.
    pub(super) fn of(bar: &Bar, code: Option<&CodeView>) -> Self {
        let bar_status = bar.status(Timestamp::default());
        Self { touched: bar.touched(), bar_status, code: code.map(said) }
    }

    /// What is to be told now, and what will have been told then.
    pub(super) fn messages(&self, news: &News<'_>) -> (Vec<Message>, Self) {
        let mut then = self.clone();
        for entry in news.entries {
            for event in &entry.events {
                then.touched.note(event, entry.seq);
            }
        }
        let mut messages = news.to_guests();
        let bar = news.bar.id();
        if news.entries.iter().flat_map(|entry| &entry.events).any(Event::is_about_the_bar) {
            let sign = news.bar.status_view(news.now);
            messages.push(message(Topic::Sign(bar.clone()), &sign));
        }
        if then.touched.queue > self.touched.queue {
            let queue = news.queue(self.touched.queue, then.touched.queue);
            messages.push(message(Topic::Queue(bar.clone()), &queue));
        }
        if then.touched.board > self.touched.board {
            then.bar_status = news.bar.status(news.bar.clamp(news.now));
            let status = (then.bar_status != self.bar_status).then_some(then.bar_status);
            let board = news.board(self.touched.board, then.touched.board, status);
            messages.push(message(Topic::Board(bar.clone()), &board));
        }
        // The code when the log has changed what it says; what the clock changes needs no message.
        then.code = Some(said(&news.code));
        if then.code != self.code {
            messages.push(message(Topic::Code(bar.clone()), &news.code));
        }
        (messages, then)
    }
}

impl News<'_> {
    fn to_guests(&self) -> Vec<Message> {
        let theirs = self.orders.iter().filter_map(|order| {
            let view = self.bar.order_view(order, self.names, Audience::Guest, self.now);
            Some(message(Topic::Orders(order.person.clone()?), &view))
        });
        theirs.collect()
    }

    /// An order without a number is on no screen but its guest's.
    fn numbered(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(|order| order.number.is_some())
    }

    fn queue(&self, prev: u64, seq: u64) -> QueueMessage {
        let (upsert, remove): (Vec<_>, Vec<_>) =
            self.numbered().partition(|order| is_queued(order.status));
        let view = |order| self.bar.order_view(order, self.names, Audience::Staff, self.now);
        QueueMessage {
            prev,
            seq,
            upsert: upsert.into_iter().map(view).collect(),
            remove: remove.into_iter().map(|order| order.order.clone()).collect(),
        }
    }

    fn board(&self, prev: u64, seq: u64, status: Option<BarStatus>) -> BoardMessage {
        let gone = self.numbered().filter(|order| card(order, self.names).is_none());
        BoardMessage {
            prev,
            seq,
            upsert: self.numbered().filter_map(|order| card(order, self.names)).collect(),
            remove: gone.filter_map(|order| order.number).collect(),
            status,
        }
    }
}

/// How a bar is, for everybody.
pub(super) fn status(bar: &Bar, now: Timestamp) -> Message {
    message(Topic::Status(bar.id().clone()), &bar.status_view(now))
}

fn message(topic: Topic, payload: &impl Serialize) -> Message {
    let payload = serde_json::to_vec(payload).expect("views are plain data");
    (topic, Bytes::from(payload))
}

/// Whether the baristas' screens show it, in a lane or among the collected.
fn is_queued(status: Status) -> bool {
    match status {
        Status::Placed | Status::Making | Status::Ready | Status::Collected => true,
        Status::Choosing | Status::Cancelled | Status::Expired => false,
    }
}
