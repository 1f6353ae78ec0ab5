//! How a leertraject ends, and what comes after: words for those who guide and for the centre.

use dubbelspoor_domain::dossier::{EndReason, JobOutcome};

words! {
    work { nl "Ander of vast werk" en "Other or permanent work" fr "Autre emploi ou emploi fixe" }
    own_choice { nl "Eigen keuze" en "Own choice" fr "Choix personnel" }
    personal { nl "Gezondheid of thuis" en "Health or home" fr "Santé ou situation privée" }
    workplace { nl "De werkplek stopt of heeft geen werk" en "The workplace stops or has no work" fr "Le lieu de travail s’arrête ou n’a pas de travail" }
    cooperation { nl "Het lukte niet samen" en "It did not work out together" fr "La collaboration n’a pas réussi" }
    course { nl "De opleiding past niet" en "The course does not fit" fr "La formation ne convient pas" }
    other { nl "Iets anders" en "Something else" fr "Autre chose" }
    stays_on { nl "Werkt verder op de leerwerkplek" en "Works on at the workplace" fr "Continue à travailler sur le lieu de formation" }
    in_trade { nl "Werkt elders in dit beroep" en "Works elsewhere in this trade" fr "Travaille ailleurs dans ce métier" }
    other_work { nl "Heeft ander werk" en "Has other work" fr "A un autre travail" }
    learns_on { nl "Leert verder" en "Learns on" fr "Continue à apprendre" }
    seeks_work { nl "Zoekt werk" en "Looks for work" fr "Cherche du travail" }
    not_known { nl "Niet bekend" en "Not known" fr "Inconnu" }
}

/// Why a leertraject ended before its time.
pub(crate) fn end_reason(it: EndReason) -> &'static str {
    match it {
        EndReason::Work => work(),
        EndReason::OwnChoice => own_choice(),
        EndReason::Personal => personal(),
        EndReason::Workplace => workplace(),
        EndReason::Cooperation => cooperation(),
        EndReason::Course => course(),
        EndReason::Other => other(),
    }
}

/// What somebody does after it.
pub(crate) fn job(it: JobOutcome) -> &'static str {
    match it {
        JobOutcome::StaysOn => stays_on(),
        JobOutcome::InTrade => in_trade(),
        JobOutcome::OtherWork => other_work(),
        JobOutcome::LearnsOn => learns_on(),
        JobOutcome::SeeksWork => seeks_work(),
        JobOutcome::Other => other(),
        JobOutcome::Unknown => not_known(),
    }
}
