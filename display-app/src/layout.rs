//! How the board's cards share the screen: what a page holds, and in how many columns, so that
//! none is cut and all are as large as can be. Sizes are hundredths of the screen's height, as in
//! the style sheet, which draws what is promised here.

use std::ops::Range;

/// A screen as it hangs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Screen {
    /// The code above and the numbers below; else the code on the left, the numbers on the right.
    is_upright: bool,
    width: f64,
}

/// How many cards fit on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Most {
    /// Ready cards.
    pub(crate) ready: usize,
    /// Orders in preparation.
    pub(crate) preparing: usize,
}

/// The two zones of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// Of the longest number on the board.
    pub(crate) digits: usize,
    /// What is on the counter.
    pub(crate) ready: Grid,
    /// What is in the queue or being made.
    pub(crate) preparing: Grid,
}

/// The cards of one zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Grid {
    /// How many stand in a row.
    pub(crate) columns: usize,
    /// How they look.
    pub(crate) style: Style,
    /// The room for a name, in widths of its own letters (em): at its full size, and at the
    /// smaller ones that are tried before it is cut.
    pub(crate) rooms: Vec<f64>,
}

/// How a card looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// Name beside the number, both as large as few cards may be.
    Large,
    /// Name beside the number.
    #[default]
    Beside,
    /// Name under the number.
    Under,
}

impl Style {
    /// The style sheet's word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Beside => "beside",
            Self::Under => "under",
        }
    }
}

/// What a kind of card takes.
struct Kind {
    style: Style,
    /// The width of a digit in the widest font we know of.
    digit: f64,
    /// What is neither number nor name: the padding, and the gap between the two.
    padding: f64,
    /// The gap between two cards.
    gap: f64,
    /// The sizes of a name, the full one first.
    names: [f64; 3],
}

const fn kind(style: Style, digit: f64, padding: f64, gap: f64, names: [f64; 3]) -> Kind {
    Kind { style, digit, padding, gap, names }
}

const READY_LARGE: Kind = kind(Style::Large, 13.3, 6.8, 1.1, [9.0, 7.0, 5.0]);
const READY_BESIDE: Kind = kind(Style::Beside, 9.3, 6.4, 1.1, [7.0, 5.6, 4.6]);
const READY_UNDER: Kind = kind(Style::Under, 7.95, 1.6, 1.1, [7.0, 5.6, 4.6]);
const PREPARING_BESIDE: Kind = kind(Style::Beside, 4.9, 4.8, 0.7, [5.4, 5.0, 4.6]);
const PREPARING_UNDER: Kind = kind(Style::Under, 4.9, 1.6, 0.7, [5.4, 5.0, 4.6]);
const UPRIGHT_READY_BESIDE: Kind = kind(Style::Beside, 7.9, 3.6, 0.5, [3.2, 2.7, 2.2]);
const UPRIGHT_READY_UNDER: Kind = kind(Style::Under, 7.9, 0.8, 0.5, [3.2, 2.7, 2.2]);
const UPRIGHT_PREPARING_LARGE: Kind = kind(Style::Large, 3.6, 3.2, 0.4, [4.0, 3.4, 2.8]);
const UPRIGHT_PREPARING: Kind = kind(Style::Beside, 2.7, 1.6, 0.4, [2.8, 2.4, 2.1]);

/// The room every name has: that of six or seven small letters.
const LEAST: f64 = 4.7;

impl Kind {
    /// The room for a name on one of so many cards side by side.
    fn room(&self, zone: f64, columns: usize, digits: usize) -> f64 {
        let card = (zone + self.gap) / columns as f64 - self.gap - self.padding;
        match self.style {
            Style::Large | Style::Beside => card - self.digit * digits as f64,
            Style::Under => card,
        }
    }

    /// Whether number and name are whole on one of so many cards side by side.
    fn fits(&self, zone: f64, columns: usize, digits: usize) -> bool {
        let digits = digits.max(2);
        let number = match self.style {
            Style::Large | Style::Beside => 0.0,
            Style::Under => self.digit * digits as f64,
        };
        self.room(zone, columns, digits) >= number.max(LEAST * self.names[2])
    }

    fn grid(&self, zone: f64, columns: usize, digits: usize) -> Grid {
        let room = self.room(zone, columns, digits);
        Grid { columns, style: self.style, rooms: self.names.map(|size| room / size).to_vec() }
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self::of(16.0, 9.0)
    }
}

