//! The words that many screens share, as functions over the domain's types: a value without words does not compile.

use dubbelspoor_domain::dossier::{
    AgreementKind, CompetenceType, Finding, Level, Pace, Place, Refusal, Role, StartNoteKind,
    TrackResult, Translated,
};
use dubbelspoor_domain::floor::Question;
use dubbelspoor_domain::progress::EntryState;

use super::{Language, own};
use crate::session::{Fault, NotKept};

words! {
    question_unknown { nl "Wat de cursist ervan vond" en "What the learner thought of it" fr "Ce que l’apprenant en a pensé" }
    question_well { nl "Wat ging goed?" en "What went well?" fr "Qu’est-ce qui s’est bien passé ?" }
    question_better { nl "Wat wil je de volgende keer beter doen?" en "What do you want to do better next time?" fr "Que voulez-vous mieux faire la prochaine fois ?" }
    question_learnt { nl "Wat heb je vandaag geleerd?" en "What did you learn today?" fr "Qu’avez-vous appris aujourd’hui ?" }
    question_planned { nl "Liep het zoals je gepland had?" en "Did it go as you planned?" fr "Cela s’est-il passé comme prévu ?" }
    question_up { nl "Waar werk je naartoe?" en "What are you working towards?" fr "Vers quoi travaillez-vous ?" }
    question_take_up { nl "Wat deed je met de feedback die je kreeg?" en "What did you do with the feedback that you got?" fr "Qu’avez-vous fait des retours reçus ?" }
    question_adjusted { nl "Wat heb je onderweg anders gedaan, en waarom?" en "What did you do otherwise on the way, and why?" fr "Qu’avez-vous fait autrement en cours de route, et pourquoi ?" }
    level_demonstrated { nl "Zag het voor" en "Was shown" fr "A vu faire" }
    level_with_help { nl "Met hulp" en "With help" fr "Avec aide" }
    level_supervised { nl "Onder toezicht" en "Supervised" fr "Sous surveillance" }
    level_independent { nl "Zelfstandig" en "On one’s own" fr "En autonomie" }
    finding_not_yet { nl "Nog niet" en "Not yet" fr "Pas encore" }
    finding_not_here { nl "Kan hier niet" en "Not possible here" fr "Pas possible ici" }
    kind_screening { nl "Screening" en "Screening" fr "Sélection" }
    kind_support { nl "Nood aan ondersteuning" en "Need of support" fr "Besoin de soutien" }
    kind_matching { nl "Matching" en "Matching" fr "Correspondance" }
    kind_intake { nl "Intakegesprek" en "Intake talk" fr "Entretien d’accueil" }
    place_workplace { nl "Werkplek" en "Workplace" fr "Lieu de travail" }
    place_school { nl "School" en "School" fr "École" }
    place_training_centre { nl "Opleidingscentrum" en "Training centre" fr "Centre de formation" }
    pace_full_time { nl "Voltijds" en "Full time" fr "Temps plein" }
    pace_part_time { nl "Deeltijds" en "Part time" fr "Temps partiel" }
    pace_evening { nl "’s Avonds" en "In the evening" fr "En soirée" }
    pace_intensive { nl "Intensief in één jaar" en "Intensive, in one year" fr "Intensif, en un an" }
    pace_two_years { nl "Over twee jaar" en "Over two years" fr "Sur deux ans" }
    certificate { nl "Certificaat" en "Certificate" fr "Certificat" }
    partial { nl "Deelstudiebekrachtiging" en "Partial result" fr "Validation partielle" }
    no_result { nl "Nog geen resultaat" en "No result yet" fr "Pas encore de résultat" }
    mark_1 { nl "Slecht" en "Bad" fr "Mal" }
    mark_2 { nl "Niet zo goed" en "Not so good" fr "Pas très bien" }
    mark_3 { nl "Gaat" en "All right" fr "Ça va" }
    mark_4 { nl "Goed" en "Good" fr "Bien" }
    mark_5 { nl "Heel goed" en "Very good" fr "Très bien" }
    role_learner { nl "Cursist" en "Learner" fr "Apprenant" }
    role_mentor { nl "Mentor" en "Mentor" fr "Mentor" }
    role_coach { nl "Trajectbegeleider" en "Coach" fr "Accompagnateur" }
    role_teacher { nl "Leraar" en "Teacher" fr "Enseignant" }
    role_administrator { nl "Beheerder" en "Administrator" fr "Gestionnaire" }
    role_reader { nl "Lezer" en "Reader" fr "Lecteur" }
    role_member { nl "Lid van het centrum" en "Member of the centre" fr "Membre du centre" }
    decimal_point { nl "," en "." fr "," }
    within_hour { nl "de helft binnen het uur" en "half of them within the hour" fr "la moitié dans l’heure" }
    within_hours(hours) { nl "de helft binnen {hours} uur" en "half of them within {hours} hours" fr "la moitié en {hours} heures" }
    within_days(days) { nl "de helft binnen {days} [dag|dagen]" en "half of them within {days} [day|days]" fr "la moitié en {days} [jour|jours]" }
    no_answers { nl "nog geen antwoorden" en "no answers yet" fr "pas encore de réponse" }
    state_draft { nl "Concept" en "Draft" fr "Brouillon" }
    state_private { nl "Alleen voor jou" en "Only for you" fr "Rien que pour vous" }
    state_shared { nl "Gedeeld" en "Shared" fr "Partagé" }
    state_waiting { nl "Wacht op bevestiging" en "Waits for confirmation" fr "Attend une confirmation" }
    state_answered { nl "Bevestigd" en "Confirmed" fr "Confirmé" }
    knowledge { nl "Kennis" en "Knowledge" fr "Savoir" }
    skill { nl "Vaardigheid" en "Skill" fr "Savoir-faire" }
    attitude { nl "Attitude" en "Attitude" fr "Attitude" }
    state_not_reached { nl "Beantwoord: nog niet bereikt" en "Answered: not reached yet" fr "Répondu : pas encore atteint" }
    state_earlier { nl "Bevestigd voor een eerdere versie" en "Confirmed for an earlier version" fr "Confirmé pour une version antérieure" }
    state_two { nl "Twee versies: kies er één" en "Two versions: choose one" fr "Deux versions : choisissez" }
    state_withdrawn { nl "Ingetrokken" en "Withdrawn" fr "Retiré" }
    not_linked { nl "Je bent niet gekoppeld aan dit dossier." en "You are not linked to this dossier." fr "Vous n’êtes pas lié à ce dossier." }
    not_your_role { nl "Dit hoort niet bij jouw rol in dit dossier." en "This is not part of your role in this dossier." fr "Cela ne fait pas partie de votre rôle dans ce dossier." }
    only_school { nl "Alleen het centrum kan dit doen." en "Only the centre can do this." fr "Seul le centre peut faire cela." }
    own_work { nl "Niemand bevestigt zijn eigen werk. Vraag het aan je mentor." en "Nobody confirms their own work. Ask your mentor." fr "Personne ne confirme son propre travail. Demandez à votre mentor." }
    not_yours { nl "Dit is door iemand anders geschreven." en "Somebody else wrote this." fr "Quelqu’un d’autre a écrit ceci." }
    out_of_range { nl "Een getal of tekst past niet: 5 minuten tot 12 uur, en niet meer dan 4000 tekens." en "A number or text does not fit: 5 minutes to 12 hours, and no more than 4000 characters." fr "Un nombre ou un texte ne convient pas : de 5 minutes à 12 heures, et 4000 caractères au plus." }
    unknown_goal { nl "Een van de doelen staat niet in het opleidingsplan." en "One of the goals is not in the training plan." fr "Un des objectifs n’est pas dans le plan de formation." }
    mismatch { nl "Dit past niet bij wat er staat. Open het opnieuw." en "This does not fit what is there. Open it again." fr "Cela ne correspond pas à ce qui existe. Rouvrez-le." }
    already_confirmed { nl "Dit is al bevestigd. Je kunt het wijzigen, niet intrekken." en "This has been confirmed. You can change it, not withdraw it." fr "C’est déjà confirmé. Vous pouvez le modifier, pas le retirer." }
    not_recognised { nl "De leerwerkplek is in die periode niet erkend voor deze opleiding. Vul eerst de erkenning in." en "The workplace is not recognised for this course in that period. Fill in the recognition first." fr "Le lieu de travail n’est pas reconnu pour cette formation durant cette période. Remplissez d’abord la reconnaissance." }
    already_done { nl "Dit was al gedaan." en "This was done already." fr "C’était déjà fait." }
    full { nl "Niet bewaard: dit toestel heeft geen plaats meer. Wat je schreef staat nog hier. Maak plaats vrij en probeer opnieuw." en "Not saved: this device has no room left. What you wrote is still here. Free some room and try again." fr "Pas enregistré : cet appareil n’a plus de place. Votre texte est encore ici. Libérez de la place et réessayez." }
    no_key { nl "Niet bewaard: deze browser laat de sleutel niet gebruiken. Open de app in een gewoon venster." en "Not saved: this browser does not let the key be used. Open the app in a normal window." fr "Pas enregistré : ce navigateur ne permet pas d’utiliser la clé. Ouvrez l’application dans une fenêtre normale." }
    device_failed { nl "Niet bewaard: dit toestel kon het niet opslaan. Wat je schreef staat nog hier. Probeer opnieuw." en "Not saved: this device could not store it. What you wrote is still here. Try again." fr "Pas enregistré : cet appareil n’a pas pu l’enregistrer. Votre texte est encore ici. Réessayez." }
    no_connection { nl "Hiervoor is verbinding met de school nodig. Probeer het straks opnieuw." en "This needs a connection with the school. Try again later." fr "Il faut une connexion avec l’école. Réessayez plus tard." }
}

