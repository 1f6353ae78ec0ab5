//! A school year of the centre in figures (G7): to read, by course and by workplace, and to take along as a file. Only the
//! school has all leertrajecten; what was read last is shown without a connection too.

mod group;

use super::of_centre;
use crate::parts::choices::choice_of;
use crate::parts::{
    El, Part, Tone, button, dates, el, follow, live, nothing, notice, section, soft,
};
use crate::screens::own_copy::{Handed, file_is_there};
use crate::session::{NoAnswer, Session, use_session};
use crate::words::reasons;
use chrono::Datelike;
use dubbelspoor_domain::hours::school_year;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::YearFigures;
use group::{by_name, whole};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    title { nl "Cijfers" en "Figures" fr "Chiffres" }
    lead { nl "Alle leertrajecten van het centrum samen. Er staan geen namen in." en "All learning tracks of the centre together. There are no names in it." fr "Tous les parcours du centre ensemble. Sans aucun nom." }
    which { nl "Welk schooljaar?" en "Which school year?" fr "Quelle année scolaire ?" }
    year_name(first, last) { nl "{first}-{last}" en "{first}-{last}" fr "{first}-{last}" }
    asking { nl "De cijfers worden opgehaald." en "The figures are being fetched." fr "Les chiffres sont en cours de chargement." }
    again { nl "Probeer opnieuw" en "Try again" fr "Réessayer" }
    as_of(moment) { nl "Van {moment}" en "Of {moment}" fr "Du {moment}" }
    none { nl "In dit schooljaar zijn er geen leertrajecten." en "There are no learning tracks in this school year." fr "Il n’y a pas de parcours cette année scolaire." }
    all_together { nl "Het hele centrum" en "The whole centre" fr "Tout le centre" }
    by_course { nl "Per opleiding" en "Per course" fr "Par formation" }
    by_workplace { nl "Per leerwerkplek" en "Per workplace" fr "Par lieu de travail" }
    take_along { nl "Bewaar als bestand" en "Save as a file" fr "Enregistrer en fichier" }
    needs_line { nl "Met een rij per leertraject, zonder namen. Hiervoor is verbinding nodig." en "With a row for each learning track, without names. This needs a connection." fr "Avec une ligne par parcours, sans noms. Une connexion est nécessaire." }
    workbook { nl "Bewaar voor Excel (XLSX)" en "Save for Excel (XLSX)" fr "Enregistrer pour Excel (XLSX)" }
    csv { nl "Bewaar als CSV" en "Save as CSV" fr "Enregistrer en CSV" }
}

/// More years than these nobody chooses from on a phone.
const YEARS: i32 = 10;

/// What is on the screen of one school year, by the year in which it begins.
#[derive(Clone, Copy)]
struct Shown {
    session: Session,
    centre: DossierId,
    year: RwSignal<Option<u32>>,
    figures: RwSignal<Option<YearFigures>>,
    /// The school was asked and has not answered yet.
    asking: RwSignal<bool>,
    fault: RwSignal<Option<NoAnswer>>,
}

pub(super) fn figures() -> AnyView {
    let session = use_session();
    of_centre(title(), Some("/centre"), move |centre| {
        let (first, _) = school_year(untrack(|| session.today()));
        let it = Shown {
            session,
            centre,
            year: RwSignal::new(Some(first.year().cast_unsigned())),
            figures: RwSignal::new(None),
            asking: RwSignal::new(true),
            fault: RwSignal::new(None),
        };
        follow(move || {
            let year = it.year.get();
            it.figures.set(None);
            it.fetch(year);
        });
        let head = el("div", "section")
            .add(el("p", "").add(lead()))
            .add(it.years(first.year()))
            .live(move || it.standing());
        el("div", "figures")
            .add(head)
            .add(it.told())
            .live(move || Some(taking(session, centre, it.year.get()?.cast_signed())))
    })
}

impl Shown {
    /// What was read last, and then what the school says now.
    fn fetch(self, year: Option<u32>) {
        let Some(first) = year.map(u32::cast_signed) else { return };
        // Meanwhile somebody may have chosen another year.
        let is_shown = move || self.year.try_get_untracked() == Some(year);
        self.asking.set(true);
        self.fault.set(None);
        spawn_local(async move {
            if let Some(kept) = self.session.kept_figures(self.centre, first).await
                && is_shown()
            {
                self.figures.try_set(Some(kept));
            }
            let told = self.session.read_figures(self.centre, first).await;
            if !is_shown() {
                return;
            }
            match told {
                Ok(told) => drop(self.figures.try_set(Some(told))),
                Err(why) => drop(self.fault.try_set(Some(why))),
            }
            self.asking.try_set(false);
        });
    }

    /// From the first in which a leertraject takes place, as far as the school has told.
    fn years(self, this: i32) -> AnyView {
        let since = RwSignal::new(this - 1);
        follow(move || {
            let told = self.figures.with(|it| it.as_ref().map(|it| it.since.year()));
            let first = told.unwrap_or(this).max(this + 1 - YEARS);
            if first < since.get_untracked() {
                since.set(first);
            }
        });
        live(move || {
            let name = |year: i32| (year.cast_unsigned(), year_name(year, year + 1));
            let options = (since.get()..=this).rev().map(name).collect();
            choice_of(which().into(), options, self.year, false).part()
        })
    }

    /// Of when the figures are, and why there are no newer ones.
    fn standing(self) -> El {
        let at = self.figures.with(|it| it.as_ref().map(|it| it.at));
        let moment = at.map(|at| soft(as_of(dates::moment(at))));
        let asked = self.asking.get().then(|| soft(asking()).set("role", "status"));
        let fault = self.fault.get().map(|why| {
            let retry = button("button", move || self.fetch(self.year.get_untracked()));
            let words = el("p", "").add(reasons::no_answer(&why));
            notice(Tone::Waiting, vec![words, retry.add(again())]).set("role", "status")
        });
        el("div", "section").add(moment).add(asked).add(fault)
    }

    /// Drawn anew only when a figure changed: whoever reads how one came about goes on reading.
    fn told(self) -> AnyView {
        let figures = Memo::new(move |_| {
            self.figures.with(|it| {
                it.as_ref().map(|it| (it.all.clone(), it.courses.clone(), it.workplaces.clone()))
            })
        });
        live(move || {
            let Some((all, courses, workplaces)) = figures.get() else { return nothing() };
            if all.tracks == 0 {
                return el("p", "").add(none()).part();
            }
            vec![
                section(all_together()).add(whole(&all)),
                section(by_course()).add(by_name(&courses)),
                section(by_workplace()).add(by_name(&workplaces)),
            ]
            .part()
        })
    }
}

fn taking(session: Session, centre: DossierId, year: i32) -> El {
    let busy = RwSignal::new(false);
    let outcome = Handed::new(None);
    let take = move |form: &'static str, words: &'static str| {
        let tap = move || {
            busy.set(true);
            outcome.set(None);
            spawn_local(async move {
                let done = session.take_figures(centre, year, form).await;
                outcome.try_set(Some(done.err().map_or("", |why| reasons::no_answer(&why))));
                busy.try_set(false);
            });
        };
        button("button", tap).disabled(move || busy.get()).add(words)
    };
    let buttons = el("div", "buttons").add(take("xlsx", workbook())).add(take("csv", csv()));
    section(take_along()).add(soft(needs_line())).add(buttons).add(file_is_there(outcome))
}
