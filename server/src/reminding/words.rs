//! What a reminder says, in the reader's language.

use dubbelspoor_domain::reminder::{Pending, Reminders};

/// Subject and text.
pub(super) fn mail(
    name: &str,
    chosen: &Reminders,
    pending: Pending,
    origin: &str,
) -> (&'static str, String) {
    let words = Words::of(&chosen.language);
    let mut text = format!("{} {name},\n\n", words.hello);
    let lines = [
        (pending.to_confirm, words.to_confirm),
        (pending.to_decide, words.to_decide),
        (pending.to_answer, words.to_answer),
        (pending.in_need, words.in_need),
        (pending.to_fill_in, words.to_fill_in),
    ];
    for (count, [one, many]) in lines.into_iter().filter(|(count, _)| *count > 0) {
        text += &format!("- {count} {}\n", if count == 1 { one } else { many });
    }
    text += &format!("\n{} {origin}\n\n{}\n", words.open, words.why);
    (words.subject, text)
}

struct Words {
    subject: &'static str,
    hello: &'static str,
    /// For one, and for several.
    to_confirm: [&'static str; 2],
    to_decide: [&'static str; 2],
    to_answer: [&'static str; 2],
    in_need: [&'static str; 2],
    to_fill_in: [&'static str; 2],
    open: &'static str,
    why: &'static str,
}

impl Words {
    fn of(language: &str) -> &'static Words {
        match language {
            "en" => &EN,
            "fr" => &FR,
            _ => &NL,
        }
    }
}

const NL: Words = Words {
    subject: "Dubbelspoor: er wacht iets op jou",
    hello: "Dag",
    to_confirm: ["activiteit wacht op je bevestiging", "activiteiten wachten op je bevestiging"],
    to_decide: ["melding wacht op je beslissing", "meldingen wachten op je beslissing"],
    to_answer: ["vraag wacht op een antwoord", "vragen wachten op een antwoord"],
    in_need: ["cursist heeft aandacht nodig", "cursisten hebben aandacht nodig"],
    to_fill_in: ["werkdag waarop nog niets staat", "werkdagen waarop nog niets staat"],
    open: "Open Dubbelspoor:",
    why: "Je krijgt dit bericht omdat je het zo gekozen hebt. Andere dagen, een ander uur of stoppen: in Dubbelspoor bij Meer, Herinneringen.",
};

const EN: Words = Words {
    subject: "Dubbelspoor: something waits for you",
    hello: "Hello",
    to_confirm: ["activity waits for your confirmation", "activities wait for your confirmation"],
    to_decide: ["report waits for your decision", "reports wait for your decision"],
    to_answer: ["question waits for an answer", "questions wait for an answer"],
    in_need: ["learner needs attention", "learners need attention"],
    to_fill_in: ["working day with nothing yet", "working days with nothing yet"],
    open: "Open Dubbelspoor:",
    why: "You get this message because you chose it so. Other days, another hour, or to stop: in Dubbelspoor under More, Reminders.",
};

const FR: Words = Words {
    subject: "Dubbelspoor : quelque chose vous attend",
    hello: "Bonjour",
    to_confirm: ["activité attend votre confirmation", "activités attendent votre confirmation"],
    to_decide: ["signalement attend votre décision", "signalements attendent votre décision"],
    to_answer: ["question attend une réponse", "questions attendent une réponse"],
    in_need: ["apprenant demande de l’attention", "apprenants demandent de l’attention"],
    to_fill_in: ["jour ouvrable encore vide", "jours ouvrables encore vides"],
    open: "Ouvrir Dubbelspoor :",
    why: "Vous recevez ce message parce que vous l’avez choisi. Autres jours, autre heure ou arrêter : dans Dubbelspoor sous Plus, Rappels.",
};