impl Screen {
    /// By the style sheet's own rules: what is no wider than 6:5 hangs upright, and beyond 9:16
    /// everything becomes smaller.
    pub(crate) fn of(width: f64, height: f64) -> Self {
        let width = 100.0 * width / height;
        let is_upright = width <= 120.0;
        Self { is_upright, width: width.max(if is_upright { 56.25 } else { 125.0 }) }
    }

    /// The widths of the two zones.
    fn zones(self) -> (f64, f64) {
        if self.is_upright {
            let zone = self.width - 2.0;
            return (zone, zone);
        }
        let invitation = (0.32 * self.width).clamp(48.0, 57.0);
        let both = self.width - invitation - 6.8;
        (both * 0.6, both * 0.4)
    }

    /// Ready cards that fit side by side.
    fn ready_columns(self, digits: usize) -> usize {
        let (zone, _) = self.zones();
        let (kind, most) =
            if self.is_upright { (&UPRIGHT_READY_UNDER, 4) } else { (&READY_UNDER, 2) };
        (2..=most).rev().find(|&columns| kind.fits(zone, columns, digits)).unwrap_or(1)
    }

    /// On a screen that hangs upright: what the ready ones leave to the others.
    fn rows_left(self, ready: usize, digits: usize) -> usize {
        match ready.div_ceil(self.ready_columns(digits)) {
            0 => 8,
            1 => 5,
            _ => 2,
        }
    }

    /// What fits on one page of a board with so many ready orders.
    pub(crate) fn most(self, ready: usize, digits: usize) -> Most {
        let (_, zone) = self.zones();
        let columns = self.ready_columns(digits);
        if self.is_upright {
            let is_three = UPRIGHT_PREPARING.fits(zone, 3, digits);
            let preparing = self.rows_left(ready, digits) * if is_three { 3 } else { 2 };
            Most { ready: 2 * columns, preparing }
        } else {
            let is_beside = PREPARING_BESIDE.fits(zone, 1, digits);
            Most { ready: 4 * columns, preparing: if is_beside { 9 } else { 6 } }
        }
    }

    /// The layout of one page: few cards are shown large.
    pub(crate) fn layout(self, ready: usize, preparing: usize, digits: usize) -> Layout {
        let (ready_zone, preparing_zone) = self.zones();
        let ((of_ready, columns), (of_others, others)) = if self.is_upright {
            let most = self.ready_columns(digits);
            let columns = if ready <= most { ready.max(1) } else { ready.div_ceil(2) };
            let is_alone = columns == 1;
            let rows = self.rows_left(ready, digits);
            (
                (if is_alone { UPRIGHT_READY_BESIDE } else { UPRIGHT_READY_UNDER }, columns),
                if preparing <= 4 && rows > 4 {
                    (UPRIGHT_PREPARING_LARGE, 1)
                } else {
                    (UPRIGHT_PREPARING, if preparing <= 2 * rows { 2 } else { 3 })
                },
            )
        } else {
            let fits = |kind: &Kind, zone| kind.fits(zone, 1, digits);
            let of_ready = if ready <= 2 && fits(&READY_LARGE, ready_zone) {
                READY_LARGE
            } else if ready <= 4 && fits(&READY_BESIDE, ready_zone) {
                READY_BESIDE
            } else {
                READY_UNDER
            };
            let is_beside = fits(&PREPARING_BESIDE, preparing_zone);
            let of_others = if is_beside { PREPARING_BESIDE } else { PREPARING_UNDER };
            ((of_ready, if ready <= 4 { 1 } else { 2 }), (of_others, 1))
        };
        let ready = of_ready.grid(ready_zone, columns, digits);
        let preparing = of_others.grid(preparing_zone, others, digits);
        Layout { digits, ready, preparing }
    }
}

