//! The few pictures, drawn with one stroke width. They decorate: the words beside them say it.

use leptos::prelude::*;

/// Which picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Icon {
    /// Today.
    Sun,
    /// The diary.
    Book,
    /// Goals as stations.
    Stations,
    /// More.
    Dots,
    /// People.
    People,
    /// To confirm, confirmed.
    Check,
    /// Waits.
    Hourglass,
    /// Needs you.
    Alert,
    /// Only on this device.
    Phone,
    /// At the school.
    School,
    /// For oneself.
    Lock,
    /// Being written.
    Pencil,
    /// Add.
    Plus,
    /// Back.
    Back,
    /// On to.
    Forward,
    /// No connection.
    Offline,
    /// Busy.
    Arrows,
    /// Two versions.
    Fork,
    /// Not yet.
    Circle,
    /// Not possible.
    Barred,
    /// Settings.
    Sliders,
    /// About.
    Info,
    /// Where somebody is.
    Place,
    /// Something that somebody wants to know.
    Question,
    /// Does not feel well.
    Sad,
}

/// How somebody feels, from 1, bad, to 5, very good: a face whose mouth tells.
pub(crate) fn face(mark: u16) -> AnyView {
    let mouth = match mark {
        ..=1 => "M8 17c1.2-3 6.800-3 8 0",
        2 => "M8.500 16.500c1.200-1.400 5.800-1.400 7 0",
        3 => "M8.500 15.500h7",
        4 => "M8.500 14.700c1.200 1.600 5.800 1.600 7 0",
        5.. => "M8 14c1 4 7 4 8 0Z",
    };
    drawn(format!("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM9 9.500v.5M15 9.500v.5{mouth}"))
}

/// A picture of 24 by 24.
pub(crate) fn icon(which: Icon) -> AnyView {
    let path = match which {
        Icon::Sun => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4"
        }
        Icon::Book => "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3V4ZM5 17a3 3 0 0 1 3-3h11M9 8h6",
        Icon::Stations => "M7 3v18M17 3v18M7 7h10M7 12h10M7 17h10",
        Icon::Dots => {
            "M5 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM19 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z"
        }
        Icon::People => {
            "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.5a6.5 6.5 0 0 1 3.5 5.5"
        }
        Icon::Check => "M4.5 12.5l5 5 10-11",
        Icon::Hourglass => {
            "M7 3h10M7 21h10M8 3v3.5c0 2.5 4 3.5 4 5.5 0-2 4-3 4-5.5V3M8 21v-3.5c0-2.5 4-3.5 4-5.5 0 2 4 3 4 5.5V21"
        }
        Icon::Alert => "M12 3l9.5 17h-19L12 3ZM12 10v4.5M12 17.5h.01",
        Icon::Phone => {
            "M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5ZM11 18.5h2"
        }
        Icon::School => "M12 3 2 8l10 5 10-5-10-5ZM6 10.5V16c0 1.5 3 3 6 3s6-1.5 6-3v-5.5",
        Icon::Lock => "M6 11h12v9H6v-9ZM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
        Icon::Pencil => "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19 4 20ZM14 6.5l3.5 3.5",
        Icon::Plus => "M12 5v14M5 12h14",
        Icon::Back => "M15 5l-7 7 7 7",
        Icon::Forward => "M9 5l7 7-7 7",
        Icon::Offline => {
            "M3 3l18 18M8.5 15.5a5 5 0 0 1 5-1.200M5 12a10 10 0 0 1 4.5-2.600M12.5 9A10 10 0 0 1 19 12M12 19h.01"
        }
        Icon::Arrows => "M4 9h13l-3.5-3.5M20 15H7l3.5 3.5",
        Icon::Fork => "M7 3v6c0 3 5 3 5 6v6M17 3v6c0 3-5 3-5 6",
        Icon::Circle => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Z",
        Icon::Barred => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM6.5 6.5l11 11",
        Icon::Sliders => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
        Icon::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 11v5.5M12 7.5h.01",
        Icon::Place => {
            "M12 21.500c-4.500-4.500-6.500-8-6.500-11.500a6.500 6.500 0 0 1 13 0c0 3.500-2 7-6.500 11.500ZM12 7.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600Z"
        }
        Icon::Sad => return face(2),
        Icon::Question => {
            "M5 4h14v12H11l-4 4v-4H5V4ZM9.8 8.300a2.300 2.300 0 1 1 3.200 2.100c-.7.300-1 .700-1 1.300M12 13.500h.01"
        }
    };
    drawn(path.to_owned())
}

fn drawn(path: String) -> AnyView {
    view! {
        <svg
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=path />
        </svg>
    }
    .into_any()
}

/// The logo: two rails, one sleeper.
pub(crate) fn logo() -> AnyView {
    view! {
        <svg
            class="logo"
            viewBox="0 0 24 24"
            fill="none"
            stroke-linecap="round"
            stroke-width="3"
            aria-hidden="true"
        >
            <path d="M7 3v18" class="logo-school" />
            <path d="M17 3v2.6M17 10.7v2.6M17 18.4v2.6" class="logo-workplace" />
            <path d="M4 12h16" stroke="currentColor" />
        </svg>
    }
    .into_any()
}
