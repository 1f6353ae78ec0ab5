//! An activity shown to a class without telling whose it is (C9): names of people and companies become dots.

use crate::dossier::Dossier;
use std::ops::Range;

/// Stands where a name was.
pub const DOTS: &str = "…";

/// Small words in names that are also words of their own: where they are dots, nothing can be read any more.
const SMALL: [&str; 22] = [
    "van", "von", "vom", "den", "der", "des", "het", "ten", "ter", "les", "las", "los", "del",
    "della", "dos", "das", "bin", "bint", "ibn", "bvba", "and", "und",
];

/// What nobody may read in a text of this dossier: a sequence of words each, in small letters.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names(Vec<Vec<String>>);

impl Names {
    /// Each word of the names of all who have or had a part in it, and the whole names of the companies.
    pub fn of(it: &Dossier) -> Names {
        let mut all = Names::default();
        for name in it.links.all().filter_map(|record| it.links.name_of(record.link.person)) {
            all.person(name);
        }
        let track = it.track.as_ref().map(|it| it.workplace.as_str());
        let places = it.start.workplaces().map(|it| it.company.as_str());
        let agreements = it.agreements.all().map(|it| it.workplace.as_str());
        for company in track.into_iter().chain(places).chain(agreements) {
            all.company(company);
        }
        // The longest first: of `Janssen Logistiek` nothing stays.
        all.0.sort_by_key(|it| core::cmp::Reverse(it.len()));
        all
    }

    fn person(&mut self, name: &str) {
        let parts = spans(name).into_iter().map(|span| small(&name[span]));
        let tells = |it: &String| it.chars().count() > 2 && !SMALL.contains(&it.as_str());
        self.0.extend(parts.filter(tells).map(|it| vec![it]));
    }

    fn company(&mut self, name: &str) {
        let words: Vec<String> = spans(name).into_iter().map(|span| small(&name[span])).collect();
        if !words.is_empty() {
            self.0.push(words);
        }
    }

    /// The text with dots instead. It knows whole words, also with an s behind (`Luc's`, `Lucs`); a nickname or a name
    /// that is in no dossier stays, so somebody reads it before a class does.
    pub fn leave_out(&self, text: &str) -> String {
        let words = spans(text);
        let mut shown = String::with_capacity(text.len());
        let (mut at, mut written) = (0, 0);
        while at < words.len() {
            let length =
                self.0.iter().find(|it| begins(text, &words[at..], it)).map_or(0, Vec::len);
            if length > 0 {
                shown.push_str(&text[written..words[at].start]);
                shown.push_str(DOTS);
                written = words[at + length - 1].end;
            }
            at += length.max(1);
        }
        shown.push_str(&text[written..]);
        shown
    }
}

/// Whether these words begin with a name.
fn begins(text: &str, words: &[Range<usize>], name: &[String]) -> bool {
    words.len() >= name.len()
        && words.iter().zip(name).all(|(span, part)| {
            let word = small(&text[span.clone()]);
            word == *part || word.strip_suffix('s') == Some(part)
        })
}

/// Where the words of a text are: letters and digits that follow each other.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, it)| it.is_alphanumeric()) {
        let end = at + letter.len_utf8();
        match all.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => all.push(at..end),
        }
    }
    all
}

fn small(word: &str) -> String {
    word.to_lowercase()
}