pub(crate) fn level(it: Level) -> &'static str {
    let of_the_app = match it {
        Level::Demonstrated => level_demonstrated(),
        Level::WithHelp => level_with_help(),
        Level::Supervised => level_supervised(),
        Level::Independent => level_independent(),
    };
    own::level(it, of_the_app)
}

pub(crate) fn finding(it: Finding) -> &'static str {
    match it {
        Finding::Reached(reached) => level(reached),
        Finding::NotYet => finding_not_yet(),
        Finding::NotPossibleHere => finding_not_here(),
    }
}

pub(crate) fn question(it: Question) -> &'static str {
    match it {
        Question::FeedUp => question_up(),
        Question::FeedBack => question_well(),
        Question::FeedForward => question_better(),
        Question::TakeUp => question_take_up(),
        Question::Planned => question_planned(),
        Question::Did => question_learnt(),
        Question::Adjusted => question_adjusted(),
    }
}

pub(crate) fn place(it: Place) -> &'static str {
    let otherwise = match it {
        Place::Workplace => place_workplace(),
        Place::School => place_school(),
        Place::TrainingCentre => place_training_centre(),
    };
    own::place(it, otherwise)
}

pub(crate) fn pace(it: Pace) -> &'static str {
    match it {
        Pace::FullTime => pace_full_time(),
        Pace::PartTime => pace_part_time(),
        Pace::Evening => pace_evening(),
        Pace::Intensive => pace_intensive(),
        Pace::TwoYears => pace_two_years(),
    }
}

