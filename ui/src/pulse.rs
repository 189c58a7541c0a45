//! How long to wait for a connection: when to ask whether it is alive, when to give it up, when to
//! try again. Pure, so that it can be tested; times are milliseconds of any steady clock.

/// After this long without a word the other side is asked for one.
const QUIET: f64 = 4000.0;
/// After this long without an answer to that the connection is given up. Together with [`QUIET`]
/// and a tick it keeps the promise of a visible mark within 10 s.
const OVERDUE: f64 = 4000.0;
/// After this long without being admitted an attempt is given up.
const ADMISSION: f64 = 6000.0;
/// Without a connection for this long the app says that it is offline.
const LONG: f64 = 30_000.0;
/// The first pause between attempts; it doubles up to [`LONGEST_PAUSE`], which with a tick keeps
/// the promise of a right screen within 3 s of the return, however long the outage.
const SHORTEST_PAUSE: f64 = 500.0;
const LONGEST_PAUSE: f64 = 1000.0;

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    Rest,
    /// Open a connection.
    Connect,
    /// Ask the other side for a sign of life.
    Ping,
    /// Close the connection: it is dead. The next tick says when to try again.
    GiveUp,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// No connection until this moment.
    Pausing { until: f64 },
    /// An attempt that began then.
    Connecting { since: f64 },
    /// Admitted; last heard of, last asked.
    Up { heard: f64, asked: Option<f64> },
}

/// The patience of one client with its connection.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    phase: Phase,
    pause: f64,
    last_up: f64,
}

impl Pulse {
    /// A client that wants a connection at once.
    pub fn new(now: f64) -> Self {
        Self { phase: Phase::Pausing { until: now }, pause: SHORTEST_PAUSE, last_up: now }
    }

    /// What to do now; to be asked about once a second. `chance` in 0..1 spreads the attempts of
    /// many clients.
    pub fn tick(&mut self, now: f64, chance: f64) -> Action {
        match self.phase {
            Phase::Pausing { until } if now >= until => {
                self.phase = Phase::Connecting { since: now };
                Action::Connect
            }
            Phase::Connecting { since } if now - since >= ADMISSION => {
                self.lost(now, chance);
                Action::GiveUp
            }
            Phase::Up { asked: Some(asked), .. } if now - asked >= OVERDUE => {
                self.lost(now, chance);
                Action::GiveUp
            }
            Phase::Up { heard, asked: None } if now - heard >= QUIET => {
                self.phase = Phase::Up { heard, asked: Some(now) };
                Action::Ping
            }
            Phase::Pausing { .. } | Phase::Connecting { .. } | Phase::Up { .. } => Action::Rest,
        }
    }

    /// The other side let us in.
    pub fn up(&mut self, now: f64) {
        self.phase = Phase::Up { heard: now, asked: None };
        self.pause = SHORTEST_PAUSE;
    }

    /// The other side said something.
    pub fn heard(&mut self, now: f64) {
        if let Phase::Up { .. } = self.phase {
            self.phase = Phase::Up { heard: now, asked: None };
        }
    }

    /// The connection is gone.
    pub fn lost(&mut self, now: f64, chance: f64) {
        if let Phase::Up { .. } = self.phase {
            self.last_up = now;
        }
        self.phase = Phase::Pausing { until: now + self.pause * (0.5 + chance) };
        self.pause = (self.pause * 2.0).min(LONGEST_PAUSE);
    }

    /// Something hopeful happened (the page is looked at again, the network is back): do not wait
    /// out a pause.
    pub fn hurry(&mut self, now: f64) {
        self.pause = SHORTEST_PAUSE;
        if let Phase::Pausing { .. } = self.phase {
            self.phase = Phase::Pausing { until: now };
        }
    }

    /// There is reason to believe that the connection is dead (the page slept, the device lost its
    /// network): ask at once, and wait half as long for the answer.
    pub fn doubt(&mut self, now: f64) {
        if let Phase::Up { heard: _, asked: None } = self.phase {
            self.phase = Phase::Up { heard: now - QUIET, asked: None };
        }
    }

    /// Whether the other side has let us in.
    pub fn is_up(&self) -> bool {
        matches!(self.phase, Phase::Up { .. })
    }

    /// Whether there has been no connection for so long that a person should be told.
    pub fn is_long_lost(&self, now: f64) -> bool {
        !self.is_up() && now - self.last_up >= LONG
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_noticed_within_ten_seconds() {
        let mut pulse = Pulse::new(0.0);
        assert_eq!(pulse.tick(0.0, 0.5), Action::Connect);
        pulse.up(100.0);
        let second = |second: u32| f64::from(second) * 1000.0;
        let mut given_up = None;
        for now in (1..30).map(second) {
            match pulse.tick(now, 0.5) {
                // The last sign of life comes just after a ping, so nothing is noticed at first.
                Action::Ping if now < 6000.0 => pulse.heard(now + 10.0),
                Action::GiveUp if given_up.is_none() => given_up = Some(now),
                Action::Rest | Action::Ping | Action::GiveUp | Action::Connect => {}
            }
        }
        let given_up = given_up.expect("silence is noticed");
        assert!(given_up - 5010.0 <= 10_000.0, "{given_up}");
    }

    #[test]
    fn attempts_never_stop_and_are_never_far_apart() {
        let mut pulse = Pulse::new(0.0);
        let mut attempts = Vec::new();
        for now in (0..120).map(|second| f64::from(second) * 1000.0) {
            if pulse.tick(now, 0.5) == Action::Connect {
                attempts.push(now);
                pulse.lost(now, 0.5);
            }
        }
        let longest = attempts.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
        assert!(longest <= 2000.0, "{longest}");
        assert!(pulse.is_long_lost(60_000.0));
    }

    #[test]
    fn good_news_ends_a_pause() {
        let mut pulse = Pulse::new(0.0);
        pulse.tick(0.0, 0.5);
        pulse.lost(10.0, 0.9);
        assert_eq!(pulse.tick(20.0, 0.5), Action::Rest);
        pulse.hurry(20.0);
        assert_eq!(pulse.tick(20.0, 0.5), Action::Connect);
        assert_eq!(pulse.tick(1000.0, 0.5), Action::Rest);
        assert_eq!(pulse.tick(6100.0, 0.5), Action::GiveUp);
    }
}
