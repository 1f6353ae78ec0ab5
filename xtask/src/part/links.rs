//! What refers to what, as the linker notes it beside a program (`--emit-relocs`): without these notes a number in the code
//! may be a number, a place in the table or an address.

use super::function_names;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{
    Data, DataKind, KnownCustom, Linking, Operator, Parser, Payload, RelocSectionReader,
    RelocationType, SymbolInfo,
};

/// What a function or a piece of data refers to.
#[derive(Default, Debug)]
pub(super) struct Needs {
    /// By their names: their numbers change when the program is joined to its glue.
    pub(super) functions: BTreeSet<String>,
    /// By their number in [`Links::pieces`].
    pub(super) pieces: BTreeSet<usize>,
}

/// A piece of data that is there, or not there, as a whole.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its addresses.
    pub(super) at: Range<u32>,
    pub(super) needs: Needs,
}

/// Who refers to whom in a program.
#[derive(Default, Debug)]
pub(super) struct Links {
    /// What each function refers to, apart from what it calls.
    pub(super) functions: BTreeMap<String, Needs>,
    /// In the order of their addresses.
    pub(super) pieces: Vec<Piece>,
}

/// One note of the linker: at this place of a section stands the address of a symbol.
struct Note {
    offset: u64,
    kind: RelocationType,
    symbol: usize,
}

/// What a symbol stands for.
enum Symbol {
    Function(u32),
    Piece(Range<u32>),
    Other,
}

#[derive(Default)]
struct Reading {
    given: u32,
    /// Where the sections of code and of data begin in the file, and their numbers.
    code: (u64, u32),
    data: (u64, u32),
    bodies: Vec<Range<u64>>,
    /// Where the bytes of each segment are in the file, and at which address they go.
    segments: Vec<(Range<u64>, u32)>,
    names: BTreeMap<u32, String>,
    symbols: Vec<Symbol>,
    notes: BTreeMap<u32, Vec<Note>>,
}

impl Links {
    /// Reads the notes of a program as the linker left it.
    pub(super) fn read(wasm: &[u8]) -> Result<Links> {
        let mut it = Reading::default();
        let mut section = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            let is_section = payload.as_section().is_some();
            it.take(payload, section)?;
            section += u32::from(is_section);
        }
        it.links()
    }
}

