//! Why a dossier needs attention, and why the school did not take something at once: in plain words.

use super::vocabulary;
use crate::session::NoAnswer;
use dubbelspoor_domain::dossier::{Body, Standing};
use dubbelspoor_domain::signals::{Signal, SignalKind};
use dubbelspoor_domain::wire::Code;

words! {

    withdrawn { nl "Teruggetrokken" en "Withdrawn" fr "Retiré" }

    given { nl "Telt mee" en "Counts" fr "Compte" }
    waits_for_coach {
        nl "Wacht op de trajectbegeleider" en "Waits for the coach" fr "Attend l’accompagnateur"
    }
    dismissed { nl "Telt niet mee" en "Does not count" fr "Ne compte pas" }

    silent_days(days) {
        nl "Al {days} [werkdag|werkdagen] geen activiteit"
        en "No activity for {days} working [day|days]"
        fr "Aucune activité depuis {days} [jour ouvrable|jours ouvrables]"
    }
    requests_wait(count, days) {
        nl "{count} [bevestiging wacht|bevestigingen wachten] al {days}"
        en "{count} [confirmation has|confirmations have] waited for {days}"
        fr "{count} [confirmation attend|confirmations attendent] depuis {days}"
    }
    decide_today(count) {
        nl "Jij beslist over {count}, sinds vandaag"
        en "You decide about {count}, since today"
        fr "À vous de décider pour {count}, depuis aujourd’hui"
    }
    decide(count, days) {
        nl "Jij beslist over {count}, al {days}"
        en "You decide about {count}, for {days}"
        fr "À vous de décider pour {count}, depuis {days}"
    }
    concern_today { nl "Een probleem gemeld, vandaag" en "A problem reported, today" fr "Un problème signalé, aujourd’hui" }
    concern(days) { nl "Een gemeld probleem is al {days} open" en "A reported problem has been open for {days}" fr "Un problème signalé est ouvert depuis {days}" }
    feels_worse { nl "Voelt zich minder goed" en "Feels less well" fr "Se sent moins bien" }
    hours_behind { nl "Minder uren op de werkplek dan afgesproken, al 4 weken" en "Fewer hours at the workplace than agreed, for 4 weeks" fr "Moins d’heures que convenu sur le lieu de travail, depuis 4 semaines" }
    share_low { nl "Te weinig leren op de werkplek voor deze opleiding" en "Too little learning at the workplace for this course" fr "Trop peu d’apprentissage sur le lieu de travail pour cette formation" }
    agreement_ends(days) { nl "De overeenkomst eindigt over {days}" en "The agreement ends in {days}" fr "Le contrat se termine dans {days}" }
    agreement_ends_today { nl "De overeenkomst eindigt vandaag" en "The agreement ends today" fr "Le contrat se termine aujourd’hui" }
    no_agreement(days) { nl "Geen getekende overeenkomst, en nog {days} les over" en "No signed agreement, and {days} of lessons left" fr "Pas de contrat signé, et il reste {days} de cours" }
    no_days_left { nl "Geen overeenkomst, en de opleidingsdagen zijn op" en "No agreement, and the training days are used up" fr "Pas de contrat, et les jours de formation sont épuisés" }
    plan_open(days) { nl "Het opleidingsplan is al {days} niet door alle drie goedgekeurd" en "The training plan has not been agreed by all three for {days}" fr "Le plan de formation n’est pas approuvé par les trois depuis {days}" }
    goals_late(count) { nl "{count} [doel kwam niet aan bod in zijn|doelen kwamen niet aan bod in hun] weken" en "{count} [goal did not come up in its|goals did not come up in their] weeks" fr "{count} [objectif n’a pas été abordé dans ses|objectifs n’ont pas été abordés dans leurs] semaines" }
    review_overdue(days) { nl "Al {days} geen gesprek van drie" en "No talk of three for {days}" fr "Pas d’entretien à trois depuis {days}" }
    visit_overdue(days) { nl "Een werkplekbezoek is {days} later dan gepland" en "A workplace visit is {days} later than planned" fr "Une visite a {days} de retard" }
    visit_missing(days) { nl "Al {days} geen contact met de werkplek, en niets gepland" en "No contact with the workplace for {days}, and none planned" fr "Pas de contact avec le lieu de travail depuis {days}, et rien de prévu" }
    mentor_silent(days) { nl "De mentor deed nog niets, al {days}" en "The mentor has done nothing yet, for {days}" fr "Le mentor n’a encore rien fait, depuis {days}" }
    not_received(count) { nl "{count} [veiligheidspunt is|veiligheidspunten zijn] nog niet samen doorgenomen" en "{count} safety [point has|points have] not been gone through together" fr "{count} [point de sécurité n’est pas encore parcouru|points de sécurité ne sont pas encore parcourus] ensemble" }
    no_reception(days) { nl "Nog geen lijst voor het onthaal: veiligheid en afspraken. Het werk loopt al {days}" en "No list for the reception yet: safety and house rules. Work has gone on for {days}" fr "Pas encore de liste pour l’accueil : sécurité et règles. Le travail dure depuis {days}" }
    not_joined(days) { nl "Iemand doet nog niet mee: de uitnodiging is al {days} niet gebruikt" en "Somebody has not joined: the invitation has not been used for {days}" fr "Quelqu’un n’a pas encore rejoint : l’invitation n’est pas utilisée depuis {days}" }
    may_stop { nl "Dreigt af te haken: meer dan één signaal tegelijk" en "May drop out: several signals at once" fr "Risque d’abandon : plusieurs signaux à la fois" }
    proposal_waits(days) { nl "Een voorstel voor het plan wacht al {days}" en "A proposal for the plan has waited for {days}" fr "Une proposition pour le plan attend depuis {days}" }
    proposal_today { nl "Een voorstel voor het plan, vandaag" en "A proposal for the plan, today" fr "Une proposition pour le plan, aujourd’hui" }
    attestation_ends(days) { nl "Een attest is nog {days} geldig" en "An attestation is valid for {days} more" fr "Une attestation est encore valable {days}" }
    attestation_over { nl "Een attest is vandaag voor het laatst geldig, of niet meer" en "An attestation is valid for the last time today, or no longer" fr "Une attestation expire aujourd’hui, ou a expiré" }
    confirmations(count) { nl "{count} [bevestiging|bevestigingen]" en "{count} [confirmation|confirmations]" fr "{count} [confirmation|confirmations]" }
    days(count) { nl "{count} [dag|dagen]" en "{count} [day|days]" fr "{count} [jour|jours]" }
}

