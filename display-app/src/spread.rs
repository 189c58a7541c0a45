//! The page of the board that is shown, and its turning.

use std::time::Duration;

use domain::view::{BoardView, Card};
use leptos::prelude::*;

use crate::layout::{Layout, Screen, on_page};
use crate::updates::Views;

/// How long a page is shown.
const TURNS: Duration = Duration::from_secs(10);

/// What is shown of the board at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spread {
    /// On the counter, newest first.
    pub(crate) ready: Vec<Card>,
    /// In the queue or being made, oldest first.
    pub(crate) preparing: Vec<Card>,
    /// How they are laid out.
    pub(crate) layout: Layout,
    /// The page, counted from 0.
    pub(crate) page: usize,
    /// How many there are.
    pub(crate) pages: usize,
}

impl Spread {
    /// The page of a board on a screen; those after the last begin again at the first.
    fn of(board: &BoardView, screen: Screen, page: usize) -> Self {
        let highest = board.ready.iter().chain(&board.preparing).map(|card| card.number).max();
        let digits = highest.and_then(u32::checked_ilog10).unwrap_or_default() as usize + 1;
        let most = screen.most(board.ready.len(), digits);
        let pages = most.pages(board.ready.len(), board.preparing.len());
        let page = page % pages;
        let ready = &board.ready[on_page(board.ready.len(), most.ready, page)];
        let preparing = &board.preparing[on_page(board.preparing.len(), most.preparing, page)];
        let layout = screen.layout(ready.len(), preparing.len(), digits);
        Self { ready: ready.to_vec(), preparing: preparing.to_vec(), layout, page, pages }
    }

    /// `2/3`; nothing while all is on one page.
    pub(crate) fn mark(&self) -> Option<String> {
        let (page, pages) = ((self.page + 1).to_string(), self.pages.to_string());
        (self.pages > 1).then(|| [&page, "/", &pages].concat())
    }

    /// Follows the board, the screen's turning and the pages', for as long as the surrounding
    /// component lives. Too many orders begin with the first page, where the newest are.
    pub(crate) fn follow(views: Views) -> Memo<Self> {
        let (page, screen) = (RwSignal::new(0), RwSignal::new(screen()));
        let turned = window_event_listener_untyped("resize", move |_| {
            screen.try_set(self::screen());
        });
        on_cleanup(move || turned.remove());
        let spread = Memo::new(move |_| {
            views.board.view().with(|board| match board {
                Some(board) => Self::of(board, screen.get(), page.get()),
                None => Self::default(),
            })
        });
        let turn = move || {
            let next = spread.try_with_untracked(|spread| match spread.pages {
                0 | 1 => 0,
                pages => (spread.page + 1) % pages,
            });
            page.try_set(next.unwrap_or(0));
        };
        if let Ok(turning) = set_interval_with_handle(turn, TURNS) {
            on_cleanup(move || turning.clear());
        }
        spread
    }
}

/// The screen's shape; that of most monitors for a page that has none yet.
fn screen() -> Screen {
    let page = document().document_element();
    match page.map(|page| (page.client_width(), page.client_height())) {
        Some((width, height)) if width > 0 && height > 0 => {
            Screen::of(f64::from(width), f64::from(height))
        }
        Some(_) | None => Screen::default(),
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use domain::view::{BarStatus, Zone};

    use super::*;

    fn board(ready: u32, preparing: u32) -> BoardView {
        let card = |zone| {
            move |number| Card {
                number,
                name: None,
                drink_name: "Tea".to_owned(),
                zone,
                since: Timestamp::default(),
            }
        };
        BoardView {
            bar: "espresso".parse().expect("a slug"),
            seq: 1,
            status: BarStatus::Open,
            preparing: (ready..ready + preparing).map(card(Zone::Preparing)).collect(),
            ready: (0..ready).map(card(Zone::Ready)).collect(),
            now: Timestamp::default(),
        }
    }

    #[test]
    fn the_newest_are_on_the_first_page_and_a_short_zone_stays() {
        let board = board(3, 30);
        let pages = [0, 1, 2, 3, 4].map(|page| Spread::of(&board, Screen::default(), page));
        assert_eq!(pages.each_ref().map(|page| page.ready.len()), [3; 5]);
        assert_eq!(pages.each_ref().map(|page| page.preparing[0].number), [3, 11, 19, 27, 3]);
        assert_eq!(pages[1].mark().as_deref(), Some("2/4"));
        assert_eq!(Spread::of(&super::tests::board(8, 9), Screen::default(), 5).mark(), None);
    }

    #[test]
    fn the_longest_number_decides() {
        let digits = |ready, preparing| {
            Spread::of(&board(ready, preparing), Screen::default(), 0).layout.digits
        };
        assert_eq!([digits(0, 0), digits(1, 0), digits(5, 6), digits(60, 41)], [1, 1, 2, 3]);
    }
}
