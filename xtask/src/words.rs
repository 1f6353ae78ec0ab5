//! Reads the texts of the app from its source: every `words! { .. }` block of `src`, as the compiler sees it.

use crate::place::files_below;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;

/// The languages, in the order in which `words!` has them.
pub(crate) const LANGUAGES: [&str; 3] = ["nl", "en", "fr"];

/// One text in every language. A place for a value is a character: 1 for the first argument, 2 for the second.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Text {
    /// What the program calls it.
    pub(crate) key: u32,
    pub(crate) said: [String; 3],
}

/// All texts below a folder, in the order of the source; equal ones once.
pub(crate) fn read(folder: &Path) -> Result<Vec<Text>> {
    let mut texts: Vec<Text> = Vec::new();
    let mut known: BTreeMap<u32, (usize, String)> = BTreeMap::new();
    for file in files_below(folder)?.iter().filter(|it| it.ends_with(".rs")) {
        let source = std::fs::read_to_string(folder.join(file))?;
        for text in texts_of(&source).with_context(|| format!("the words of {file}"))? {
            match known.get(&text.key) {
                None => {
                    known.insert(text.key, (texts.len(), file.clone()));
                    texts.push(text);
                }
                Some((at, _)) if texts[*at] == text => {}
                Some((at, other)) => bail!(
                    "Two texts have one key: `{}` in {file} and `{}` in {other}. Write one of them otherwise.",
                    text.said[0],
                    texts[*at].said[0]
                ),
            }
        }
    }
    Ok(texts)
}

/// As `key` in `src/words.rs`, which says what it is.
fn key(texts: &[String; 3]) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let one = |hash, text: &String| step(text.bytes().fold(hash, step), 0xff);
    let hash = texts.iter().fold(0x811c_9dc5, one);
    u32::from_le_bytes(hash.to_le_bytes().map(|it| if it == 0 { 0x5a } else { it }))
}

/// The texts of one file.
fn texts_of(source: &str) -> Result<Vec<Text>> {
    let tokens = tokens(source)?;
    let mut found = Vec::new();
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        rest = match rest {
            [Token::Word(name), Token::Mark('!'), Token::Mark('{'), inside @ ..]
                if name == "words" =>
            {
                block(inside, &mut found)?
            }
            _ => &rest[1..],
        };
    }
    Ok(found)
}

/// What stands between the braces of one `words!`, and what comes after them.
fn block<'t>(mut rest: &'t [Token], found: &mut Vec<Text>) -> Result<&'t [Token]> {
    loop {
        let [Token::Word(name), after @ ..] = rest else {
            let [Token::Mark('}'), after @ ..] = rest else {
                bail!("`words!` has something that is no text: {:?}", rest.first());
            };
            return Ok(after);
        };
        let (arguments, after) = arguments(after);
        let [
            Token::Mark('{'),
            Token::Word(nl),
            Token::Text(dutch),
            Token::Word(en),
            Token::Text(english),
            Token::Word(fr),
            Token::Text(french),
            Token::Mark('}'),
            after @ ..,
        ] = after
        else {
            bail!("`{name}` is not `{{ nl \"..\" en \"..\" fr \"..\" }}`");
        };
        if [nl, en, fr] != LANGUAGES {
            bail!("`{name}` has other languages, or another order, than {LANGUAGES:?}");
        }
        let written = [dutch.clone(), english.clone(), french.clone()];
        let key = key(&written);
        let mut said = written;
        for text in &mut said {
            *text = with_places(text, &arguments).with_context(|| format!("`{name}`"))?;
        }
        found.push(Text { key, said });
        rest = after;
    }
}

/// The names between parentheses, where there are any.
fn arguments(rest: &[Token]) -> (Vec<&str>, &[Token]) {
    let [Token::Mark('('), inside @ ..] = rest else { return (Vec::new(), rest) };
    let end = inside.iter().position(|it| *it == Token::Mark(')')).unwrap_or(inside.len());
    let names = inside[..end].iter().filter_map(|it| match it {
        Token::Word(name) => Some(name.as_str()),
        Token::Text(_) | Token::Mark(_) => None,
    });
    (names.collect(), inside.get(end + 1..).unwrap_or_default())
}