/// The short name of a kind: that of the decree, the same in every language, unless the centre has its own.
pub(crate) fn agreement_kind(it: AgreementKind) -> &'static str {
    let otherwise = match it {
        AgreementKind::Odo => "ODO",
        AgreementKind::Odos => "ODOS",
        AgreementKind::Odow => "ODOW",
        AgreementKind::Da => "DA",
    };
    own::agreement(it, otherwise)
}

/// What a note at the start is of.
pub(crate) fn start_note(it: StartNoteKind) -> &'static str {
    match it {
        StartNoteKind::Screening => kind_screening(),
        StartNoteKind::Support => kind_support(),
        StartNoteKind::Matching => kind_matching(),
        StartNoteKind::Intake => kind_intake(),
    }
}

/// What a leertraject ends in.
pub(crate) fn track_result(it: TrackResult) -> &'static str {
    match it {
        TrackResult::Certificate => certificate(),
        TrackResult::Partial => partial(),
        TrackResult::NotYet => no_result(),
    }
}

/// Hundredths of something as a number, without needless zeros: `22`, `22,5`, `22,33`.
pub(crate) fn hundredths(it: u32) -> String {
    if it.is_multiple_of(10) {
        return tenths(it / 10);
    }
    format!("{}{}{:02}", it / 100, decimal_point(), it % 100)
}

