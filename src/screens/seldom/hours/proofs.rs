//! Photos that prove an absence: added with two taps, seen by the cursist and by those who guide.

use crate::parts::{El, Icon, Tone, button, el, icon, needs_you, offer_undo, soft, state_chip};
use crate::screens::file::may_now;
use crate::session::{NoAnswer, NotKept, Session};
use crate::words::reasons;
use dubbelspoor_domain::dossier::{AbsenceProof, AbsenceRecord, Body, Dossier, Said};
use dubbelspoor_domain::id::{AbsenceId, DossierId, FileHash};
use leptos::prelude::*;
use leptos::task::spawn_local;

words! {
    add { nl "Voeg een foto toe" en "Add a photo" fr "Ajouter une photo" }
    who_sees { nl "Een foto van het attest bijvoorbeeld. De cursist, de trajectbegeleider en de beheerder van het centrum zien ze. De mentor niet." en "A photo of the certificate for example. The learner, the coach and the administrator of the centre see it. The mentor does not." fr "Une photo du certificat par exemple. L’apprenant, l’accompagnateur et l’administrateur du centre la voient. Pas le mentor." }
    show { nl "Toon de foto" en "Show the photo" fr "Montrer la photo" }
    hide { nl "Verberg de foto" en "Hide the photo" fr "Masquer la photo" }
    fetching { nl "De foto komt eraan." en "The photo is coming." fr "La photo arrive." }
    alt { nl "Foto van het bewijs" en "Photo of the proof" fr "Photo de la preuve" }
    working { nl "De foto wordt klaargemaakt." en "The photo is being prepared." fr "La photo est en préparation." }
    not_a_photo { nl "Je toestel kan dit bestand niet als foto lezen. Kies een foto of een schermafdruk." en "Your device cannot read this file as a photo. Choose a photo or a screenshot." fr "Votre appareil ne peut pas lire ce fichier comme une photo. Choisissez une photo ou une capture d’écran." }
    on_its_way { nl "De foto is nog niet bij de school. Ze komt zodra het andere toestel bereik heeft." en "The photo is not at the school yet. It comes as soon as the other device has reception." fr "La photo n’est pas encore à l’école. Elle arrivera dès que l’autre appareil aura du réseau." }
    only_here { nl "Alleen op dit toestel" en "Only on this device" fr "Seulement sur cet appareil" }
    take_away { nl "Verwijder de foto" en "Remove the photo" fr "Supprimer la photo" }
    taken_away { nl "Foto verwijderd" en "Photo removed" fr "Photo supprimée" }
}

/// What a photo is doing on the screen.
#[derive(Clone, PartialEq)]
enum Shown {
    Coming,
    At(String),
    NotYet,
    Failed(NoAnswer),
}

/// What stands outside the list, and so stays when news arrives: the one open photo, and how adding goes.
#[derive(Clone, Copy)]
pub(super) struct Viewer {
    session: Session,
    dossier: DossierId,
    open: RwSignal<Option<(FileHash, Shown)>>,
    /// To which absence a photo is being added.
    busy: RwSignal<Option<AbsenceId>>,
    /// To which absence somebody wanted to add what is no photo.
    no_photo: RwSignal<Option<AbsenceId>>,
    fault: RwSignal<Option<NotKept>>,
}

impl Viewer {
    pub(super) fn new(
        session: Session,
        dossier: DossierId,
        fault: RwSignal<Option<NotKept>>,
    ) -> Viewer {
        let it = Viewer {
            session,
            dossier,
            open: RwSignal::new(None),
            busy: RwSignal::new(None),
            no_photo: RwSignal::new(None),
            fault,
        };
        on_cleanup(move || it.close());
        it
    }

    /// The bytes go from memory with their address.
    fn close(self) {
        if let Some(Some((_, Shown::At(address)))) = self.open.try_get_untracked() {
            self.session.forget_address(&address);
        }
        self.open.try_set(None);
    }

    fn toggle(self, file: FileHash, length: u32) {
        let is_open = self.is_open(file);
        self.close();
        if is_open {
            return;
        }
        self.open.set(Some((file, Shown::Coming)));
        spawn_local(async move {
            let found = self.session.photo(self.dossier, file, length).await;
            let shown = match found.map(|photo| self.session.address_of(&photo)) {
                Ok(Some(address)) => Shown::At(address),
                Ok(None) => Shown::Failed(NoAnswer::Offline),
                Err(NoAnswer::No) => Shown::NotYet,
                Err(why) => Shown::Failed(why),
            };
            // Whoever taps twice asks twice; the first answer stays.
            if self.is_coming(file) {
                self.open.try_set(Some((file, shown)));
            } else if let Shown::At(address) = shown {
                self.session.forget_address(&address);
            }
        });
    }

    fn is_coming(self, file: FileHash) -> bool {
        self.open.try_with_untracked(|it| *it == Some((file, Shown::Coming))) == Some(true)
    }

