//! The texts of a program leave it: each language becomes a small file beside it, with what this program says and
//! nothing else, and another with what only its second part says. A pack is lines: the keys of its first texts, and then
//! every text.

use crate::part::Cut;
use crate::words::{LANGUAGES, Text};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{Instruction, Module};
use wasmparser::{Operator, Parser, Payload};

/// So many bytes of a text that they are in a program only when the text is.
const TELLING: usize = 28;

/// What one program says.
#[derive(Default, PartialEq, Eq, Debug)]
pub(crate) struct Pack<'t> {
    /// Those that the program calls by their key.
    by_key: Vec<&'t Text>,
    /// Those that it calls by their place, after the others.
    by_place: Vec<&'t Text>,
}

/// Which keys a program has, and where.
#[derive(Default)]
struct Found {
    /// As constants in its code: these can become shorter.
    code: BTreeSet<u32>,
    /// In tables of its data, or as half of a larger constant.
    elsewhere: BTreeSet<u32>,
}

impl Found {
    fn has(&self, key: u32) -> bool {
        self.code.contains(&key) || self.elsewhere.contains(&key)
    }
}

impl<'t> Pack<'t> {
    /// What a program says, called by keys throughout.
    pub(crate) fn of(wasm: &[u8], texts: &'t [Text]) -> Result<Pack<'t>> {
        let found = keys_in(wasm, texts)?;
        let said = texts.iter().filter(|it| found.has(it.key));
        Ok(Pack { by_key: said.collect(), by_place: Vec::new() })
    }

    /// What the parts of a program say, each text once, and for what is only a constant in their code a number to put in
    /// its place: the second part goes on counting where the first one ends.
    pub(crate) fn numbered(cut: &Cut, texts: &'t [Text]) -> Result<([Pack<'t>; 2], Places)> {
        let (daily, seldom) = (keys_in(&cut.daily, texts)?, keys_in(&cut.seldom, texts)?);
        let is_by_key =
            |it: &Text| daily.elsewhere.contains(&it.key) || seldom.elsewhere.contains(&it.key);
        let (of_daily, others): (Vec<&Text>, Vec<&Text>) =
            texts.iter().partition(|it| daily.has(it.key));
        let of_seldom = others.into_iter().filter(|it| seldom.has(it.key)).collect();
        let packs = [of_daily, of_seldom].map(|all: Vec<&Text>| {
            let (by_key, by_place) = all.into_iter().partition(|it| is_by_key(it));
            Pack { by_key, by_place }
        });
        let all = packs.iter().flat_map(Pack::texts);
        let places = all.zip(0..).map(|(text, place)| (text.key.cast_signed(), place)).collect();
        Ok((packs, places))
    }

    fn texts(&self) -> impl Iterator<Item = &'t Text> {
        self.by_key.iter().chain(&self.by_place).copied()
    }

    /// A file for each language.
    pub(crate) fn files(&self) -> [String; 3] {
        [0, 1, 2].map(|language| self.file(language))
    }

    fn file(&self, language: usize) -> String {
        let mut file: String = self.by_key.iter().map(|it| in_letters(it.key)).collect();
        for text in self.texts() {
            file.push('\n');
            file.push_str(&text.said[language]);
        }
        file
    }
}

/// Constants in the code of a program, and what to put in the place of each.
pub(crate) type Places = BTreeMap<i32, i32>;

/// A part of a program with numbers in the places of keys.
pub(crate) fn renumbered(part: &[u8], places: &Places) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Numbering { places }
        .parse_core_module(&mut module, Parser::new(0), part)
        .map_err(|fault| anyhow::anyhow!("a part of the program cannot be read: {fault}"))?;
    Ok(module.finish())
}

struct Numbering<'p> {
    places: &'p Places,
}

impl Reencode for Numbering<'_> {
    type Error = std::convert::Infallible;

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<Instruction<'a>, Error<Self::Error>> {
        if let Operator::I32Const { value } = operator {
            return Ok(Instruction::I32Const(*self.places.get(&value).unwrap_or(&value)));
        }
        utils::instruction(self, operator)
    }
}

/// What the second part of a program is called, and its packs with it.
pub(crate) fn second(program: &str) -> String {
    format!("{program}_seldom")
}

/// What the packs of a program are called, by their language.
pub(crate) fn names(program: &str) -> [(&'static str, String); 3] {
    LANGUAGES.map(|language| (language, format!("{program}.{language}.txt")))
}

/// Puts the packs of a program beside it.
pub(crate) fn write(folder: &Path, program: &str, files: &[String; 3]) -> Result<()> {
    for ((_, name), file) in names(program).iter().zip(files) {
        std::fs::write(folder.join(name), file)?;
    }
    Ok(())
}

/// Eight letters from `a` to `p`, the highest first.
fn in_letters(key: u32) -> String {
    format!("{key:08x}").bytes().map(letter).collect()
}

fn letter(digit: u8) -> char {
    char::from(if digit.is_ascii_digit() { digit - b'0' + b'a' } else { digit - b'a' + b'k' })
}

fn keys_in(wasm: &[u8], texts: &[Text]) -> Result<Found> {
    let known: BTreeSet<u32> = texts.iter().map(|it| it.key).collect();
    let mut found = Found::default();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::CodeSectionEntry(body) = &payload {
            for operator in body.get_operators_reader()? {
                let operator = operator?;
                if let Operator::I32Const { value } = operator {
                    found.code.extend(known.get(&value.cast_unsigned()));
                } else if let Operator::I64Const { value } = operator {
                    found.elsewhere.extend(keys_among(&value.to_le_bytes(), &known));
                }
            }
        } else if let Payload::DataSection(data) = payload {
            for segment in data {
                found.elsewhere.extend(keys_among(segment?.data, &known));
            }
        }
    }
    Ok(found)
}

