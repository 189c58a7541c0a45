//! How the board's cards share the screen: what a page holds, and in how many columns, so that
//! none is cut and all are as large as can be. The style sheet draws what is promised here.

use std::ops::Range;

/// How the screen hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Wider than high: the code on the left, the numbers on the right.
    #[default]
    Landscape,
    /// Higher than wide: the code above, the numbers below.
    Portrait,
}

/// Columns of the two zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// How the screen hangs.
    pub(crate) screen: Screen,
    /// Columns of ready cards.
    pub(crate) ready: u8,
    /// Columns of orders in preparation.
    pub(crate) preparing: u8,
}

impl Screen {
    /// Ready cards that are legible on one page.
    pub(crate) const fn most_ready(self) -> usize {
        match self {
            Self::Landscape => 8,
            Self::Portrait => 6,
        }
    }

    /// Orders in preparation that are legible on one page.
    pub(crate) const fn most_preparing(self) -> usize {
        match self {
            Self::Landscape => 12,
            Self::Portrait => 6,
        }
    }

    /// Pages for so many orders; a zone that needs fewer than the other begins again.
    pub(crate) fn pages(self, ready: usize, preparing: usize) -> usize {
        pages(ready, self.most_ready()).max(pages(preparing, self.most_preparing()))
    }

    /// The layout for so many cards on one page: few are shown large.
    pub(crate) const fn layout(self, ready: usize, preparing: usize) -> Layout {
        let (ready, preparing) = match self {
            Self::Landscape => (if ready <= 4 { 1 } else { 2 }, if preparing <= 9 { 1 } else { 2 }),
            Self::Portrait => (if ready <= 2 { 2 } else { 3 }, if preparing <= 4 { 2 } else { 3 }),
        };
        Layout { screen: self, ready, preparing }
    }
}

/// Pages for `total` cards of which `most` fit: one at least.
fn pages(total: usize, most: usize) -> usize {
    total.div_ceil(most).max(1)
}

/// Which of `total` cards are on a page, when `most` fit. All pages are about as full; those after
/// the last begin again at the first.
pub(crate) fn on_page(total: usize, most: usize, page: usize) -> Range<usize> {
    let pages = pages(total, most);
    let each = total.div_ceil(pages);
    let start = page % pages * each;
    start..(start + each).min(total)
}

/// The room for a name, in widths of its own letters (em): at its full size, and at the smaller
/// ones that are tried before it is cut.
pub(crate) type Rooms = Vec<f64>;

/// A digit of the widest font we know of.
const DIGIT: f64 = 0.7;

/// Where a name stands; sizes in hundredths of the screen's height, as in the style sheet.
struct Slot {
    /// The width of a card without its padding.
    width: f64,
    /// The size of a number that stands beside the name, and the gap between them.
    beside: Option<(f64, f64)>,
    /// The sizes of a name, the full one first.
    names: &'static [f64],
}

impl Slot {
    fn rooms(&self, number: u32) -> Rooms {
        let digits = f64::from(number.checked_ilog10().unwrap_or(0) + 1);
        let taken = self.beside.map_or(0.0, |(size, gap)| digits.max(2.0) * DIGIT * size + gap);
        self.names.iter().map(|size| (self.width - taken) / size).collect()
    }
}

impl Layout {
    /// The room for the name of a ready order.
    pub(crate) fn ready_rooms(self, number: u32) -> Rooms {
        const NAMES: &[f64] = &[7.0, 5.6, 4.6];
        let slot = match (self.screen, self.ready, self.preparing) {
            (Screen::Landscape, 1, 1) => {
                Slot { width: 63.5, beside: Some((14.0, 2.4)), names: NAMES }
            }
            (Screen::Landscape, 1, _) => {
                Slot { width: 61.5, beside: Some((14.0, 2.4)), names: NAMES }
            }
            (Screen::Landscape, _, 1) => Slot { width: 34.5, beside: None, names: NAMES },
            (Screen::Landscape, _, _) => Slot { width: 30.5, beside: None, names: NAMES },
            (Screen::Portrait, 2, _) => Slot { width: 25.5, beside: None, names: &[4.2, 3.2, 2.6] },
            (Screen::Portrait, _, _) => Slot { width: 16.6, beside: None, names: &[3.0, 2.6, 2.1] },
        };
        slot.rooms(number)
    }

    /// The room for the name of an order in preparation.
    pub(crate) fn preparing_rooms(self, number: u32) -> Rooms {
        let slot = match (self.screen, self.ready, self.preparing) {
            (Screen::Landscape, 1, 1) => {
                Slot { width: 42.5, beside: Some((7.0, 1.6)), names: &[5.4, 4.6] }
            }
            (Screen::Landscape, _, 1) => {
                Slot { width: 36.5, beside: Some((7.0, 1.6)), names: &[5.4, 4.6] }
            }
            (Screen::Landscape, _, _) => Slot { width: 21.8, beside: None, names: &[4.6] },
            (Screen::Portrait, _, 2) => {
                Slot { width: 25.0, beside: Some((3.8, 0.8)), names: &[3.0, 2.4] }
            }
            (Screen::Portrait, _, _) => {
                Slot { width: 16.0, beside: Some((3.8, 0.8)), names: &[2.4, 2.1] }
            }
        };
        slot.rooms(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREENS: [Screen; 2] = [Screen::Landscape, Screen::Portrait];

    #[test]
    fn the_pages_together_are_all_and_none_is_too_full() {
        for screen in SCREENS {
            for most in [screen.most_ready(), screen.most_preparing()] {
                for total in 0..200 {
                    let shown: Vec<usize> = (0..pages(total, most))
                        .flat_map(|page| on_page(total, most, page))
                        .collect();
                    assert_eq!(shown, (0..total).collect::<Vec<_>>(), "{total} in pages of {most}");
                    assert!(on_page(total, most, 0).len() <= most);
                }
            }
        }
    }

    #[test]
    fn pages_are_about_as_full_and_begin_again() {
        assert_eq!([on_page(13, 12, 0), on_page(13, 12, 1)], [0..7, 7..13]);
        assert_eq!(on_page(13, 12, 2), 0..7);
        assert_eq!(on_page(3, 8, 4), 0..3);
        assert_eq!(Screen::Landscape.pages(24, 36), 3);
        assert_eq!(Screen::Landscape.pages(0, 0), 1);
        assert_eq!(Screen::Portrait.pages(3, 13), 3);
    }

    #[test]
    fn few_orders_are_shown_large() {
        let columns = |screen: Screen, ready, preparing| {
            let layout = screen.layout(ready, preparing);
            (layout.ready, layout.preparing)
        };
        assert_eq!(columns(Screen::Landscape, 4, 9), (1, 1));
        assert_eq!(columns(Screen::Landscape, 5, 10), (2, 2));
        assert_eq!(columns(Screen::Portrait, 2, 4), (2, 2));
        assert_eq!(columns(Screen::Portrait, 3, 5), (3, 3));
    }

    #[test]
    fn a_number_of_four_digits_leaves_room_for_a_name() {
        for screen in SCREENS {
            for ready in 1..=screen.most_ready() {
                for preparing in 1..=screen.most_preparing() {
                    let layout = screen.layout(ready, preparing);
                    for rooms in [layout.ready_rooms(1234), layout.preparing_rooms(1234)] {
                        let last = rooms.last().copied().unwrap_or_default();
                        assert!(rooms.is_sorted() && last >= 2.0, "{layout:?}: {rooms:?}");
                    }
                    assert!(layout.ready_rooms(87)[1] >= 5.0, "{layout:?}");
                }
            }
        }
    }
}
