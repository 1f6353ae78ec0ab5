//! What the thresholds of a centre are about (G1, G9): where they are set, and in the log of who set them.

words! {
    silence { nl "Werkdagen zonder activiteit" en "Working days without an activity" fr "Jours ouvrables sans activité" }
    unconfirmed { nl "Dagen dat een vraag om bevestiging wacht" en "Days that a request for confirmation waits" fr "Jours d’attente d’une confirmation" }
    concern { nl "Dagen dat een melding open blijft" en "Days that a reported problem stays open" fr "Jours qu’un signalement reste ouvert" }
    behind { nl "Procent van de afgesproken uren" en "Percent of the agreed hours" fr "Pourcentage des heures convenues" }
    ends { nl "Dagen voor een overeenkomst eindigt" en "Days before an agreement ends" fr "Jours avant la fin d’un contrat" }
    training_days { nl "Opleidingsdagen die overblijven zonder overeenkomst" en "Training days left without an agreement" fr "Jours de formation restants sans contrat" }
    fall { nl "Stappen dat het welbevinden daalt" en "Steps that well-being falls" fr "Niveaux de baisse du bien-être" }
    joined { nl "Dagen dat iemand nog niet meedoet" en "Days that somebody has not joined" fr "Jours sans que quelqu’un ait rejoint" }
    share { nl "Weken met te weinig leren op de werkplek" en "Weeks with too little learning at the workplace" fr "Semaines avec trop peu d’apprentissage sur le lieu de travail" }
    goals_late { nl "Dagen dat een doel te laat mag zijn" en "Days that a goal may be late" fr "Jours de retard permis pour un objectif" }
    visit_norm { nl "Werkplekbezoeken per schooljaar (0 = geen norm)" en "Workplace visits per school year (0 = no norm)" fr "Visites du lieu de travail par année scolaire (0 = pas de norme)" }
    plan { nl "Dagen zonder akkoord over het plan" en "Days without agreement on the plan" fr "Jours sans accord sur le plan" }
    review { nl "Dagen sinds het laatste gesprek van drie" en "Days since the last talk of three" fr "Jours depuis le dernier entretien à trois" }
    late { nl "Dagen dat een bezoek of gesprek te laat mag zijn" en "Days that a visit or talk may be late" fr "Jours de retard permis pour une visite ou un entretien" }
    visit { nl "Dagen zonder contact met de werkplek" en "Days without contact with the workplace" fr "Jours sans contact avec le lieu de travail" }
    mentor { nl "Dagen waarin een mentor die gevraagd is niets doet" en "Days in which a mentor who was asked does nothing" fr "Jours pendant lesquels un mentor sollicité ne fait rien" }
    level_days { nl "Dagen waarop een niveau bevestigd is" en "Days on which a level is confirmed" fr "Jours où un niveau est confirmé" }
    other_threshold { nl "Nog een drempel" en "Another threshold" fr "Un autre seuil" }
}

/// A threshold by its number.
pub(crate) fn threshold(number: u16) -> &'static str {
    match number {
        1 => silence(),
        2 => unconfirmed(),
        3 => concern(),
        4 => behind(),
        5 => ends(),
        6 => training_days(),
        7 => fall(),
        8 => plan(),
        9 => review(),
        10 => late(),
        11 => visit(),
        12 => mentor(),
        13 => visit_norm(),
        14 => joined(),
        15 => share(),
        16 => goals_late(),
        17 => level_days(),
        _ => other_threshold(),
    }
}
