//! An agreement, new or as it is: its kind, place, dates, hours and signatures. Official registration stays elsewhere.

use super::form::{Asks, Field, Filled, Sort, field, form, one_of};
use crate::parts::{Part, Tone, dates, el, link, notice, page};
use crate::screens::file::{for_guides, guides_now};
use crate::session::use_session;
use crate::words::vocabulary;
use dubbelspoor_domain::dossier::{Agreement, AgreementKind, Block, Body, Dossier, Party, Signed};
use dubbelspoor_domain::id::{AgreementId, DossierId, WorkplaceId};
use dubbelspoor_domain::{Added, Day};
use leptos::prelude::*;

words! {
    title { nl "Overeenkomst" en "Agreement" fr "Contrat" }
    unknown { nl "Deze overeenkomst staat niet op dit toestel." en "This agreement is not on this device." fr "Ce contrat n’est pas sur cet appareil." }
    no_workplace { nl "Een overeenkomst hoort bij een leerwerkplek die erkend is voor de opleiding. Voeg die eerst toe." en "An agreement belongs to a workplace that is recognised for the course. Add that first." fr "Un contrat concerne un lieu de travail reconnu pour la formation. Ajoutez-le d’abord." }
    add_workplace { nl "Voeg een leerwerkplek toe" en "Add a workplace" fr "Ajouter un lieu de travail" }
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
    on_holidays { nl "Werk in schoolvakanties" en "Work on school holidays" fr "Travail pendant les vacances scolaires" }
    holidays_free { nl "Nee, vakantie is vrij" en "No, holidays are free" fr "Non, les vacances sont libres" }
    holidays_agreed { nl "Ja, dat is afgesproken" en "Yes, that was agreed" fr "Oui, c’est convenu" }
    block_title { nl "Weken met andere uren" en "Weeks with other hours" fr "Semaines avec d’autres heures" }
    block_hint { nl "Voor een blok op school of op de werkplek. Laat leeg als elke week dezelfde is." en "For a block at school or at the workplace. Leave empty where every week is the same." fr "Pour un bloc à l’école ou au travail. Laissez vide si chaque semaine est pareille." }
    block_from { nl "Blok vanaf" en "Block from" fr "Bloc à partir du" }
    block_to { nl "Blok tot en met" en "Block up to and including" fr "Bloc jusqu’au" }
    block_hours { nl "Uren per week in dat blok" en "Hours a week in that block" fr "Heures par semaine dans ce bloc" }
    block_line(from, to, hours) { nl "{from} tot {to}: {hours} per week" en "{from} to {to}: {hours} a week" fr "du {from} au {to} : {hours} par semaine" }
    blocks_wrong { nl "Welke blokken kloppen niet meer?" en "Which blocks are no longer right?" fr "Quels blocs ne sont plus corrects ?" }
    save { nl "Bewaar" en "Save" fr "Enregistrer" }
    wrong { nl "Kijk de datums en de uren na: de laatste dag komt na de eerste, en een week telt hoogstens 48 uur." en "Check the dates and hours: the last day is after the first, and a week has at most 48 hours." fr "Vérifiez les dates et les heures : le dernier jour vient après le premier, et une semaine compte au plus 48 heures." }
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
    if !guides_now(session, dossier) {
        return page(title(), Some("/learners")).add(for_guides()).part();
    }
    let places: Places = untrack(|| session.with(dossier, places_of)).unwrap_or_default();
    if places.is_empty() && before.is_none() {
        let way = link(format!("/start/{dossier}"), "button button-primary").add(add_workplace());
        return page(title(), Some("/learners"))
            .add(notice(Tone::NeedsYou, vec![el("p", "").add(no_workplace()), way]))
            .part();
    }
    let name = known.unwrap_or_else(|| AgreementId(session.new_id()));
    let asks = Asks {
        about: agreement.unwrap_or("agreement"),
        send: save(),
        wrong: wrong(),
        then: Some(format!("/hours/{dossier}")),
    };
    let form = form(
        dossier,
        asks,
        fields(before.as_ref(), &places),
        Box::new(move |it| read(name, before.as_ref(), &places, it)),
    );
    page(title(), Some("/learners")).add(form).part()
}

/// The workplaces of the dossier: one of them is chosen, where there are any (A4).
type Places = Vec<(WorkplaceId, String)>;

fn places_of(it: &Dossier) -> Places {
    it.start.workplaces().map(|it| (it.workplace, it.company.clone())).collect()
}

fn where_at(it: Option<&Agreement>, places: &Places) -> Field {
    if places.is_empty() {
        // One of before workplaces had a record of their own.
        let words = it.map(|it| it.workplace.clone()).unwrap_or_default();
        return field("workplace", workplace(), Sort::Line).with(words);
    }
    let at = it.and_then(|it| it.at).or(places.first().map(|(place, _)| *place));
    let named = places.iter().map(|(place, name)| (place.to_string(), name.clone()));
    field("workplace", workplace(), Sort::Find(named.collect()))
        .with(at.map(|it| it.to_string()).unwrap_or_default())
}