/// Tenths of something as a number: `10`, `3,4`.
pub(crate) fn tenths(it: u32) -> String {
    match it % 10 {
        0 => (it / 10).to_string(),
        rest => format!("{}{}{rest}", it / 10, decimal_point()),
    }
}

/// How soon half of the answers came, from a median in minutes: in whole hours, beyond two days in whole days, rounded up.
pub(crate) fn speed(median: Option<u32>) -> String {
    match median {
        None => no_answers().to_owned(),
        Some(..=60) => within_hour().to_owned(),
        Some(it @ ..=2_880) => within_hours(it.div_ceil(60)),
        Some(it) => within_days(it.div_ceil(1_440)),
    }
}

/// How somebody feels, from 1 to 5.
pub(crate) fn mark(it: u16) -> &'static str {
    match it {
        ..=1 => mark_1(),
        2 => mark_2(),
        3 => mark_3(),
        4 => mark_4(),
        5.. => mark_5(),
    }
}

pub(crate) fn role(it: Role) -> &'static str {
    let of_the_app = match it {
        Role::Learner => role_learner(),
        Role::Mentor => role_mentor(),
        Role::Coach => role_coach(),
        Role::Teacher => role_teacher(),
        Role::Administrator => role_administrator(),
        Role::Reader => role_reader(),
        Role::Member => role_member(),
    };
    own::role(it, of_the_app)
}

/// Of which sort a competence is (B1).
pub(crate) fn competence_type(it: CompetenceType) -> &'static str {
    match it {
        CompetenceType::Knowledge => knowledge(),
        CompetenceType::Skill => skill(),
        CompetenceType::Attitude => attitude(),
    }
}

pub(crate) fn entry_state(it: EntryState) -> &'static str {
    match it {
        EntryState::Draft => state_draft(),
        EntryState::Private => state_private(),
        EntryState::Shared => state_shared(),
        EntryState::Waiting => state_waiting(),
        EntryState::Answered => state_answered(),
        EntryState::NotReached => state_not_reached(),
        EntryState::ConfirmedEarlier => state_earlier(),
        EntryState::TwoVersions => state_two(),
        EntryState::Withdrawn => state_withdrawn(),
    }
}

pub(crate) fn refusal(it: Refusal) -> &'static str {
    match it {
        Refusal::NotLinked => not_linked(),
        Refusal::NotYourRole => not_your_role(),
        Refusal::OnlySchool => only_school(),
        Refusal::OwnWork => own_work(),
        Refusal::NotYours => not_yours(),
        Refusal::OutOfRange => out_of_range(),
        Refusal::UnknownGoal => unknown_goal(),
        Refusal::Mismatch => mismatch(),
        Refusal::AlreadyConfirmed => already_confirmed(),
        Refusal::AlreadyDone => already_done(),
        Refusal::NotRecognised => not_recognised(),
    }
}

pub(crate) fn fault(it: &Fault) -> &'static str {
    match it {
        Fault::FreeSpace(_) => full(),
        Fault::NoKeyHere(_) | Fault::NoStorage(_) => no_key(),
        Fault::Offline(_) => no_connection(),
        Fault::Retry(_)
        | Fault::Reopen(_)
        | Fault::CloseTabs(_)
        | Fault::Update(_)
        | Fault::Unsupported(_) => device_failed(),
    }
}

/// Why something was not kept: what happened, what is safe, what to do.
pub(crate) fn not_kept(it: &NotKept) -> &'static str {
    match it {
        NotKept::Refused(it) => refusal(*it),
        NotKept::Device(it) => fault(it),
    }
}

/// A text of the curriculum in the language of the moment; Dutch where it was not translated.
pub(crate) fn translated(it: &Translated) -> String {
    let text = match Language::spoken() {
        Language::Nl => &it.nl,
        Language::En => &it.en,
        Language::Fr => &it.fr,
    };
    if text.is_empty() { it.nl.clone() } else { text.clone() }
}