words! {
    body_person { nl "Naam" en "Name" fr "Nom" }
    body_link { nl "Iemand neemt deel" en "Somebody takes part" fr "Quelqu’un participe" }
    body_link_ended { nl "Iemand neemt niet meer deel" en "Somebody no longer takes part" fr "Quelqu’un ne participe plus" }
    body_key { nl "Toestel" en "Device" fr "Appareil" }
    body_track { nl "Leertraject" en "Learning track" fr "Parcours" }
    body_goal { nl "Doel van het opleidingsplan" en "Goal of the training plan" fr "Objectif du plan de formation" }
    body_entry { nl "Activiteit" en "Activity" fr "Activité" }
    body_request { nl "Vraag om bevestiging" en "Request for confirmation" fr "Demande de confirmation" }
    body_confirmation { nl "Bevestiging" en "Confirmation" fr "Confirmation" }
    body_withdrawn { nl "Bevestiging teruggetrokken" en "Confirmation withdrawn" fr "Confirmation retirée" }
    body_feedback { nl "Feedback" en "Feedback" fr "Retour" }
    body_release { nl "Beslissing" en "Decision" fr "Décision" }
    body_well_being { nl "Welbevinden" en "Well-being" fr "Bien-être" }
    body_question { nl "Leervraag" en "Learning question" fr "Question d’apprentissage" }
    body_concern { nl "Melding" en "Reported problem" fr "Signalement" }
    body_intention { nl "Voornemen" en "Intention" fr "Intention" }
    body_answer { nl "Antwoord" en "Answer" fr "Réponse" }
    body_closed { nl "Afgesloten" en "Closed" fr "Clôturé" }
    body_agreement { nl "Overeenkomst" en "Agreement" fr "Contrat" }
    body_calendar { nl "Schoolkalender" en "School calendar" fr "Calendrier scolaire" }
    body_absence { nl "Afwezigheid" en "Absence" fr "Absence" }
    body_absence_proof { nl "Bewijs van een afwezigheid" en "Proof of an absence" fr "Preuve d’une absence" }
    body_absence_ruled { nl "Beslissing over een afwezigheid" en "Decision about an absence" fr "Décision sur une absence" }
    body_hours { nl "Uren bevestigd" en "Hours confirmed" fr "Heures confirmées" }
    body_workplace { nl "Leerwerkplek" en "Workplace" fr "Lieu de travail" }
    body_contact { nl "Aanspreekpunt" en "Contact point" fr "Point de contact" }
    body_conditions { nl "Voorwaarden van een mentor" en "A mentor’s conditions" fr "Conditions d’un mentor" }
    body_granted { nl "Opleidingsdagen toegekend" en "Training days granted" fr "Jours de formation accordés" }
    body_questionnaires { nl "Vragenlijsten" en "Questionnaires" fr "Questionnaires" }
    body_start_note { nl "Screening of intake" en "Screening or intake" fr "Sélection ou accueil" }
    body_status { nl "Statuut" en "Status" fr "Statut" }
    body_proposal { nl "Voorstel voor het plan" en "Proposal for the plan" fr "Proposition pour le plan" }
    body_plan_answered { nl "Antwoord op een voorstel" en "Answer to a proposal" fr "Réponse à une proposition" }
    body_consent { nl "Akkoord met het plan" en "Consent to the plan" fr "Accord sur le plan" }
    body_prior { nl "Eerder geleerd" en "Prior learning" fr "Acquis antérieurs" }
    body_attestation { nl "Attest" en "Attestation" fr "Attestation" }
    body_reception_point { nl "Punt van het onthaal" en "Point of the reception" fr "Point de l’accueil" }
    body_reception_ticked { nl "Onthaal doorgenomen" en "Reception gone through" fr "Accueil parcouru" }
    body_observation { nl "Observatiefiche" en "Observation sheet" fr "Fiche d’observation" }
    body_tasks { nl "Taakomschrijving" en "Task description" fr "Description des tâches" }
    body_review { nl "Gesprek" en "Talk" fr "Entretien" }
    body_review_agreed { nl "Akkoord met een gesprek" en "Consent to a talk" fr "Accord sur un entretien" }
    body_evaluation { nl "Evaluatie" en "Evaluation" fr "Évaluation" }
    body_attitudes { nl "Houding" en "Attitude" fr "Attitude" }
    body_deliberation { nl "Deliberatie" en "Deliberation" fr "Délibération" }
    body_visit { nl "Werkplekbezoek" en "Workplace visit" fr "Visite du lieu de travail" }
    body_note { nl "Notitie" en "Note" fr "Note" }
    body_mediation { nl "Bemiddeling" en "Mediation" fr "Médiation" }
    body_early_end { nl "Stopzetting" en "Early end" fr "Arrêt anticipé" }
    body_pause { nl "Onderbreking" en "Pause" fr "Interruption" }
    body_goal_dropped { nl "Doel uit het plan" en "Goal out of the plan" fr "Objectif retiré du plan" }
    body_later_job { nl "Latere job" en "Later job" fr "Emploi ultérieur" }
    body_restart { nl "Herstart" en "Re-start" fr "Reprise" }
    body_snoozed { nl "Signaal uitgesteld" en "Signal put off" fr "Signal reporté" }
    body_collected { nl "Verzameld voor de les" en "Collected for class" fr "Rassemblé pour le cours" }
    body_centre { nl "Het centrum" en "The centre" fr "Le centre" }
    body_thresholds { nl "Drempels van het centrum" en "Thresholds of the centre" fr "Seuils du centre" }
    body_hours_table { nl "Urentabel van het centrum" en "Table of hours of the centre" fr "Tableau des heures du centre" }
    body_course { nl "Opleiding" en "Course" fr "Formation" }
    body_levels { nl "Namen van de niveaus" en "Names of the levels" fr "Noms des niveaux" }
    body_sheet { nl "Infofiche" en "Information sheet" fr "Fiche d’information" }
    body_policy { nl "Evaluatiebeleid" en "Evaluation policy" fr "Politique d’évaluation" }
    body_words { nl "Woorden van het centrum" en "Words of the centre" fr "Mots du centre" }
    body_survey { nl "Bevraging" en "Survey" fr "Enquête" }
    body_site { nl "Een vestiging" en "A site" fr "Un site" }
    body_unknown { nl "Iets uit een nieuwere app" en "Something of a newer app" fr "Un élément d’une application plus récente" }

    code_shape { nl "Het kwam niet volledig of niet leesbaar aan." en "It did not arrive whole or readable." fr "L’élément est arrivé incomplet ou illisible." }
    code_too_large { nl "Het is te lang om te versturen." en "It is too long to send." fr "C’est trop long à envoyer." }
    code_newer { nl "Het komt van een nieuwere app dan de school kent." en "It comes from a newer app than the school knows." fr "Cela vient d’une application plus récente que celle de l’école." }
    code_body { nl "De inhoud is niet wat ondertekend werd." en "The content is not what was signed." fr "Le contenu n’est pas celui qui a été signé." }
    code_signature { nl "De handtekening klopt niet." en "The signature is not right." fr "La signature n’est pas correcte." }
    code_wrong_dossier { nl "Het hoort bij een ander dossier." en "It belongs to another dossier." fr "Cela appartient à un autre dossier." }
    code_unknown_key { nl "De school kent dit toestel niet." en "The school does not know this device." fr "L’école ne connaît pas cet appareil." }
    code_not_authors_key { nl "Het toestel hoort bij iemand anders." en "The device belongs to somebody else." fr "L’appareil appartient à quelqu’un d’autre." }
    code_revoked { nl "Het toestel was al afgemeld." en "The device had been removed." fr "L’appareil avait été retiré." }
    code_fork { nl "De app is gekopieerd naar een ander toestel." en "The app was copied to another device." fr "L’application a été copiée sur un autre appareil." }
    code_clock { nl "De klok van het toestel stond ver fout." en "The clock of the device was far off." fr "L’horloge de l’appareil était très décalée." }
    code_link_ended { nl "Het kwam aan toen de schrijver niet meer bij dit dossier hoorde." en "It arrived when its writer no longer took part in this dossier." fr "C’est arrivé quand l’auteur ne participait plus à ce dossier." }
    code_not_linked { nl "De schrijver hoort niet bij dit dossier: nog niet, of niet meer." en "Its writer does not take part in this dossier: not yet, or no longer." fr "L’auteur ne participe pas à ce dossier : pas encore, ou plus." }
    code_role { nl "Dit doet iemand met een andere rol." en "Somebody with another role does this." fr "C’est à quelqu’un ayant un autre rôle de le faire." }
    code_only_school { nl "Alleen de school zelf doet dit." en "Only the school itself does this." fr "Seule l’école le fait." }
    code_own_work { nl "Niemand bevestigt het eigen werk." en "Nobody confirms their own work." fr "Personne ne confirme son propre travail." }
    code_not_yours { nl "Iemand anders heeft dit gemaakt." en "Somebody else made this." fr "Quelqu’un d’autre l’a créé." }
    code_range { nl "Een getal, datum of tekst past niet in het veld." en "A number, date or text does not fit its field." fr "Un nombre, une date ou un texte ne convient pas au champ." }
    code_unknown_goal { nl "Het doel staat niet in het opleidingsplan." en "The goal is not in the training plan." fr "L’objectif n’est pas dans le plan de formation." }
    code_mismatch { nl "Het verwijst naar iets anders dan het zegt." en "It points at something else than it says." fr "Cela renvoie à autre chose que ce qui est indiqué." }
    code_confirmed { nl "Wat bevestigd is, kun je aanpassen maar niet wegnemen." en "What was confirmed can be changed, not taken away." fr "Ce qui est confirmé peut être modifié, pas retiré." }
    code_done { nl "Dit was al gedaan." en "This had been done already." fr "C’était déjà fait." }
    code_other(number) { nl "Reden {number}. Werk de app bij om ze te lezen." en "Reason {number}. Update the app to read it." fr "Raison {number}. Mettez l’application à jour pour la lire." }


    away_offline {
        nl "Geen verbinding met de school. Wat je bewaarde, is veilig op dit toestel. Probeer het opnieuw als je bereik hebt."
        en "No connection with the school. What you saved is safe on this device. Try again when you have reception."
        fr "Pas de connexion avec l’école. Ce que vous avez enregistré est en sécurité sur cet appareil. Réessayez quand vous aurez du réseau."
    }
    away_no { nl "De school heeft dit niet, of je mag het niet vragen." en "The school does not have this, or you may not ask for it." fr "L’école ne l’a pas, ou vous ne pouvez pas le demander." }
    away_sign_in {
        nl "De school wil eerst weten of jij het bent. Wat je bewaarde, is veilig op dit toestel. Vraag een nieuwe uitnodiging."
        en "The school first wants to know that it is you. What you saved is safe on this device. Ask for a new invitation."
        fr "L’école veut d’abord savoir que c’est bien vous. Ce que vous avez enregistré est en sécurité sur cet appareil. Demandez une nouvelle invitation."
    }
}