fn fields(it: Option<&Agreement>, places: &Places) -> Vec<Field> {
    let at = it.and_then(|it| AgreementKind::ALL.iter().position(|kind| *kind == it.kind));
    let day = |it: Option<Day>| it.map(dates::for_field).unwrap_or_default();
    let signed = |party| {
        day(it.and_then(|it| it.signed.iter().find(|it| it.party == party)).map(|it| it.on))
    };
    let works_then = it.is_some_and(|it| it.on_holidays == Some(true));
    let known = it.map(|it| &*it.blocks).unwrap_or_default();
    let blocks = known.iter().map(|it| (block_key(it), block_words(it))).collect();
    vec![
        field("kind", kind_label(), one_of(AgreementKind::ALL.map(vocabulary::agreement_kind)))
            .with(at.unwrap_or_default().to_string()),
        where_at(it, places),
        field("from", from(), Sort::Date).with(day(it.map(|it| it.from))),
        field("to", to(), Sort::Date).with(day(it.map(|it| it.to))),
        field("weekly", weekly(), Sort::Line)
            .with(it.map(|it| in_hours(it.weekly_minutes)).unwrap_or_default()),
        field("signed", signed_title(), Sort::Heading(signed_hint())),
        field("signed-learner", by_learner(), Sort::Date).with(signed(Party::Learner)),
        field("signed-company", by_company(), Sort::Date).with(signed(Party::Company)),
        field("signed-provider", by_provider(), Sort::Date).with(signed(Party::Provider)),
        field("number", number(), Sort::Line)
            .with(it.and_then(|it| it.number.clone()).unwrap_or_default()),
        field("ended", ended(), Sort::Date).with(day(it.and_then(|it| it.ended))),
        field("holidays", on_holidays(), one_of([holidays_free(), holidays_agreed()]))
            .with(if works_then { "1" } else { "0" }),
        field("block", block_title(), Sort::Heading(block_hint())),
        field("block-from", block_from(), Sort::Date),
        field("block-to", block_to(), Sort::Date),
        field("block-weekly", block_hours(), Sort::Line),
        field("blocks", blocks_wrong(), Sort::Many(blocks)),
    ]
}

fn block_key(it: &Block) -> String {
    dates::for_field(it.from)
}

fn block_words(it: &Block) -> String {
    let hours = dates::duration(it.weekly_minutes.into());
    block_line(dates::short_day(it.from), dates::short_day(it.to), hours)
}

/// Those of before without the ones that were wrong, and the one that was filled in; nothing where that one is not whole.
fn blocks_of(before: Option<&Agreement>, it: &Filled) -> Option<Added<Block>> {
    let wrong = it.many(16);
    let known = before.map(|it| &*it.blocks).unwrap_or_default().iter();
    let mut all: Vec<Block> = known.filter(|it| !wrong.contains(&block_key(it))).cloned().collect();
    match (it.day(13), it.day(14), it.words(15)) {
        (None, None, None) => {}
        (Some(from), Some(to), Some(hours)) => {
            let block = Block { from, to, weekly_minutes: in_minutes(&hours)? };
            all.insert(all.partition_point(|it| it.from < from), block);
        }
        _ => return None,
    }
    Some(Added(all))
}

/// What was filled in; nothing when it makes no agreement.
fn read(
    agreement: AgreementId,
    before: Option<&Agreement>,
    places: &Places,
    it: &Filled,
) -> Option<Vec<Body>> {
    let blocks = blocks_of(before, it)?;
    let holidays = it.number(11)? == 1;
    let mut signed = Vec::new();
    for (party, at) in Party::ALL.into_iter().zip(6..) {
        signed.extend(it.day(at).map(|on| Signed { party, on }));
    }
    let (from, to) = (it.day(2)?, it.day(3)?);
    let minutes = in_minutes(&it.text(4))?;
    let fits = from <= to && minutes <= 48 * 60;
    let kind = *AgreementKind::ALL.get(it.number(0)? as usize)?;
    let key = it.text(1);
    let at = places.iter().find(|(place, _)| place.to_string() == key);
    if at.is_none() && !places.is_empty() {
        return None;
    }
    let workplace = at.map_or_else(|| it.text(1), |(_, words)| words.clone());
    fits.then(|| {
        vec![Body::Agreement(Agreement {
            agreement,
            kind,
            workplace,
            from,
            to,
            weekly_minutes: minutes,
            signed,
            number: it.words(9),
            ended: it.day(10),
            at: at.map(|(place, _)| *place),
            blocks,
            on_holidays: Some(holidays),
        })]
    })
}

/// Minutes as people write hours in their language: `20`, `22,5`.
fn in_hours(minutes: u16) -> String {
    vocabulary::hundredths(u32::from(minutes) * 100 / 60)
}

fn in_minutes(hours: &str) -> Option<u16> {
    let (whole, part) = hours.split_once(['.', ',']).unwrap_or((hours, "0"));
    let hundredths: u32 = format!("{part:0<2}").get(..2)?.parse().ok()?;
    let minutes = whole.parse::<u32>().ok()?.checked_mul(60)? + (hundredths * 60 + 50) / 100;
    u16::try_from(minutes).ok()
}
