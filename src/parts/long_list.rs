//! A list of any length: only the rows near the eye are on the page.

use leptos::ev;
use leptos::prelude::*;

/// Rows kept on each side of the screen, in pixels.
const MARGIN: f64 = 800.0;

/// Shows `count` rows of about `height` pixels each; `row` draws one by its index.
#[component]
pub(crate) fn LongList(
    #[prop(into)] count: Signal<usize>,
    height: f64,
    row: impl Fn(usize) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let list = NodeRef::<leptos::html::Div>::new();
    let window = RwSignal::new((0_usize, 24_usize));
    let look = move || {
        let Some(list) = list.get_untracked() else { return };
        let above = -list.get_bounding_client_rect().top();
        let eye = leptos::prelude::window().inner_height().ok().and_then(|it| it.as_f64());
        let first = ((above - MARGIN) / height).max(0.0) as usize;
        let shown = ((eye.unwrap_or(900.0) + 2.0 * MARGIN) / height) as usize + 1;
        let next = (first / 4 * 4, (first + shown) / 4 * 4 + 4);
        if window.get_untracked() != next {
            window.set(next);
        }
    };
    let scrolled = window_event_listener(ev::scroll, move |_| look());
    let resized = window_event_listener(ev::resize, move |_| look());
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    let rows = move || {
        let (from, to) = window.get();
        (from.min(count.get())..to.min(count.get())).collect::<Vec<_>>()
    };
    let whole = move || format!("{}px", count.get() as f64 * height);
    let top = move || format!("{}px", window.get().0 as f64 * height);
    view! {
        <div class="virtual" node_ref=list style:height=whole role="list">
            <div class="virtual-window" style:inset-block-start=top>
                <For each=rows key=|it| *it let:index>
                    <div role="listitem" style:min-height=format!("{}px", height - 12.0)>
                        {row(index)}
                    </div>
                </For>
            </div>
        </div>
    }
}
