//! Live updates: the one socket of an app, speaking MQTT over WebSocket.

mod socket;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use domain::topic::{Topic, USERNAME};
use leptos::prelude::*;

use crate::mqtt::{self, Decoder, Packet};
use crate::pulse::{Action, Pulse};
use crate::random;
use crate::session::KeptSession;
use socket::{News, Socket};

/// Whether live updates arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectionState {
    /// They do.
    Live,
    /// Not at the moment; the app is trying.
    Reconnecting,
    /// Not for long, or the device says it has no network; the app keeps trying.
    Offline,
}

impl ConnectionState {
    /// The name in `data-state`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Reconnecting => "reconnecting",
            Self::Offline => "offline",
        }
    }
}

/// The live connection of a screen. It is kept up until the component that started it is gone.
#[derive(Clone, Copy)]
pub struct Live {
    state: RwSignal<ConnectionState>,
    link: StoredValue<Rc<Link>, LocalStorage>,
}

/// Seconds of silence after which a broker may drop us. Longer than our own patience by far:
/// browsers slow the timers of a hidden page down to one a minute.
const KEEP_ALIVE_SECONDS: u16 = 180;

type Hear = Box<dyn Fn(Topic, &[u8])>;

struct Link {
    address: String,
    session: KeptSession,
    topics: RefCell<Vec<Topic>>,
    /// Whether the connection there is was let in, so that it can be told what to listen to.
    is_in: Cell<bool>,
    on_ready: Box<dyn Fn()>,
    on_message: Hear,
    state: RwSignal<ConnectionState>,
    pulse: Cell<Pulse>,
    socket: RefCell<Option<Socket>>,
    decoder: RefCell<Decoder>,
}

impl Live {
    /// Connects to `address` (`live` in `config.json`) in the name of `session` and listens to
    /// `topics`. `on_ready` is called whenever the server has confirmed that: fetch the views
    /// now. It is also called when the server does not let us in, because the answer to that
    /// fetch says why. `on_message` gets each message after that.
    pub fn start(
        address: String,
        session: KeptSession,
        topics: Vec<Topic>,
        on_ready: impl Fn() + 'static,
        on_message: impl Fn(Topic, &[u8]) + 'static,
    ) -> Self {
        let state = RwSignal::new(ConnectionState::Reconnecting);
        Self::start_showing(state, address, session, topics, on_ready, on_message)
    }

    /// The same, with a signal for the state that outlives this connection.
    pub fn start_showing(
        state: RwSignal<ConnectionState>,
        address: String,
        session: KeptSession,
        topics: Vec<Topic>,
        on_ready: impl Fn() + 'static,
        on_message: impl Fn(Topic, &[u8]) + 'static,
    ) -> Self {
        let link = Rc::new(Link {
            address,
            session,
            topics: RefCell::new(topics),
            is_in: Cell::new(false),
            on_ready: Box::new(on_ready),
            on_message: Box::new(on_message),
            state,
            pulse: Cell::new(Pulse::new(now())),
            socket: RefCell::new(None),
            decoder: RefCell::new(Decoder::new()),
        });
        link.tick();
        let weak = Rc::downgrade(&link);
        let on = move |event, news: fn(&Link)| {
            let weak = weak.clone();
            let listener = window_event_listener_untyped(event, move |_| {
                if let Some(link) = weak.upgrade() {
                    news(&link);
                    link.tick();
                }
            });
            on_cleanup(move || listener.remove());
        };
        on("online", |link| link.change(|pulse| pulse.hurry(now())));
        on("pageshow", Link::looked_at);
        on("focus", Link::looked_at);
        on("offline", |link| link.change(|pulse| pulse.doubt(now())));
        let weak = Rc::downgrade(&link);
        let ticking = set_interval_with_handle(
            move || {
                if let Some(link) = weak.upgrade() {
                    link.tick();
                }
            },
            Duration::from_secs(1),
        );
        if let Ok(ticking) = ticking {
            on_cleanup(move || ticking.clear());
        }
        // Owned by the component: when it goes, so do the link and its socket.
        Self { state, link: StoredValue::new_local(link) }
    }

    /// Listens to one more topic, or no longer to one. `on_ready` is called when the server has
    /// confirmed the former: what was told meanwhile was missed.
    pub fn listen_to(&self, topic: Topic, wanted: bool) {
        self.link.try_with_value(|link| link.listen_to(topic, wanted));
    }

    /// Whether updates arrive.
    pub fn state(&self) -> RwSignal<ConnectionState> {
        self.state
    }
}