impl Most {
    /// Pages for so many cards; a zone that needs fewer than the other begins again.
    pub(crate) fn pages(self, ready: usize, preparing: usize) -> usize {
        pages(ready, self.ready).max(pages(preparing, self.preparing))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// From a strip that hangs upright to a wide wall.
    const SHAPES: [(f64, f64); 12] = [
        (9.0, 21.0),
        (9.0, 16.0),
        (10.0, 16.0),
        (820.0, 1180.0),
        (3.0, 4.0),
        (1.0, 1.0),
        (6.0, 5.0),
        (5.0, 4.0),
        (4.0, 3.0),
        (16.0, 10.0),
        (16.0, 9.0),
        (32.0, 9.0),
    ];

    #[test]
    fn the_pages_together_are_all_and_none_is_too_full() {
        for most in 1..20 {
            for total in 0..200 {
                let shown: Vec<usize> =
                    (0..pages(total, most)).flat_map(|page| on_page(total, most, page)).collect();
                assert_eq!(shown, (0..total).collect::<Vec<_>>(), "{total} in pages of {most}");
                assert!(on_page(total, most, 0).len() <= most);
            }
        }
    }

    #[test]
    fn pages_are_about_as_full_and_begin_again() {
        assert_eq!([on_page(13, 12, 0), on_page(13, 12, 1)], [0..7, 7..13]);
        assert_eq!(on_page(13, 12, 2), 0..7);
        assert_eq!(on_page(3, 8, 4), 0..3);
        let most = Most { ready: 8, preparing: 12 };
        assert_eq!([most.pages(0, 0), most.pages(24, 36), most.pages(3, 37)], [1, 3, 4]);
    }

    #[test]
    fn longer_numbers_and_narrower_screens_have_fewer_to_a_page() {
        let most = |(width, height), digits| {
            let most = Screen::of(width, height).most(40, digits);
            (most.ready, most.preparing)
        };
        for (shape, expected) in [
            ((16.0, 9.0), [(8, 9), (8, 9), (8, 6)]),
            ((16.0, 10.0), [(8, 9), (8, 6), (4, 6)]),
            ((4.0, 3.0), [(4, 6), (4, 6), (4, 6)]),
            ((9.0, 16.0), [(6, 6), (4, 4), (2, 4)]),
            ((820.0, 1180.0), [(6, 6), (4, 6), (4, 4)]),
        ] {
            assert_eq!([2, 3, 4].map(|digits| most(shape, digits)), expected, "{shape:?}");
        }
    }

    #[test]
    fn few_orders_are_shown_large_and_few_that_are_ready_leave_room_to_the_others() {
        let columns = |screen: Screen, ready, preparing| {
            let layout = screen.layout(ready, preparing, 2);
            (layout.ready.columns, layout.preparing.columns)
        };
        let (landscape, upright) = (Screen::default(), Screen::of(9.0, 16.0));
        assert_eq!([columns(landscape, 4, 9), columns(landscape, 5, 9)], [(1, 1), (2, 1)]);
        assert_eq!([columns(upright, 1, 4), columns(upright, 2, 5)], [(1, 1), (2, 2)]);
        assert_eq!([columns(upright, 4, 4), columns(upright, 6, 6)], [(2, 2), (3, 3)]);
        let styles = [1, 2, 3, 5].map(|ready| landscape.layout(ready, 0, 2).ready.style);
        assert_eq!(styles, [Style::Large, Style::Large, Style::Beside, Style::Under]);
        assert_eq!([0, 3, 4].map(|ready| upright.most(ready, 2).preparing), [24, 15, 6]);
    }

    /// Whatever is on a page, its rows are no more than there is height for.
    #[test]
    fn every_number_is_whole_and_every_name_has_room() {
        for (width, height) in SHAPES {
            let screen = Screen::of(width, height);
            for (digits, total) in (1..=5).flat_map(|digits| (0..=9).map(move |n| (digits, n))) {
                let most = screen.most(total, digits);
                for (ready, preparing) in (0..=most.ready.min(total))
                    .flat_map(|ready| (0..=most.preparing).map(move |others| (ready, others)))
                {
                    let layout = screen.layout(ready, preparing, digits);
                    let what = format!("{width}:{height}, {ready} and {preparing}: {layout:?}");
                    let [of_ready, of_others] = [&layout.ready, &layout.preparing]
                        .map(|grid| grid.rooms.last().copied().unwrap_or_default());
                    assert!(of_ready >= LEAST - 0.5 && of_others >= LEAST - 0.5, "{what}");
                    let (kind, rows) = if screen.is_upright {
                        (&UPRIGHT_READY_UNDER, 2)
                    } else {
                        (&READY_UNDER, 4)
                    };
                    let is_whole = of_ready * kind.names[2] >= kind.digit * digits as f64;
                    assert!(layout.ready.style != Style::Under || is_whole, "{what}");
                    assert!(ready.div_ceil(layout.ready.columns) <= rows, "{what}");
                    let rows = match (screen.is_upright, layout.preparing.style) {
                        (true, Style::Large) => 4,
                        (true, Style::Beside | Style::Under) => screen.rows_left(ready, digits),
                        (false, Style::Large | Style::Beside) => 9,
                        (false, Style::Under) => 6,
                    };
                    assert!(preparing.div_ceil(layout.preparing.columns) <= rows, "{what}");
                }
            }
        }
    }
}