impl Reading {
    fn take(&mut self, payload: Payload<'_>, section: u32) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                self.given = u32::try_from(imports.into_imports().count())?;
            }
            Payload::CodeSectionStart { unchecked_range, .. } => {
                self.code = (unchecked_range.start, section);
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(data) => {
                self.data = (data.range().start, section);
                for segment in data {
                    let segment = segment?;
                    let end = segment.range.end;
                    let start = end - segment.data.len() as u64;
                    self.segments.push((start..end, address(&segment)?));
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Name(names) => {
                    let named = function_names(names)?.into_iter();
                    let readable = |name| rustc_demangle::demangle(name).to_string();
                    self.names = named.map(|(index, name)| (index, readable(name))).collect();
                }
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part? {
                            for symbol in symbols {
                                let symbol = self.symbol(symbol?)?;
                                self.symbols.push(symbol);
                            }
                        }
                    }
                }
                KnownCustom::Reloc(notes) => self.take_notes(&notes)?,
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn symbol(&self, symbol: SymbolInfo<'_>) -> Result<Symbol> {
        Ok(match symbol {
            SymbolInfo::Func { index, .. } => Symbol::Function(index),
            SymbolInfo::Data { symbol: Some(it), .. } => {
                let (_, address) = self
                    .segments
                    .get(it.index as usize)
                    .context("a symbol of an unknown segment")?;
                let start = address + it.offset;
                Symbol::Piece(start..start + it.size)
            }
            _ => Symbol::Other,
        })
    }

    fn take_notes(&mut self, notes: &RelocSectionReader<'_>) -> Result<()> {
        let of = self.notes.entry(notes.section_index()).or_default();
        for note in notes.entries() {
            let note = note?;
            of.push(Note {
                offset: u64::from(note.offset),
                kind: note.ty,
                symbol: note.index as usize,
            });
        }
        of.sort_by_key(|it| it.offset);
        Ok(())
    }

    fn links(mut self) -> Result<Links> {
        // Symbols may lie in each other: what overlaps is one piece.
        let mut ranges: Vec<Range<u32>> = self
            .symbols
            .iter()
            .filter_map(|it| match it {
                Symbol::Piece(at) if !at.is_empty() => Some(at.clone()),
                _ => None,
            })
            .collect();
        ranges.sort_by_key(|it| (it.start, it.end));
        let mut pieces: Vec<Piece> = Vec::new();
        for at in ranges {
            match pieces.last_mut() {
                Some(last) if at.start < last.at.end => last.at.end = last.at.end.max(at.end),
                _ => pieces.push(Piece { at, needs: Needs::default() }),
            }
        }
        let mut links = Links { functions: BTreeMap::new(), pieces };
        let code = self.notes.remove(&self.code.1).context("no notes on the code")?;
        let data = self.notes.remove(&self.data.1).context("no notes on the data")?;

        let mut body = 0;
        for note in &code {
            let place = self.code.0 + note.offset;
            while self.bodies.get(body).is_some_and(|it| it.end <= place) {
                body += 1;
            }
            let within = self.bodies.get(body).is_some_and(|it| it.contains(&place));
            let index = self.given + u32::try_from(body)?;
            let name =
                self.names.get(&index).filter(|_| within).context("a note on no function")?;
            let name = name.clone();
            let mut needs = links.functions.remove(&name).unwrap_or_default();
            self.add(&mut needs, note, &links.pieces)?;
            links.functions.insert(name, needs);
        }
        for note in &data {
            let place = self.data.0 + note.offset;
            let (at, address) = self
                .segments
                .iter()
                .find(|(at, _)| at.contains(&place))
                .context("a note on no data")?;
            let address = address + u32::try_from(place - at.start)?;
            let Some(piece) = piece_at(&links.pieces, address) else {
                bail!("a note on data without a symbol, at {address}")
            };
            let mut needs = std::mem::take(&mut links.pieces[piece].needs);
            self.add(&mut needs, note, &links.pieces)?;
            links.pieces[piece].needs = needs;
        }
        Ok(links)
    }

    fn add(&self, needs: &mut Needs, note: &Note, pieces: &[Piece]) -> Result<()> {
        let symbol = self.symbols.get(note.symbol);
        match note.kind {
            RelocationType::TableIndexSleb | RelocationType::TableIndexI32 => {
                let Some(Symbol::Function(index)) = symbol else {
                    bail!("a place in the table for something else than a function")
                };
                let name = self.names.get(index).context("a function without a name")?;
                needs.functions.insert(name.clone());
            }
            RelocationType::MemoryAddrLeb
            | RelocationType::MemoryAddrSleb
            | RelocationType::MemoryAddrI32 => {
                let Some(Symbol::Piece(at)) = symbol else { bail!("an address of nothing") };
                // One without a length marks an end of memory, and has nothing to bring along.
                if !at.is_empty() {
                    needs.pieces.extend(piece_at(pieces, at.start));
                }
            }
            RelocationType::FunctionIndexLeb
            | RelocationType::TypeIndexLeb
            | RelocationType::GlobalIndexLeb
            | RelocationType::TableNumberLeb => {}
            kind => bail!("a note of a kind that is not known here: {kind:?}"),
        }
        Ok(())
    }
}

/// Where a segment of data goes.
pub(super) fn address(segment: &Data<'_>) -> Result<u32> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        bail!("data without an address")
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("data at an unknown address")
    };
    Ok(value.cast_unsigned())
}

/// Which piece has an address.
fn piece_at(pieces: &[Piece], address: u32) -> Option<usize> {
    let after = pieces.partition_point(|it| it.at.start <= address);
    let at = after.checked_sub(1)?;
    pieces[at].at.contains(&address).then_some(at)
}
