//! What a photo may bring along: a picture, and nothing about where and with what it was taken (H5).

/// The longest photo in bytes: a page that can be read, and not more than a phone sends in a minute over a poor line.
pub const LONGEST_PHOTO: usize = 768 * 1024;
/// The most pixels on a side: more would fill the memory of the phone that shows it.
pub const LONGEST_SIDE: u16 = 4_096;

/// Why bytes are no photo as we keep them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotAPhoto {
    /// Longer than [`LONGEST_PHOTO`].
    TooLong,
    /// Not a whole JPEG.
    NotJpeg,
    /// More than [`LONGEST_SIDE`] pixels on a side.
    TooWide,
    /// It tells where, when or with what it was taken, or a person wrote something in it.
    TellsMore,
}

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];
/// Application data that tells of the picture: how wide a pixel is, and which colours. The others tell of the camera,
/// the place, or hold a second picture.
const OF_THE_PICTURE: [(u8, &[u8]); 3] =
    [(0xe0, b"JFIF\0"), (0xe2, b"ICC_PROFILE\0"), (0xee, b"Adobe")];

/// What a JPEG is made of.
#[derive(PartialEq, Eq)]
enum Segment {
    /// Height and width.
    Sides([u16; 2]),
    /// What is needed to show it.
    Needed,
    /// What tells more than the picture.
    TellsMore,
    /// Lines of the picture itself.
    Picture,
}

/// Whether bytes are a JPEG that tells nothing but its picture. Looks at its parts, not at each pixel.
///
/// # Errors
/// The first reason why not.
pub fn check(bytes: &[u8]) -> Result<(), NotAPhoto> {
    if bytes.len() > LONGEST_PHOTO {
        return Err(NotAPhoto::TooLong);
    }
    let (mut has_sides, mut has_picture) = (false, false);
    let mut rest = inside(bytes)?;
    while rest != END {
        let (segment, _, behind) = next(rest)?;
        match segment {
            Segment::Sides([_, 0] | [0, _]) => return Err(NotAPhoto::NotJpeg),
            Segment::Sides(sides) if sides.into_iter().any(|it| it > LONGEST_SIDE) => {
                return Err(NotAPhoto::TooWide);
            }
            Segment::Sides(_) => has_sides = true,
            Segment::Needed => {}
            Segment::TellsMore => return Err(NotAPhoto::TellsMore),
            Segment::Picture => has_picture = has_sides,
        }
        rest = behind;
    }
    if has_picture { Ok(()) } else { Err(NotAPhoto::NotJpeg) }
}

/// The same picture without what a browser or a camera told beside it.
///
/// # Errors
/// When it is no JPEG, or does not pass [`check`] without that either.
pub fn bare(bytes: &[u8]) -> Result<Vec<u8>, NotAPhoto> {
    let mut bare = START.to_vec();
    let mut rest = inside(bytes)?;
    while rest != END {
        let (segment, raw, behind) = next(rest)?;
        if segment != Segment::TellsMore {
            bare.extend_from_slice(raw);
        }
        rest = behind;
    }
    bare.extend_from_slice(&END);
    check(&bare).map(|()| bare)
}

/// What stands behind the mark with which a JPEG begins.
fn inside(bytes: &[u8]) -> Result<&[u8], NotAPhoto> {
    bytes.strip_prefix(&START).ok_or(NotAPhoto::NotJpeg)
}

/// The first segment, its bytes, and what stands behind it.
fn next(bytes: &[u8]) -> Result<(Segment, &[u8], &[u8]), NotAPhoto> {
    let [0xff, marker, high, low, ..] = *bytes else { return Err(NotAPhoto::NotJpeg) };
    let length = 2 + usize::from(u16::from_be_bytes([high, low]));
    let length = if marker == 0xda { length + lines(bytes.get(length..)) } else { length };
    let (raw, behind) = bytes.split_at_checked(length).ok_or(NotAPhoto::NotJpeg)?;
    let data = raw.get(4..).ok_or(NotAPhoto::NotJpeg)?;
    let is_of_picture =
        OF_THE_PICTURE.into_iter().any(|(it, name)| it == marker && data.starts_with(name));
    let segment = match (marker, data) {
        (0xda, _) => Segment::Picture,
        (0xc0..=0xc2, [_, h1, h2, w1, w2, ..]) => {
            Segment::Sides([u16::from_be_bytes([*h1, *h2]), u16::from_be_bytes([*w1, *w2])])
        }
        // Tables: of codes, of steps, of how often one starts again.
        (0xc4 | 0xdb | 0xdd, _) => Segment::Needed,
        (0xe0..=0xef, _) if is_of_picture => Segment::Needed,
        // A comment is what a program or a person wrote.
        (0xe0..=0xef | 0xfe, _) => Segment::TellsMore,
        _ => return Err(NotAPhoto::NotJpeg),
    };
    Ok((segment, raw, behind))
}

/// How many bytes of lines of the picture follow: up to the next marker that is not within them.
fn lines(bytes: Option<&[u8]>) -> usize {
    let bytes = bytes.unwrap_or_default();
    let is_end = |it: &[u8]| it[0] == 0xff && !matches!(it[1], 0 | 0xd0..=0xd7);
    bytes.windows(2).position(is_end).unwrap_or(bytes.len())
}