pub(crate) fn standing(it: Standing) -> &'static str {
    match it {
        Standing::Given => given(),
        Standing::Waiting => waits_for_coach(),
        Standing::Withdrawn => withdrawn(),
        Standing::Dismissed => dismissed(),
    }
}

/// Why a cursist needs attention, as a sentence with its numbers.
pub(crate) fn signal(it: &Signal) -> String {
    let count = it.grounds.len();
    match it.kind {
        SignalKind::Silence => silent_days(it.days),
        SignalKind::Unconfirmed => requests_wait(count, days(it.days)),
        SignalKind::WaitsForCoach if it.days == 0 => decide_today(confirmations(count)),
        SignalKind::WaitsForCoach => decide(confirmations(count), days(it.days)),
        SignalKind::Concern if it.days == 0 => concern_today().to_owned(),
        SignalKind::Concern => concern(days(it.days)),
        SignalKind::WellBeing => feels_worse().to_owned(),
        SignalKind::HoursBehind => hours_behind().to_owned(),
        SignalKind::ShareLow => share_low().to_owned(),
        SignalKind::AgreementEnds if it.days == 0 => agreement_ends_today().to_owned(),
        SignalKind::AgreementEnds => agreement_ends(days(it.days)),
        SignalKind::PlanOpen => plan_open(days(it.days)),
        SignalKind::GoalsLate => goals_late(it.days),
        SignalKind::ReviewOverdue => review_overdue(days(it.days)),
        SignalKind::VisitOverdue if it.grounds.is_empty() => visit_missing(days(it.days)),
        SignalKind::VisitOverdue => visit_overdue(days(it.days)),
        SignalKind::MentorSilent => mentor_silent(days(it.days)),
        SignalKind::NotReceived => not_received(it.days),
        SignalKind::NoReception => no_reception(days(it.days)),
        SignalKind::NotJoined => not_joined(days(it.days)),
        SignalKind::MayStop => may_stop().to_owned(),
        SignalKind::ProposalWaits if it.days == 0 => proposal_today().to_owned(),
        SignalKind::ProposalWaits => proposal_waits(days(it.days)),
        SignalKind::AttestationEnds if it.days == 0 => attestation_over().to_owned(),
        SignalKind::AttestationEnds => attestation_ends(days(it.days)),
        SignalKind::NoAgreement if it.days == 0 => no_days_left().to_owned(),
        SignalKind::NoAgreement => no_agreement(days(it.days)),
    }
}

