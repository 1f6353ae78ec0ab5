//! Proof of an absence by photo (F4): who gives and sees it, and what a photo may bring along.
#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod support;

use dubbelspoor_domain::dossier::{
    AbsenceProof, Body, Link, LinkEnded, MOST_PROOFS, Moment, Placed, Refusal,
};
use dubbelspoor_domain::id::{AbsenceId, FileHash, PersonId};
use dubbelspoor_domain::photo::{LONGEST_PHOTO, LONGEST_SIDE, NotAPhoto, bare, check};
use support::{ADMINISTRATOR, COACH, LEARNER, MENTOR, Play, READER, STRANGER, Said, TEACHER, day};

const FILE: FileHash = FileHash([5; 32]);
const ABSENCE: AbsenceId = AbsenceId([6; 16]);

fn proof() -> AbsenceProof {
    AbsenceProof { absence: ABSENCE, file: FILE, length: 900, learner: LEARNER, withdrawn: false }
}

impl Play {
    fn seen_by(&self) -> Vec<PersonId> {
        let all = [LEARNER, MENTOR, COACH, TEACHER, ADMINISTRATOR, READER, STRANGER];
        let sees = |it: &PersonId| self.dossier().photo_for(*it, FILE) == Some(900);
        all.into_iter().filter(sees).collect()
    }
}

#[test]
fn f4_a_proof_is_seen_by_its_learner_and_who_guides_them() {
    let mut play = Play::new();
    assert_eq!(play.seen_by(), [], "no record names it");
    let event = play.seal(LEARNER, Said::by(LEARNER, 0), &Body::AbsenceProof(proof()));
    let at = event.header().hlc;
    let placed =
        Placed { event: &event, position: Some(50), at, received_at: None, waiting: false };
    let sent: Vec<_> = [LEARNER, MENTOR, COACH, TEACHER, ADMINISTRATOR, READER]
        .into_iter()
        .filter(|it| play.dossier().visible(*it, &placed))
        .collect();
    assert_eq!(sent, [LEARNER, COACH, ADMINISTRATOR]);
    play.put(LEARNER, &Body::AbsenceProof(proof()));
    assert_eq!(play.seen_by(), sent, "the photo goes where its record goes");
    assert_eq!(play.dossier().proofs.of(ABSENCE).count(), 1);
    assert_eq!(play.dossier().proofs.of(AbsenceId([7; 16])).count(), 0);
    assert_eq!(play.dossier().photo_for(LEARNER, FileHash([9; 32])), None);
}

#[test]
fn f4_a_proof_by_the_coach_is_the_learners_to_see_and_the_coachs_to_take_back() {
    let mut play = Play::new();
    play.put(COACH, &Body::AbsenceProof(proof()));
    assert_eq!(play.seen_by(), [LEARNER, COACH, ADMINISTRATOR]);
    let gone = Body::AbsenceProof(AbsenceProof { withdrawn: true, ..proof() });
    for who in [LEARNER, ADMINISTRATOR] {
        play.put(who, &gone);
        assert_eq!(play.seen_by(), [LEARNER, COACH, ADMINISTRATOR], "not by {who:?}");
    }
    play.put(COACH, &gone);
    assert_eq!(play.seen_by(), [], "nobody fetches what was a mistake");
    assert_eq!(play.dossier().proofs.of(ABSENCE).count(), 0);
}

#[test]
fn f4_a_proof_says_whose_it_is_and_how_long() {
    let play = Play::new();
    let permit = |it: AbsenceProof| {
        play.dossier().permit(LEARNER, Moment::HERE, &Body::AbsenceProof(it)).map(drop)
    };
    let longest = u32::try_from(LONGEST_PHOTO).unwrap();
    for (length, expected) in [
        (0, Err(Refusal::OutOfRange)),
        (1, Ok(())),
        (longest, Ok(())),
        (longest + 1, Err(Refusal::OutOfRange)),
    ] {
        assert_eq!(permit(AbsenceProof { length, ..proof() }), expected, "{length}");
    }
    let mut full = Play::new();
    for number in 0..MOST_PROOFS {
        let file = FileHash([u8::try_from(number).unwrap(); 32]);
        full.put(LEARNER, &Body::AbsenceProof(AbsenceProof { file, ..proof() }));
    }
    for (file, expected) in [(FileHash([250; 32]), Err(Refusal::OutOfRange)), (FILE, Ok(()))] {
        let it = Body::AbsenceProof(AbsenceProof { file, ..proof() });
        let found = full.dossier().permit(LEARNER, Moment::HERE, &it).map(drop);
        assert_eq!(found, expected, "one that is there is taken back nevertheless");
    }
    let of_mentor = AbsenceProof { learner: MENTOR, ..proof() };
    assert_eq!(permit(of_mentor), Err(Refusal::NotYours));
    let refused = play.dossier().permit(COACH, Moment::HERE, &Body::AbsenceProof(of_mentor));
    assert_eq!(refused, Err(Refusal::Mismatch), "nobody else is let in by naming them");
}