/// Each `{name}` becomes the character of its argument's number.
fn with_places(text: &str, arguments: &[&str]) -> Result<String> {
    if text.chars().any(char::is_control) {
        bail!("a text has a control character: {text:?}");
    }
    let mut placed = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').context("a brace is not closed")?;
        let at = arguments.iter().position(|it| *it == name);
        let at = at.with_context(|| format!("{{{name}}} is no argument"))?;
        placed.push_str(before);
        placed.push(char::from(u8::try_from(at + 1)?));
        rest = after;
    }
    if rest.contains('}') || arguments.len() > 8 {
        bail!("a brace too many, or more than eight arguments: {text:?}");
    }
    Ok(placed + rest)
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
    /// A name, a number.
    Word(String),
    /// What a literal of a text stands for.
    Text(String),
    /// Anything else.
    Mark(char),
}

/// The source without comments, in pieces.
fn tokens(source: &str) -> Result<Vec<Token>> {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = after_comment(rest)?;
        } else if let Some((text, after)) = literal(rest)? {
            found.push(Token::Text(text));
            rest = after;
        } else if first == '\'' {
            rest = after_quote(rest);
        } else if is_word(first) {
            let (word, after) = rest.split_at(rest.find(|it| !is_word(it)).unwrap_or(rest.len()));
            found.push(Token::Word(word.to_owned()));
            rest = after;
        } else {
            if !first.is_whitespace() {
                found.push(Token::Mark(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(found)
}

/// Comments in `/* */` may stand inside each other.
fn after_comment(text: &str) -> Result<&str> {
    let (mut depth, mut rest) = (1, &text[2..]);
    while depth > 0 {
        let at = rest.find(['/', '*']).context("a comment is not closed")?;
        let (step, by) = match rest.get(at..at + 2) {
            Some("/*") => (1, 2),
            Some("*/") => (-1, 2),
            _ => (0, 1),
        };
        depth += step;
        rest = &rest[at + by..];
    }
    Ok(rest)
}

/// A character, of which the quotes go, or the name of a lifetime.
fn after_quote(text: &str) -> &str {
    let mut inside = text[1..].chars();
    let (first, second) = (inside.next(), inside.next());
    if first == Some('\\') {
        let end = text[3..].find('\'').map_or(text.len(), |it| it + 4);
        &text[end..]
    } else if second == Some('\'') {
        inside.as_str()
    } else {
        &text[1..]
    }
}

/// The literal of a text at the start, plain or raw, also of bytes, and what comes after it.
fn literal(text: &str) -> Result<Option<(String, &str)>> {
    let inside = text.strip_prefix(['b', 'c']).unwrap_or(text);
    if let Some(inside) = inside.strip_prefix('"') {
        return plain(inside).map(Some);
    }
    let Some(inside) = inside.strip_prefix('r') else { return Ok(None) };
    let hashes = inside.len() - inside.trim_start_matches('#').len();
    let Some(inside) = inside[hashes..].strip_prefix('"') else { return Ok(None) };
    let close = format!("\"{}", "#".repeat(hashes));
    let (raw, after) = inside.split_once(&close).context("a raw text is not closed")?;
    Ok(Some((raw.to_owned(), after)))
}

/// Up to the closing quote, with every escape as what it stands for.
fn plain(inside: &str) -> Result<(String, &str)> {
    let mut text = String::new();
    let mut rest = inside;
    loop {
        let at = rest.find(['"', '\\']).context("a text is not closed")?;
        text.push_str(&rest[..at]);
        let is_end = rest[at..].starts_with('"');
        rest = &rest[at + 1..];
        if is_end {
            return Ok((text, rest));
        }
        rest = escape(rest, &mut text)?;
    }
}

/// What stands after a backslash; a line that ends with one goes on after the spaces of the next.
fn escape<'t>(rest: &'t str, text: &mut String) -> Result<&'t str> {
    let first = rest.chars().next().context("a backslash at the end")?;
    let after = &rest[first.len_utf8()..];
    let number = |digits: &str| u32::from_str_radix(&digits.replace('_', ""), 16);
    let (escaped, after) = match first {
        '\n' | '\r' => return Ok(after.trim_start()),
        'n' => ('\n', after),
        'r' => ('\r', after),
        't' => ('\t', after),
        '0' => ('\0', after),
        '\\' | '"' | '\'' => (first, after),
        'x' => {
            let (digits, after) = after.split_at_checked(2).context("\\x without digits")?;
            (char::from_u32(number(digits)?).context("\\x of no character")?, after)
        }
        'u' => {
            let digits = after.strip_prefix('{').and_then(|it| it.split_once('}'));
            let (digits, after) = digits.context("\\u without braces")?;
            (char::from_u32(number(digits)?).context("\\u of no character")?, after)
        }
        other => bail!("an unknown escape: \\{other}"),
    };
    text.push(escaped);
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::root;

    fn said(source: &str) -> Vec<[String; 3]> {
        texts_of(source).unwrap().into_iter().map(|it| it.said).collect()
    }

    fn three(nl: &str, en: &str, fr: &str) -> [String; 3] {
        [nl, en, fr].map(str::to_owned)
    }

    #[test]
    fn the_key_is_the_one_of_the_program() {
        // `src/words.rs` does not compile with another number.
        assert_eq!(key(&three("Dagboek", "Diary", "Journal")), 0xd450_6571);
    }

    #[test]
    fn a_block_is_read_as_the_compiler_reads_it() {
        let source = r##"
            // words! { not { nl "a" en "a" fr "a" } }
            /* nor /* words! { } */ this */
            const A: &str = "words! { nor { nl \"b\" en \"b\" fr \"b\" } }";
            const B: char = '"'; const C: u8 = b'\''; fn life<'a>(it: &'a str) {}
            words! {
                // About this one.
                one { nl "Eén \"ding\"" en "one\u{a0}thing\
                    , whole" fr r#"une "chose""# }
                two(count, days)
                { nl "{days} en {count}" en "{count}" fr "\x41 {days}" }
            }
            words!(@one not_this);
        "##;
        let one = three("Eén \"ding\"", "one\u{a0}thing, whole", "une \"chose\"");
        let two = three("\u{2} en \u{1}", "\u{1}", "A \u{2}");
        assert_eq!(said(source), [one, two]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for wrong in [
            r#"words! { a { nl "a" fr "a" en "a" } }"#,
            r#"words! { a { nl "a" en "a" } }"#,
            r#"words! { a { nl "{b}" en "a" fr "a" } }"#,
            r#"words! { a(b) { nl "b}" en "a" fr "a" } }"#,
            r#"words! { a { nl "a\n" en "a" fr "a" } }"#,
            r#"words! { a { nl "a en "a" fr "a" } }"#,
        ] {
            assert!(texts_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn equal_texts_are_one_and_a_key_for_two_is_refused() {
        let folder = std::env::temp_dir().join(format!("words-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let write = |file: &str, inside: &str| {
            std::fs::write(folder.join(file), format!("words! {{ {inside} }}")).unwrap();
        };
        write("a.rs", r#"a(x, y) { nl "{x} {y}" en "{x}" fr "{y}" }"#);
        write("b.rs", r#"b(x, y) { nl "{x} {y}" en "{x}" fr "{y}" }"#);
        assert_eq!(read(&folder).unwrap().len(), 1);
        // The same letters with their values the other way round: the key cannot tell them apart.
        write("b.rs", r#"b(y, x) { nl "{x} {y}" en "{x}" fr "{y}" }"#);
        assert!(read(&folder).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn every_text_of_the_app_is_found() {
        let folder = root().join("src");
        let mut naive = 0;
        let mut found = 0;
        for file in files_below(&folder).unwrap() {
            let source = std::fs::read_to_string(folder.join(file)).unwrap();
            let lines = source.lines().filter(|it| !it.trim_start().starts_with("//"));
            naive += lines.map(|it| it.matches(" nl \"").count()).sum::<usize>();
            found += texts_of(&source).unwrap().len();
        }
        assert!(found > 500, "{found}");
        assert_eq!(found, naive);
        assert!(read(&folder).unwrap().len() <= found);
    }
}