/// Which kind of record, for lists that mix them.
pub(crate) fn kind(it: &Body) -> &'static str {
    match it {
        Body::Person(_) => body_person(),
        Body::Link(_) => body_link(),
        Body::LinkEnded(_) => body_link_ended(),
        Body::KeyCertified(_) | Body::KeyRevoked(_) => body_key(),
        Body::Track(_) => body_track(),
        Body::Goal(_) => body_goal(),
        Body::Entry(_) => body_entry(),
        Body::ConfirmationRequest(_) => body_request(),
        Body::Confirmation(_) => body_confirmation(),
        Body::ConfirmationWithdrawn(_) => body_withdrawn(),
        Body::Feedback(_) => body_feedback(),
        Body::Release(_) => body_release(),
        Body::WellBeing(_) => body_well_being(),
        Body::LearningQuestion(_) => body_question(),
        Body::Concern(_) => body_concern(),
        Body::Intention(_) => body_intention(),
        Body::Answer(_) => body_answer(),
        Body::Closed(_) => body_closed(),
        Body::Agreement(_) => body_agreement(),
        Body::Calendar(_) => body_calendar(),
        Body::Absence(_) => body_absence(),
        Body::AbsenceProof(_) => body_absence_proof(),
        Body::AbsenceRuled(_) => body_absence_ruled(),
        Body::HoursConfirmation(_) => body_hours(),
        Body::Workplace(_) => body_workplace(),
        Body::ContactPoint(_) => body_contact(),
        Body::MentorConditions(_) => body_conditions(),
        Body::DaysGranted(_) => body_granted(),
        Body::Questionnaires(_) => body_questionnaires(),
        Body::StartNote(_) => body_start_note(),
        Body::StatusNoted(_) => body_status(),
        Body::PlanProposal(_) => body_proposal(),
        Body::PlanAnswered(_) => body_plan_answered(),
        Body::PlanConsent(_) => body_consent(),
        Body::PriorLearning(_) => body_prior(),
        Body::Attestation(_) => body_attestation(),
        Body::ReceptionPoint(_) => body_reception_point(),
        Body::ReceptionTicked(_) => body_reception_ticked(),
        Body::Observation(_) => body_observation(),
        Body::TaskDescription(_) => body_tasks(),
        Body::Review(_) => body_review(),
        Body::ReviewAgreed(_) => body_review_agreed(),
        Body::Evaluation(_) => body_evaluation(),
        Body::Attitudes(_) => body_attitudes(),
        Body::Deliberation(_) => body_deliberation(),
        Body::Visit(_) => body_visit(),
        Body::Note(_) => body_note(),
        Body::Mediation(_) => body_mediation(),
        Body::EarlyEnd(_) => body_early_end(),
        Body::Restart(_) => body_restart(),
        Body::Pause(_) => body_pause(),
        Body::LaterJob(_) => body_later_job(),
        Body::GoalDropped(_) => body_goal_dropped(),
        Body::Snoozed(_) => body_snoozed(),
        Body::Collected(_) => body_collected(),
        Body::Centre(_) | Body::OfCentre(_) => body_centre(),
        Body::ThresholdsSet(_) => body_thresholds(),
        Body::HoursTable(_) => body_hours_table(),
        Body::Course(_) => body_course(),
        Body::LevelNames(_) => body_levels(),
        Body::InfoSheet(_) => body_sheet(),
        Body::Policy(_) => body_policy(),
        Body::ProviderWords(_) => body_words(),
        Body::Survey(_) => body_survey(),
        Body::Site(_) => body_site(),
        Body::Unknown { .. } => body_unknown(),
    }
}

