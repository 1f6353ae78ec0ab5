//! A portfolio to take along: which pieces, in which order, and as one page that needs nothing else (C7). No script, and what
//! people typed is text only.

use crate::Day;
use crate::dossier::{Audience, Dossier, Entry, GoalId, Place};
use crate::hours::monday;
use crate::id::EntryId;
use crate::ordered::sort_by_key;

/// In what order the pieces stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Below each goal that they touch.
    Goal,
    /// Week by week.
    Time,
    /// By where it was learnt.
    Place,
}

impl Order {
    /// All of them.
    pub const ALL: [Order; 3] = [Order::Goal, Order::Time, Order::Place];
}

/// What the pieces of a group have in common.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Heading {
    /// A goal.
    Goal(GoalId),
    /// None of the goals.
    WithoutGoal,
    /// The week that begins on this Monday.
    Week(Day),
    /// A place.
    Place(Place),
}

/// What the learner wrote, in an order, each group from the first day on: drafts and what was taken back are no pieces.
/// A piece that touches several goals shows each, so by goal it stands below each.
pub fn groups(it: &Dossier, order: Order) -> Vec<(Heading, Vec<EntryId>)> {
    let mut written: Vec<_> = it.diary.written().map(|(_, shown)| shown).collect();
    sort_by_key(&mut written, |it| (it.content.day, it.at));
    let mut all: Vec<(Heading, Vec<EntryId>)> = Vec::new();
    for content in written.iter().map(|it| &it.content) {
        for heading in headings(order, content) {
            match all.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, pieces)) if pieces.last() == Some(&content.entry) => {}
                Some((_, pieces)) => pieces.push(content.entry),
                None => all.push((heading, vec![content.entry])),
            }
        }
    }
    sort_by_key(&mut all, |(heading, _)| heading.clone());
    all
}

fn headings(order: Order, it: &Entry) -> Vec<Heading> {
    match order {
        Order::Goal if it.goals.is_empty() => vec![Heading::WithoutGoal],
        Order::Goal => it.goals.iter().map(|it| Heading::Goal(it.goal.clone())).collect(),
        Order::Time => vec![Heading::Week(monday(it.day))],
        Order::Place => vec![Heading::Place(it.place)],
    }
}

/// What the learner takes along. Shared pieces go unless they are left out, private ones stay unless they are put in: so a
/// piece that becomes private later never goes along by itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chosen {
    left_out: Vec<EntryId>,
    put_in: Vec<EntryId>,
}

impl Chosen {
    /// Whether a piece goes along.
    pub fn takes(&self, it: &Entry) -> bool {
        match it.audience {
            Audience::Shared => !self.left_out.contains(&it.entry),
            Audience::Private => self.put_in.contains(&it.entry),
        }
    }

    /// Takes a piece that stayed, leaves one that went.
    pub fn turn(&mut self, it: &Entry) {
        let turned = match it.audience {
            Audience::Shared => &mut self.left_out,
            Audience::Private => &mut self.put_in,
        };
        let before = turned.len();
        turned.retain(|other| *other != it.entry);
        if turned.len() == before {
            turned.push(it.entry);
        }
    }
}

/// A piece of a portfolio, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Piece {
    /// Day, place, duration.
    pub line: String,
    /// What was done.
    pub text: String,
    /// The goals that it touches.
    pub goals: Vec<String>,
    /// What others confirmed or wrote.
    pub said: Vec<String>,
}

/// The page: a heading, a line under it, and the pieces under their own headings. UTF-8, complete.
pub fn page(language: &str, title: &str, lead: &str, groups: &[(String, Vec<Piece>)]) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    escape(&mut out, language);
    out.push_str(
        "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
    );
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    tag(&mut out, "title", title);
    out.push_str(STYLE);
    out.push_str("<main>\n");
    tag(&mut out, "h1", title);
    tag(&mut out, "p", lead);
    for (heading, pieces) in groups {
        tag(&mut out, "h2", heading);
        for it in pieces {
            out.push_str("<article>");
            tag(&mut out, "h3", &it.line);
            tag(&mut out, "p", &it.text);
            list(&mut out, &it.goals);
            for it in &it.said {
                tag(&mut out, "blockquote", it);
            }
            out.push_str("</article>\n");
        }
    }
    out.push_str("</main>\n</html>\n");
    out
}

const STYLE: &str = "<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}\
article{border-left:4px solid #a4501c;padding-left:1rem;margin:1rem 0;break-inside:avoid}h3{font-size:1rem}\
p,blockquote{white-space:pre-wrap}h2{margin-top:2.5rem}blockquote{margin:.5rem 0;font-style:italic}\
ul{padding-left:1.25rem}@media print{body{margin:0}}</style>\n";

fn list(out: &mut String, all: &[String]) {
    if all.is_empty() {
        return;
    }
    out.push_str("<ul>");
    for it in all {
        tag(out, "li", it);
    }
    out.push_str("</ul>");
}

fn tag(out: &mut String, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// Text as text, also between quotes.
fn escape(out: &mut String, text: &str) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(it),
        }
    }
}
