//! Who plays in the demo. Invented people at an invented centre.

pub(super) const CENTRE: &str = "CVO De Wissel";

/// How a cursist's weeks go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// Writes nearly every day; something of everything.
    Lively,
    /// Writes most days.
    Steady,
    /// Has stopped writing.
    Silent,
    /// Writes, and the mentor does not answer.
    Unanswered,
}

pub(super) struct Cursist {
    pub(super) name: &'static str,
    pub(super) way: Way,
    /// Which of the mentors of the course.
    pub(super) mentor: usize,
}

pub(super) struct Class {
    pub(super) course: &'static str,
    pub(super) workplaces: [&'static str; 2],
    pub(super) mentors: &'static [&'static str],
    pub(super) cursisten: [Cursist; 3],
}

const fn cursist(name: &'static str, way: Way, mentor: usize) -> Cursist {
    Cursist { name, way, mentor }
}

pub(super) const ADMINISTRATOR: &str = "Mieke Aerts";
pub(super) const COACHES: [&str; 2] = ["Katrien De Backer", "Tom Lambert"];

pub(super) const CLASSES: [Class; 3] = [
    Class {
        course: "transport-logistiek",
        workplaces: ["Magazijn Noorderlaan", "Distributie De Kaai"],
        mentors: &["Luc Claes", "Hilde Maes"],
        cursisten: [
            cursist("Amir Haddad", Way::Lively, 0),
            cursist("Sanne Peeters", Way::Steady, 0),
            cursist("Kevin De Smet", Way::Unanswered, 1),
        ],
    },
    Class {
        course: "elektromecanicien",
        workplaces: ["Werkhuis Van Loo", "Technofabriek Schelde"],
        mentors: &["Bart Jacobs", "Rachid Amrani"],
        cursisten: [
            cursist("Yusuf Demir", Way::Steady, 0),
            cursist("Lotte Vermeulen", Way::Lively, 1),
            cursist("Dries Wouters", Way::Silent, 0),
        ],
    },
    Class {
        course: "medisch-administratief",
        workplaces: ["Huisartsenpraktijk Parkzicht", "Polikliniek Sint-Anna"],
        mentors: &["Marleen Willems"],
        cursisten: [
            cursist("Nadia El Idrissi", Way::Steady, 0),
            cursist("Els Goossens", Way::Silent, 0),
            cursist("Grace Mensah", Way::Unanswered, 0),
        ],
    },
];