/// The words that a person typed into it.
pub(crate) fn text_of(it: &Body) -> Option<String> {
    let mut text = it.text().to_owned();
    if let Body::StartNote(it) = it {
        let asked = it.answers.iter().map(|it| format!("{} {}", it.question, it.answer));
        let followed = [Some(it.conclusion.clone()), it.for_matching.clone()];
        let all = asked.chain(followed.into_iter().flatten()).filter(|it| !it.is_empty());
        all.for_each(|line| text = format!("{text}\n{line}"));
    }
    (!text.is_empty()).then(|| text.trim().to_owned())
}

/// Why the school did not take something at once.
pub(crate) fn code(it: Code) -> String {
    let words = match it {
        Code::Shape => code_shape(),
        Code::TooLarge => code_too_large(),
        Code::NewerVersion => code_newer(),
        Code::Body => code_body(),
        Code::Signature => code_signature(),
        Code::WrongDossier => code_wrong_dossier(),
        Code::UnknownKey => code_unknown_key(),
        Code::NotAuthorsKey => code_not_authors_key(),
        Code::RevokedKey => code_revoked(),
        Code::Fork => code_fork(),
        Code::Clock => code_clock(),
        Code::LinkEnded => code_link_ended(),
        Code::NotLinked => code_not_linked(),
        Code::NotYourRole => code_role(),
        Code::OnlySchool => code_only_school(),
        Code::OwnWork => code_own_work(),
        Code::NotYours => code_not_yours(),
        Code::OutOfRange => code_range(),
        Code::UnknownGoal => code_unknown_goal(),
        Code::Mismatch => code_mismatch(),
        Code::AlreadyConfirmed => code_confirmed(),
        Code::AlreadyDone => code_done(),
        Code::NotRecognised => {
            return super::vocabulary::refusal(dubbelspoor_domain::dossier::Refusal::NotRecognised)
                .to_owned();
        }
        Code::Other(number) => return code_other(number),
    };
    words.to_owned()
}

/// Why the school did not answer.
pub(crate) fn no_answer(it: &NoAnswer) -> &'static str {
    match it {
        NoAnswer::Offline => away_offline(),
        NoAnswer::SignInAgain => away_sign_in(),
        NoAnswer::No => away_no(),
        NoAnswer::Device(why) => vocabulary::fault(why),
    }
}
