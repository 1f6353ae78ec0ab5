//! An agreement, new or as it is: its kind, place, dates, hours and signatures. Official registration stays elsewhere.

use super::told;
use crate::parts::{El, Part, choice, dates, el, line_field, page, section, soft};
use crate::session::{NotKept, Session, use_session};
use crate::words::vocabulary;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::{Agreement, AgreementKind, Body, Party, Signed};
use dubbelspoor_domain::id::{AgreementId, DossierId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

words! {
    title { nl "Overeenkomst" en "Agreement" fr "Contrat" }
    unknown { nl "Deze overeenkomst staat niet op dit toestel." en "This agreement is not on this device." fr "Ce contrat n’est pas sur cet appareil." }
    kind_label { nl "Soort" en "Kind" fr "Type" }
    workplace { nl "Werkplek" en "Workplace" fr "Lieu de travail" }
    from { nl "Eerste dag" en "First day" fr "Premier jour" }
    to { nl "Laatste dag" en "Last day" fr "Dernier jour" }
    weekly { nl "Uren per week op de werkplek" en "Hours a week at the workplace" fr "Heures par semaine sur le lieu de travail" }
    signed_title { nl "Getekend op" en "Signed on" fr "Signé le" }
    signed_hint { nl "Laat leeg wie nog niet tekende. Werk op de werkplek telt pas nadat alle drie getekend hebben." en "Leave empty who has not signed yet. Work at the workplace counts only after all three have signed." fr "Laissez vide pour qui n’a pas encore signé. Le travail ne compte qu’après les trois signatures." }
    by_learner { nl "Cursist" en "Learner" fr "Apprenant" }
    by_company { nl "Onderneming" en "Company" fr "Entreprise" }
    by_provider { nl "School" en "School" fr "École" }
    number { nl "Nummer bij het officiële loket" en "Number at the official counter" fr "Numéro au guichet officiel" }
    ended { nl "Vroeger gestopt op" en "Ended early on" fr "Terminé plus tôt le" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong { nl "Kijk de datums en de uren na: de laatste dag komt na de eerste, en een week telt hoogstens 48 uur." en "Check the dates and hours: the last day is after the first, and a week has at most 48 hours." fr "Vérifiez les dates et les heures : le dernier jour vient après le premier, et une semaine compte au plus 48 heures." }
}

/// What the fields hold.
#[derive(Clone, Copy)]
struct Fields {
    kind: RwSignal<Option<u32>>,
    workplace: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    hours: RwSignal<String>,
    signed: [RwSignal<String>; 3],
    number: RwSignal<String>,
    ended: RwSignal<String>,
}

pub(crate) fn agreement(dossier: &str, agreement: Option<&str>) -> AnyView {
    let session = use_session();
    let lost = || page(title(), Some("/learners")).add(el("p", "").add(unknown())).part();
    let Some(dossier) = DossierId::from_hex(dossier) else { return lost() };
    let known = agreement.and_then(AgreementId::from_hex);
    let before = known.and_then(|known| {
        untrack(|| session.with(dossier, |it| it.agreements.get(known).cloned()))?
    });
    if agreement.is_some() && before.is_none() {
        return lost();
    }
    let place =
        untrack(|| session.with(dossier, |it| it.track.as_ref().map(|it| it.workplace.clone())));
    let fields = Fields::of(before.as_ref(), place.flatten().unwrap_or_default());
    let name = known.unwrap_or_else(|| AgreementId(session.new_id()));
    page(title(), Some("/learners")).add(form(session, dossier, name, fields)).part()
}

fn form(session: Session, dossier: DossierId, name: AgreementId, fields: Fields) -> El {
    let fault = RwSignal::new(None::<NotKept>);
    let is_wrong = RwSignal::new(false);
    let navigate = use_navigate();
    let submit = move || {
        let Some(it) = fields.read(name) else { return is_wrong.set(true) };
        is_wrong.set(false);
        let (body, navigate) = (Body::Agreement(it), navigate.clone());
        spawn_local(async move {
            match session.record(dossier, move |it| it.add(&body)).await {
                Ok(_) => navigate(&format!("/hours/{dossier}"), Default::default()),
                Err(why) => drop(fault.try_set(Some(why))),
            }
        });
    };
    let kinds =
        (0..).zip(AgreementKind::ALL.map(|it| vocabulary::agreement_kind(it).to_owned())).collect();
    let parties = [
        ("signed-learner", by_learner()),
        ("signed-company", by_company()),
        ("signed-provider", by_provider()),
    ];
    let mut signed = section(signed_title()).add(soft(signed_hint()));
    for ((id, words), day) in parties.into_iter().zip(fields.signed) {
        signed = signed.add(line_field(id, "date", words, day));
    }
    el("form", "section")
        .submit(submit)
        .add(section(kind_label()).add(choice(kind_label(), kinds, fields.kind, false)))
        .add(line_field("workplace", "text", workplace(), fields.workplace))
        .add(line_field("from", "date", from(), fields.from))
        .add(line_field("to", "date", to(), fields.to))
        .add(line_field("weekly", "text", weekly(), fields.hours))
        .add(signed)
        .add(line_field("number", "text", number(), fields.number))
        .add(line_field("ended", "date", ended(), fields.ended))
        .live(move || is_wrong.get().then(|| el("p", "").set("role", "alert").add(wrong())))
        .add(told(fault))
        .add(el("button", "button button-primary").add(save()))
}

impl Fields {
    fn of(it: Option<&Agreement>, place: String) -> Fields {
        let day = |it: Option<Day>| RwSignal::new(it.map(dates::for_field).unwrap_or_default());
        let text = |it: Option<String>| RwSignal::new(it.unwrap_or_default());
        let at = it.and_then(|it| AgreementKind::ALL.iter().position(|kind| *kind == it.kind));
        let signed = Party::ALL.map(|party| {
            let found = it.and_then(|it| it.signed.iter().find(|it| it.party == party));
            day(found.map(|it| it.on))
        });
        Fields {
            kind: RwSignal::new(Some(at.unwrap_or_default() as u32)),
            workplace: RwSignal::new(it.map_or(place, |it| it.workplace.clone())),
            from: day(it.map(|it| it.from)),
            to: day(it.map(|it| it.to)),
            hours: text(it.map(|it| in_hours(it.weekly_minutes))),
            signed,
            number: text(it.and_then(|it| it.number.clone())),
            ended: day(it.and_then(|it| it.ended)),
        }
    }

    /// What was filled in; nothing when it makes no agreement.
    fn read(self, agreement: AgreementId) -> Option<Agreement> {
        let day = |it: RwSignal<String>| it.with_untracked(|it| Day::from_iso(it));
        let text = |it: RwSignal<String>| it.with_untracked(|it| it.trim().to_owned());
        let mut signed = Vec::new();
        for (party, on) in Party::ALL.into_iter().zip(self.signed) {
            signed.extend(day(on).map(|on| Signed { party, on }));
        }
        let at = self.kind.get_untracked()? as usize;
        let (from, to) = (day(self.from)?, day(self.to)?);
        let minutes = in_minutes(&text(self.hours))?;
        (from <= to && minutes <= 48 * 60).then_some(Agreement {
            agreement,
            kind: *AgreementKind::ALL.get(at)?,
            workplace: text(self.workplace),
            from,
            to,
            weekly_minutes: minutes,
            signed,
            number: Some(text(self.number)).filter(|it| !it.is_empty()),
            ended: day(self.ended),
        })
    }
}

/// Minutes as people write hours: `20`, `22.5`.
fn in_hours(minutes: u16) -> String {
    match minutes % 60 {
        0 => (minutes / 60).to_string(),
        rest => format!("{}.{:02}", minutes / 60, u32::from(rest) * 100 / 60),
    }
}

fn in_minutes(hours: &str) -> Option<u16> {
    let (whole, part) = hours.split_once(['.', ',']).unwrap_or((hours, "0"));
    let hundredths: u32 = format!("{part:0<2}").get(..2)?.parse().ok()?;
    let minutes = whole.parse::<u32>().ok()?.checked_mul(60)? + (hundredths * 60 + 50) / 100;
    u16::try_from(minutes).ok()
}