    fn is_open(self, file: FileHash) -> bool {
        self.open.try_with_untracked(|it| it.as_ref().is_some_and(|it| it.0 == file)) == Some(true)
    }

    /// The photo is on this device before the record that names it.
    fn pick(self, probe: AbsenceProof) {
        self.no_photo.set(None);
        self.fault.set(None);
        spawn_local(async move {
            let Ok(picked) = self.session.take_in("image/*").await else {
                self.no_photo.try_set(Some(probe.absence));
                return;
            };
            self.busy.try_set(Some(probe.absence));
            match self.session.photo_of(&picked).await {
                Some(photo) => self.keep(probe, &photo).await,
                None => drop(self.no_photo.try_set(Some(probe.absence))),
            }
            self.busy.try_set(None);
        });
    }

    async fn keep(self, probe: AbsenceProof, photo: &[u8]) {
        let kept = async {
            let file = self.session.keep_photo(self.dossier, photo).await?;
            let length = u32::try_from(photo.len()).unwrap_or(u32::MAX);
            let body = Body::AbsenceProof(AbsenceProof { file, length, ..probe });
            self.session.record(self.dossier, move |it| it.add(&body)).await?;
            Ok::<_, NotKept>(self.session.offer_photo(self.dossier, file).await?)
        };
        if let Err(why) = kept.await {
            self.fault.try_set(Some(why));
        }
    }
}

/// The photos of one absence, and the way to add one.
pub(super) fn proofs(it: &Dossier, record: &AbsenceRecord, viewer: Viewer) -> Option<El> {
    let absence = record.absence.absence;
    let probe = AbsenceProof {
        absence,
        file: FileHash([0; 32]),
        length: 1,
        learner: it.links.learner()?,
        withdrawn: false,
    };
    let may = may_now(viewer.session, viewer.dossier, &Body::AbsenceProof(probe));
    let photos: Vec<El> = it.proofs.of(absence).map(|said| photo(said, may, viewer)).collect();
    let nothing = !may && photos.is_empty();
    let adding = may.then(|| adding(probe, photos.is_empty(), viewer));
    (!nothing).then(|| el("div", "section").add(photos).add(adding))
}

fn adding(probe: AbsenceProof, is_first: bool, viewer: Viewer) -> El {
    let absence = probe.absence;
    let is_busy = move || viewer.busy.get() == Some(absence);
    let choose = button("button", move || viewer.pick(probe))
        .disabled(move || viewer.busy.get().is_some())
        .add(icon(Icon::Plus))
        .add(add());
    el("div", "section")
        .live(move || (viewer.no_photo.get() == Some(absence)).then(|| needs_you(not_a_photo())))
        .add(el("p", "soft").set("role", "status").live(move || is_busy().then(working)))
        .add(el("div", "chips").add(choose))
        .add(is_first.then(|| soft(who_sees())))
}

fn photo(said: &Said<AbsenceProof>, may: bool, viewer: Viewer) -> El {
    let AbsenceProof { file, length, .. } = said.what;
    let Viewer { session, open, .. } = viewer;
    let is_open = move || open.with(|it| it.as_ref().is_some_and(|it| it.0 == file));
    let toggle = button("button", move || viewer.toggle(file, length))
        .keep_flag("aria-expanded", is_open)
        .live(move || if is_open() { hide() } else { show() });
    let waits = move || {
        session.is_unsent(file).then(|| state_chip(Tone::Waiting, Icon::Phone, only_here()))
    };
    let is_mine = may && said.by == session.me().person;
    let remove = is_mine.then(|| remove(said.what, viewer));
    let picture = move || {
        let shown = open.get().filter(|it| it.0 == file)?.1;
        Some(match shown {
            Shown::Coming => el("p", "soft").set("role", "status").add(fetching()),
            Shown::At(address) => el("img", "photo").set("src", address).set("alt", alt()),
            Shown::NotYet => needs_you(on_its_way()),
            Shown::Failed(why) => needs_you(reasons::no_answer(&why)),
        })
    };
    el("div", "section").add(el("div", "chips").add(toggle).add(remove).live(waits)).live(picture)
}

fn remove(proof: AbsenceProof, viewer: Viewer) -> El {
    let undo = offer_undo();
    let Viewer { session, dossier, fault, .. } = viewer;
    let tap = move || {
        viewer.close();
        spawn_local(async move {
            let photo = session.photo_here(dossier, proof.file).await.ok().flatten();
            let gone = Body::AbsenceProof(AbsenceProof { withdrawn: true, ..proof });
            if let Err(why) = session.record(dossier, move |it| it.add(&gone)).await {
                return drop(fault.try_set(Some(why)));
            }
            session.forget_photo(dossier, proof.file).await;
            let Some(photo) = photo else { return };
            let back = move || {
                let photo = photo.clone();
                spawn_local(async move { viewer.keep(proof, &photo).await });
            };
            undo(taken_away().to_owned(), Box::new(back));
        });
    };
    button("button button-quiet", tap).add(take_away())
}