#[test]
fn f4_who_no_longer_guides_sees_no_photo_of_after() {
    let mut play = Play::new();
    let coach: Link =
        play.dossier().links.all().find(|it| it.link.person == COACH).unwrap().link.clone();
    play.put(ADMINISTRATOR, &Body::LinkEnded(LinkEnded { link: coach.link, to: day(23) }));
    play.put(LEARNER, &Body::AbsenceProof(proof()));
    assert_eq!(play.seen_by(), [LEARNER, ADMINISTRATOR]);
}

fn segment(marker: u8, inside: &[u8]) -> Vec<u8> {
    let [high, low] = u16::try_from(inside.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker, high, low], inside].concat()
}

fn frame(height: u16, width: u16) -> Vec<u8> {
    let ([h1, h2], [w1, w2]) = (height.to_be_bytes(), width.to_be_bytes());
    segment(0xc0, &[8, h1, h2, w1, w2, 1, 1, 0x11, 0])
}

/// A JPEG with these segments before the picture.
fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let picture = [&segment(0xda, &[1, 1, 0, 0, 63, 0])[..], b"the picture", &[0xff, 0xd9]];
    [&[0xff, 0xd8], &segments.concat()[..], &picture.concat()].concat()
}

#[test]
fn f4_a_photo_tells_nothing_but_its_picture() {
    let jfif = segment(0xe0, b"JFIF\0");
    let place = segment(0xe1, b"Exif\0\0 51.0543 N, 3.7174 E");
    let edited = segment(0xed, b"Photoshop 3.0");
    let comment = segment(0xfe, b"made by");
    let plain = jpeg(&[jfif.clone(), frame(1_200, 1_600)]);
    assert_eq!(check(&plain), Ok(()));
    for more in [place, edited, comment] {
        let telling = jpeg(&[jfif.clone(), more, frame(1_200, 1_600)]);
        assert_eq!(check(&telling), Err(NotAPhoto::TellsMore));
        assert_eq!(bare(&telling), Ok(plain.clone()));
    }
    assert_eq!(bare(&plain), Ok(plain.clone()));
    // Not between the lines of the picture either, nor behind it, nor under a name that is allowed.
    let place = segment(0xe1, b"Exif\0\0 51.0543 N");
    let scan =
        [segment(0xda, &[1, 1, 0, 0, 63, 0]), b"more\xff\x00lines\xff\xd3".to_vec()].concat();
    let twice =
        |between: &[u8]| [&plain[..plain.len() - 2], between, &scan, &[0xff, 0xd9]].concat();
    assert_eq!(check(&twice(&[])), Ok(()), "in two passes");
    assert_eq!(check(&twice(&place)), Err(NotAPhoto::TellsMore));
    assert_eq!(bare(&twice(&place)), Ok(twice(&[])));
    assert_eq!(check(&[&plain[..], &plain].concat()), Err(NotAPhoto::NotJpeg));
    for (marker, name) in [(0xe0, &b"51.0543 N"[..]), (0xe2, b"MPF\0"), (0xee, b"51.0543 N")] {
        let it = jpeg(&[segment(marker, name), frame(1_200, 1_600)]);
        assert_eq!(check(&it), Err(NotAPhoto::TellsMore), "{marker:x}");
    }
}

#[test]
fn f4_what_is_no_photo_of_a_bearable_size_is_none() {
    let good = jpeg(&[frame(100, 200)]);
    for (bytes, why) in [
        (vec![], NotAPhoto::NotJpeg),
        (b"<svg onload=alert(1)>".to_vec(), NotAPhoto::NotJpeg),
        (good[..good.len() - 1].to_vec(), NotAPhoto::NotJpeg),
        (jpeg(&[]), NotAPhoto::NotJpeg),
        (jpeg(&[frame(0, 200)]), NotAPhoto::NotJpeg),
        (jpeg(&[frame(LONGEST_SIDE + 1, 1)]), NotAPhoto::TooWide),
        (jpeg(&[frame(1, u16::MAX)]), NotAPhoto::TooWide),
        (jpeg(&[frame(1, 1), vec![0; LONGEST_PHOTO]]), NotAPhoto::TooLong),
    ] {
        assert_eq!(check(&bytes), Err(why));
    }
    // However it is cut or bent, it is refused or passes: it never panics.
    for end in 0..good.len() {
        assert!(check(&good[..end]).is_err() && bare(&good[..end]).is_err());
        let mut bent = good.clone();
        for value in [0, 0x7f, 0xff] {
            bent[end] = value;
            let _ = (check(&bent), bare(&bent));
        }
    }
}
