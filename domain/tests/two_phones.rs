//! Two phones of a learner, a mentor, a coach and a school, over a line that loses, repeats, delays and cuts off; with
//! clocks that lie, disks that are put back, a copied phone, and somebody who forges.
//!
//! `DUBBELSPOOR_SEEDS=100000` runs more of them, `DUBBELSPOOR_SEED=17` tells the story of one.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a failed step is a failed test")]

#[path = "two_phones/acts.rs"]
mod acts;
#[path = "two_phones/liar.rs"]
mod liar;
#[path = "two_phones/line.rs"]
mod line;
#[path = "two_phones/oracle.rs"]
mod oracle;
#[path = "two_phones/phone.rs"]
mod phone;
#[path = "two_phones/promises.rs"]
mod promises;
#[path = "two_phones/school.rs"]
mod school;
mod support;
#[path = "two_phones/world.rs"]
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, Once};
use std::thread;
use world::World;

const SEEDS: u64 = 2_000;
const REAL_SEEDS: u64 = 6;
const STEPS: usize = 90;

/// Seeds that once found something. They run first, forever; the list only grows.
const ONCE_FAILED: [u64; 8] = [13, 49, 80, 132, 722, 953, 1186, 1619];

/// A panic in a life is an answer: it goes into the report and is not printed.
const LIFE: &str = "life";
static QUIET: Once = Once::new();

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|it| it.parse().ok())
}

/// One life of a dossier. An error is what went wrong, and the story that led there.
fn live(seed: u64, real: bool) -> Result<(), String> {
    let mut story = Vec::new();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(seed, real);
        for _ in 0..STEPS / 10 {
            let lived = catch_unwind(AssertUnwindSafe(|| {
                world.run(10);
                promises::kept_is_kept(&world);
            }));
            if let Err(panic) = lived {
                story = core::mem::take(&mut world.story);
                return Err(panic);
            }
        }
        let ended = catch_unwind(AssertUnwindSafe(|| promises::heal_and_check(&mut world)));
        story = core::mem::take(&mut world.story);
        ended
    }));
    let panic = match outcome {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(panic)) | Err(panic) => panic,
    };
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|it| (*it).to_owned()));
    let text = text.unwrap_or_default();
    let tells = asked("DUBBELSPOOR_SEED").is_some();
    let story = if tells { story.join("\n  ") } else { String::new() };
    Err(format!("seed {seed}: {text}\n  {story}"))
}

fn live_all(seeds: &[u64], real: bool) {
    let failed = Mutex::new(Vec::new());
    let next = AtomicU64::new(0);
    QUIET.call_once(|| {
        let speaks = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |it| {
            if thread::current().name() != Some(LIFE) {
                speaks(it);
            }
        }));
    });
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            let work = || {
                loop {
                    let at = usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap();
                    let Some(seed) = seeds.get(at) else { return };
                    if let Err(what) = live(*seed, real) {
                        failed.lock().unwrap().push(what);
                    }
                }
            };
            thread::Builder::new().name(LIFE.into()).spawn_scoped(scope, work).unwrap();
        }
    });
    let failed = failed.into_inner().unwrap();
    let shown: Vec<_> = failed.iter().take(5).cloned().collect();
    assert!(
        failed.is_empty(),
        "{} of {} seeds failed; DUBBELSPOOR_SEED tells the story of one\n{}",
        failed.len(),
        seeds.len(),
        shown.join("\n")
    );
}

#[test]
fn whatever_the_line_does_nothing_is_lost_and_nothing_is_doubled() {
    let seeds = asked("DUBBELSPOOR_SEEDS").unwrap_or(SEEDS);
    let one = asked("DUBBELSPOOR_SEED").map(|it| vec![it]);
    let all = || ONCE_FAILED.into_iter().chain(0..seeds).collect();
    live_all(&one.unwrap_or_else(all), false);
}

#[test]
fn the_same_with_real_signatures() {
    let seeds: Vec<u64> = (0..REAL_SEEDS).collect();
    live_all(&seeds, true);
}