/// A key without a byte of zero is never cut short, however a tool packs the data.
fn keys_among(bytes: &[u8], known: &BTreeSet<u32>) -> Vec<u32> {
    let four = |it: &[u8]| it.try_into().map(u32::from_le_bytes).ok();
    bytes.windows(4).filter_map(four).filter(|it| known.contains(it)).collect()
}

/// Refuses a program that still has a text in itself, of those that are long enough to tell.
pub(crate) fn are_out_of(wasm: &[u8], texts: &[Text]) -> Result<()> {
    let all = texts.iter().flat_map(|it| &it.said);
    let starts: BTreeMap<&[u8], &String> =
        all.filter_map(|it| Some((it.as_bytes().get(..TELLING)?, it))).collect();
    match wasm.windows(TELLING).find_map(|it| starts.get(it)) {
        Some(text) => bail!("The program itself has a text of `words!`: {text:?}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, Function, FunctionSection, MemorySection, MemoryType,
        TypeSection,
    };

    fn text(key: u32, said: &str) -> Text {
        Text { key, said: ["nl", "en", "fr"].map(|it| format!("{said} {it}")) }
    }

    /// A program with these constants in its code, and these bytes in its data.
    fn program(constants: &[u32], larger: i64, data: &[u8]) -> Vec<u8> {
        let (mut types, mut functions) = (TypeSection::new(), FunctionSection::new());
        types.ty().function([], []);
        functions.function(0);
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut body = Function::new([]);
        for constant in constants {
            body.instructions().i32_const(constant.cast_signed()).drop();
        }
        body.instructions().i64_const(larger).drop().end();
        let (mut code, mut all) = (CodeSection::new(), DataSection::new());
        code.function(&body);
        all.active(0, &ConstExpr::i32_const(3), data.iter().copied());
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&memories);
        module.section(&code).section(&all);
        module.finish()
    }

    #[test]
    fn a_pack_has_exactly_what_its_program_says() {
        let texts = [
            text(0xd450_6571, "code"),
            text(0x0a0b_0c0d, "nobody"),
            text(0x11ff_2233, "table"),
            text(0x7766_5544, "half"),
            text(0x0d45_0657, "neither"),
        ];
        let wasm = program(&[7, 0xd450_6571], 0x7766_5544 << 32, b"..\x33\x22\xff\x11\x0d\x0c\x0b");
        let whole = Pack::of(&wasm, &texts).unwrap();
        assert_eq!(whole.file(1), "nefagfhbbbppccddhhggffee\ncode en\ntable en\nhalf en");
        assert_eq!(Pack::of(&program(&[7], 7, b"none"), &texts).unwrap(), Pack::default());
    }

    #[test]
    fn each_part_has_a_pack_and_the_second_counts_on() {
        let texts = [
            text(0xd450_6571, "both"),
            text(0x11ff_2233, "daily table"),
            text(0x7766_5544, "seldom"),
            text(0x0d45_0657, "seldom table"),
            text(0x0a0b_0c0d, "nobody"),
        ];
        let cut = Cut {
            daily: program(&[7, 0xd450_6571], 0, b"..\x33\x22\xff\x11"),
            seldom: program(&[0x7766_5544, 0xd450_6571], 0, b"\x57\x06\x45\x0d"),
        };
        let ([daily, seldom], places) = Pack::numbered(&cut, &texts).unwrap();
        assert_eq!(daily.file(2), "bbppccdd\ndaily table fr\nboth fr");
        assert_eq!(seldom.file(0), "anefagfh\nseldom table nl\nseldom nl");
        let numbers = [(0x11ff_2233, 0), (0xd450_6571, 1), (0x0d45_0657, 2), (0x7766_5544, 3)];
        assert_eq!(places, numbers.map(|(key, it): (u32, i32)| (key.cast_signed(), it)).into());
        let numbered = renumbered(&cut.seldom, &places).unwrap();
        assert_eq!(numbered, program(&[3, 1], 0, b"\x57\x06\x45\x0d"));
    }

    #[test]
    fn a_program_with_a_text_inside_is_refused() {
        let long = text(0xd450_6571, "a text that is long enough to be told from another");
        let inside = program(&[], 0, long.said[2].as_bytes());
        assert!(are_out_of(&inside, std::slice::from_ref(&long)).is_err());
        are_out_of(&program(&[], 0, &long.said[2].as_bytes()[1..]), &[long]).unwrap();
    }
}
