//! Invitations: a link for a phone, and a short code to type where a link cannot reach.

use crate::app::Server;
use crate::error::Result;
use crate::store::Invite;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::PersonId;
use dubbelspoor_domain::seal::sha256;
use dubbelspoor_domain::wire::path;

/// Seven days.
const VALID: u64 = 7 * 24 * 60 * 60 * 1000;
/// Crockford's alphabet: no letter that looks like another or like a number.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Half of the code finds the invitation, so that wrong guesses can be counted on it.
const HINT: usize = 4;

/// What a person gets to see, once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// To open or to scan. What stands behind the hash never reaches a server's log.
    pub link: String,
    /// To type: eight letters and figures.
    pub code: String,
    /// Until when it is good, in milliseconds since 1970.
    pub expires: u64,
}

/// Invites a person for one more device.
///
/// # Errors
/// When the store does not answer or does not know the person.
pub async fn invite(server: &Server, person: PersonId) -> Result<Invitation> {
    let token = crate::random::<16>()?;
    let code = Code::from_random(crate::random()?);
    let invite = Invite {
        token_hash: token_hash(&token),
        code_hint: code.hint().to_owned(),
        code_hash: code.hash(),
        person,
        expires_at: crate::now() + VALID,
    };
    server.store.put_invite(&invite).await?;
    let program = role(server, person).await?.map_or("", path::program_of);
    let link = format!("{}/join?{program}#{}", server.origin, crate::hex(&token));
    Ok(Invitation { link, code: code.shown(), expires: invite.expires_at })
}

/// The role for which a person's phone begins. Whoever has several finds the others in the app.
async fn role(server: &Server, person: PersonId) -> Result<Option<Role>> {
    let mut first = None;
    for (dossier, _) in server.store.heads_for(person).await? {
        let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else { continue };
        let own = ledger.dossier().links.all().filter(|it| it.link.person == person);
        first = own.map(|it| it.link.role).chain(first).min();
    }
    Ok(first)
}

/// How a token is kept.
pub(crate) fn token_hash(token: &[u8; 16]) -> [u8; 32] {
    sha256(&[b"dubbelspoor-invite-v1", token])
}

/// A short code in its one true spelling.
pub(crate) struct Code(String);

impl Code {
    fn from_random(bytes: [u8; 8]) -> Code {
        Code(bytes.iter().map(|it| char::from(ALPHABET[usize::from(it % 32)])).collect())
    }

    /// Reads what somebody typed: spaces and dashes do not matter, nor capitals, nor O for 0.
    pub(crate) fn read(typed: &str) -> Option<Code> {
        let mut code = String::new();
        for it in typed.chars().filter(|it| !it.is_whitespace() && *it != '-') {
            let it = match it.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                it => it,
            };
            let known = u8::try_from(it).is_ok_and(|it| ALPHABET.contains(&it));
            if !known || code.len() == 8 {
                return None;
            }
            code.push(it);
        }
        (code.len() == 8).then_some(Code(code))
    }

    pub(crate) fn hint(&self) -> &str {
        &self.0[..HINT]
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        sha256(&[b"dubbelspoor-code-v1", self.0.as_bytes()])
    }

    fn shown(&self) -> String {
        format!("{}-{}", &self.0[..4], &self.0[4..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_as_people_type_it() {
        let code = Code::from_random([1, 0, 31, 10, 22, 18, 33, 64]);
        assert_eq!(code.shown(), "10ZA-PJ10");
        for typed in ["10zapj10", "1O za-pjlo", " IOZA PJ1O "] {
            assert_eq!(Code::read(typed).map(|it| it.hash()), Some(code.hash()), "{typed}");
        }
        for wrong in ["", "10zapj1", "10zapj100", "10zapj1u", "10zapj1é"] {
            assert!(Code::read(wrong).is_none(), "{wrong}");
        }
    }
}
