//! A list of any length: only the rows near the eye are on the page. Each row has the height that it needs; those
//! not seen yet are taken for as high as the others were on average.

use super::el::{El, Part, Place, el, keyed};
use leptos::ev;
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Rows kept on each side of the screen, in pixels.
const MARGIN: f64 = 800.0;

/// Shows `count` rows of about `height` pixels each; `row` draws one by its index and follows what is there.
pub(crate) fn long_list(
    count: Signal<usize>,
    height: f64,
    row: impl Fn(usize) -> AnyView + Send + Sync + 'static,
) -> El {
    long_list_boxed(count, height, Arc::new(row))
}

fn long_list_boxed(
    count: Signal<usize>,
    height: f64,
    row: Arc<dyn Fn(usize) -> AnyView + Send + Sync>,
) -> El {
    let list = Place::new();
    let rows = Place::new();
    let heights = StoredValue::new(Heights { guess: height, known: Vec::new() });
    // About one screen; the rest comes with the first look, in a task of its own.
    let shown = RwSignal::new(0..8_usize);
    let place = RwSignal::new((0.0, 0.0));
    let look = move || {
        let Some(list) = list.get_untracked() else { return };
        let above = -list.get_bounding_client_rect().top();
        let screen = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(900.0);
        let count = count.get_untracked();
        heights.update_value(|it| {
            it.measure(rows.get_untracked().as_ref(), shown.get_untracked().start);
            let next = it.between(above - MARGIN, above + screen + MARGIN, count);
            let measures = (it.above(next.start), it.above(count));
            if place.get_untracked() != measures {
                place.set(measures);
            }
            if shown.get_untracked() != next {
                shown.set(next);
            }
        });
    };
    Effect::new(move || {
        count.track();
        shown.track();
        request_animation_frame(look);
    });
    let scrolled = window_event_listener(ev::scroll, move |_| look());
    let resized = window_event_listener(ev::resize, move |_| {
        heights.update_value(|it| it.known.clear());
        look();
    });
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    let indices = move || {
        let Range { start, end } = shown.get();
        (start.min(count.get())..end.min(count.get())).map(|it| it.to_string()).collect()
    };
    let rows_shown = keyed(indices, move |index| {
        let index = index.parse().unwrap_or_default();
        el("div", "virtual-row").set("role", "listitem").add(row(index)).part()
    });
    let window = el("div", "virtual-window")
        .keep("role", move || (count.get() > 0).then(|| "list".to_owned()))
        .place(rows)
        .keep_style("inset-block-start", move || format!("{}px", place.get().0 as u32))
        .add(rows_shown);
    el("div", "virtual")
        .place(list)
        .keep_style("height", move || format!("{}px", place.get().1 as u32))
        .add(window)
}

/// How high the rows are, as far as they were seen.
struct Heights {
    guess: f64,
    /// By index; zero where a row was not seen.
    known: Vec<f64>,
}

impl Heights {
    /// Notes the rows that are on the page, of which the first has index `first`.
    fn measure(&mut self, rows: Option<&HtmlElement>, first: usize) {
        let Some(rows) = rows.map(|it| it.children()) else { return };
        for at in 0..rows.length() {
            let Some(row) = rows.item(at).and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
                continue;
            };
            let index = first + at as usize;
            self.known.resize(self.known.len().max(index + 1), 0.0);
            self.known[index] = f64::from(row.offset_height());
        }
        let seen = self.known.iter().filter(|it| **it > 0.0);
        let (number, sum) = seen.fold((0.0, 0.0), |(number, sum), it| (number + 1.0, sum + it));
        if number > 0.0 {
            self.guess = sum / number;
        }
    }

    fn of(&self, index: usize) -> f64 {
        self.known.get(index).copied().filter(|it| *it > 0.0).unwrap_or(self.guess)
    }

    /// What the rows before this one take together.
    fn above(&self, index: usize) -> f64 {
        (0..index).map(|it| self.of(it)).sum()
    }

    /// The rows that touch a stretch of the list, in steps, so that not every pixel changes them.
    fn between(&self, top: f64, bottom: f64, count: usize) -> Range<usize> {
        let mut edge = 0.0;
        let mut first = None;
        for index in 0..count {
            edge += self.of(index);
            if first.is_none() && edge >= top {
                first = Some(index);
            }
            if edge >= bottom {
                return first.unwrap_or(index) / 4 * 4..(index / 4 * 4 + 4).min(count);
            }
        }
        first.unwrap_or(count) / 4 * 4..count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_near_the_eye_are_shown_whatever_their_heights() {
        let mut heights = Heights { guess: 100.0, known: Vec::new() };
        assert_eq!(heights.between(-800.0, 1600.0, 5_000), 0..16);
        assert_eq!(heights.above(5_000), 500_000.0);
        heights.known = vec![300.0; 8];
        assert_eq!(heights.between(-800.0, 1600.0, 5_000), 0..8);
        assert_eq!(heights.above(10), 2_600.0);
        assert_eq!(heights.between(2_500.0, 3_500.0, 5_000), 8..20);
        assert_eq!(heights.between(499_999.0, 600_000.0, 5_000).end, 5_000);
        assert_eq!(heights.between(0.0, 100.0, 0), 0..0);
    }
}