impl Link {
    fn change<R>(&self, change: impl FnOnce(&mut Pulse) -> R) -> R {
        let mut pulse = self.pulse.get();
        let result = change(&mut pulse);
        self.pulse.set(pulse);
        result
    }

    /// A page that was asleep does not know what it missed.
    fn looked_at(&self) {
        self.change(|pulse| {
            pulse.hurry(now());
            pulse.doubt(now());
        });
    }

    fn tick(self: &Rc<Self>) {
        match self.change(|pulse| pulse.tick(now(), random::fraction())) {
            Action::Rest => {}
            Action::Connect => {
                let socket = self.connect();
                if socket.is_none() {
                    self.lost();
                }
                self.socket.replace(socket);
            }
            Action::Ping => self.send(&mqtt::ping_request()),
            Action::GiveUp => {
                self.socket.replace(None);
            }
        }
        self.show();
    }

    fn show(&self) {
        let pulse = self.pulse.get();
        let state = if pulse.is_up() {
            ConnectionState::Live
        } else if pulse.is_long_lost(now()) || !window().navigator().on_line() {
            ConnectionState::Offline
        } else {
            ConnectionState::Reconnecting
        };
        if self.state.try_get_untracked() != Some(state) {
            self.state.try_set(state);
        }
    }

    fn lost(&self) {
        self.change(|pulse| pulse.lost(now(), random::fraction()));
        self.show();
    }

    fn send(&self, packet: &[u8]) {
        if let Some(socket) = &*self.socket.borrow() {
            socket.send(packet);
        }
    }

    fn listen_to(&self, topic: Topic, wanted: bool) {
        let name = topic.to_string();
        let listens = self.topics.borrow().contains(&topic);
        let packet = match (listens, wanted) {
            (false, true) => {
                self.topics.borrow_mut().push(topic);
                mqtt::subscribe(2, &[name])
            }
            (true, false) => {
                self.topics.borrow_mut().retain(|other| *other != topic);
                mqtt::unsubscribe(3, &name)
            }
            (false, false) | (true, true) => return,
        };
        // A connection that is not let in yet will ask for what is wanted then.
        if self.is_in.get() {
            self.send(&packet);
        }
    }

    fn connect(self: &Rc<Self>) -> Option<Socket> {
        self.decoder.replace(Decoder::new());
        self.is_in.set(false);
        let link = Rc::downgrade(self);
        let hear = move |news| {
            if let Some(link) = link.upgrade() {
                match news {
                    News::Opened => link.opened(),
                    News::Closed => link.lost(),
                    News::Bytes(bytes) => link.received(&bytes),
                }
            }
        };
        Socket::open(&self.address, Rc::new(hear))
    }

    fn received(&self, bytes: &[u8]) {
        self.decoder.borrow_mut().push(bytes);
        loop {
            let packet = self.decoder.borrow_mut().next();
            match packet {
                Ok(Some(packet)) => self.heard(packet),
                Ok(None) => break,
                Err(_) => {
                    self.hang_up();
                    break;
                }
            }
        }
    }

    /// Closes the connection; its close event sees to the next attempt.
    fn hang_up(&self) {
        if let Some(socket) = &*self.socket.borrow() {
            socket.close();
        }
    }

    fn opened(&self) {
        let token = self.session.token().unwrap_or_default();
        let hello = mqtt::connect(&random::client_id(), USERNAME, &token, KEEP_ALIVE_SECONDS);
        self.send(&hello);
    }

    fn heard(&self, packet: Packet) {
        self.change(|pulse| pulse.heard(now()));
        match packet {
            Packet::ConnAck { accepted: true } => {
                let topics: Vec<String> =
                    self.topics.borrow().iter().map(Topic::to_string).collect();
                self.send(&mqtt::subscribe(1, &topics));
                self.is_in.set(true);
            }
            // The close event, which follows, sees to the next attempt.
            Packet::ConnAck { accepted: false } => (self.on_ready)(),
            Packet::SubAck { codes } => {
                if codes.contains(&mqtt::REFUSED) {
                    self.hang_up();
                } else {
                    self.change(|pulse| pulse.up(now()));
                    self.show();
                }
                (self.on_ready)();
            }
            Packet::Publish { topic, payload } => {
                if let Ok(topic) = topic.parse() {
                    (self.on_message)(topic, &payload);
                }
            }
            Packet::UnsubAck | Packet::PingResp => {}
        }
    }
}

/// Milliseconds; a clock that is set in between only makes us ask sooner or later once.
fn now() -> f64 {
    js_sys::Date::now()
}
