//! Cuts a program in two, function by function: what the first screen needs, and what is fetched once it stands. Both
//! are one program still: the second part uses the memory, the stack and the functions of the first, and takes its own
//! places in the first one's table.
//!
//! What the first screen needs is whatever can be reached from where the page enters, through calls, places of the table
//! and data, without going through a door: a function that bears the name of the module `screens::seldom`. All else comes
//! later. The first part never calls into the second but through the table, for which somebody must have the second part
//! already: the module is private, and a direct call is refused here.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "of all sections and instructions few matter here"
)]

mod links;
mod sections;

use anyhow::{Context, Result, bail};
use links::Links;
use sections::{Numbered, Sections};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{EntityType, ExportKind, Function, ImportSection, Instruction};
use wasmparser::{
    ElementItems, ElementKind, ExternalKind, FunctionBody, Name, Operator, Parser, Payload, TypeRef,
};

/// The module whose functions come later, as it stands in their names.
const SELDOM: &str = "::screens::seldom::";

/// What the second part calls the first one.
const FIRST: &str = "p";

/// A program in two parts.
pub(crate) struct Cut {
    /// What starts.
    pub(crate) daily: Vec<u8>,
    /// What is fetched later.
    pub(crate) seldom: Vec<u8>,
}

/// Cuts a program with the names of its functions still in it, by what the linker noted beside it: `linked` is the same
/// program before it was joined to its glue.
pub(crate) fn cut(wasm: &[u8], linked: &[u8]) -> Result<Cut> {
    cut_by(wasm, &Links::read(linked)?)
}

fn cut_by(wasm: &[u8], links: &Links) -> Result<Cut> {
    let program = Program::read(wasm)?;
    let needed = program.needed(links)?;
    let seldom: BTreeSet<u32> = program.own().filter(|it| !needed.functions.contains(it)).collect();
    let moved = Program::moved(links, &needed);
    let used: Vec<u32> = seldom
        .iter()
        .flat_map(|it| program.calls.get(it).into_iter().flatten().copied())
        .filter(|it| !seldom.contains(it))
        .collect::<BTreeSet<u32>>()
        .into_iter()
        .collect();
    Ok(Cut {
        daily: program.daily(&seldom, &used, &moved).map_err(unreadable)?,
        seldom: program.second(&seldom, &used, &moved).map_err(unreadable)?,
    })
}

fn unreadable(fault: Error) -> anyhow::Error {
    anyhow::anyhow!("the program cannot be cut in two: {fault}")
}

/// What the first part needs: functions, and pieces of data by their number.
#[derive(Default)]
struct Needed {
    functions: BTreeSet<u32>,
    pieces: BTreeSet<usize>,
}

/// What has to be known of a program.
struct Program<'a> {
    wasm: &'a [u8],
    /// The type of each function, those that the page gives first.
    types: Vec<u32>,
    /// How many the page gives.
    given: u32,
    bodies: Vec<FunctionBody<'a>>,
    /// Which functions a function calls.
    calls: BTreeMap<u32, BTreeSet<u32>>,
    /// The functions of the table, from its first place on.
    table: Vec<u32>,
    first_place: i32,
    /// Called from outside, or by nobody and still needed.
    outside: BTreeSet<u32>,
    names: BTreeMap<u32, &'a str>,
    /// At which address which bytes are from the start.
    data: Vec<(u32, &'a [u8])>,
}

impl<'a> Program<'a> {
    fn read(wasm: &'a [u8]) -> Result<Program<'a>> {
        let mut it = Program {
            wasm,
            types: Vec::new(),
            given: 0,
            bodies: Vec::new(),
            calls: BTreeMap::new(),
            table: Vec::new(),
            first_place: 0,
            outside: BTreeSet::new(),
            names: BTreeMap::new(),
            data: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(wasm) {
            it.take(payload?)?;
        }
        it.given = u32::try_from(it.types.len() - it.bodies.len())?;
        let bodies = it.bodies.clone();
        for (index, body) in (it.given..).zip(&bodies) {
            it.calls.insert(index, called(body)?);
        }
        Ok(it)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let TypeRef::Func(kind) = import?.ty else {
                        bail!("the page gives the program more than functions")
                    };
                    self.types.push(kind);
                }
            }
            Payload::FunctionSection(functions) => {
                for kind in functions {
                    self.types.push(kind?);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.outside.insert(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => {
                self.outside.insert(func);
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.fill_table(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(data) => {
                for segment in data {
                    let segment = segment?;
                    self.data.push((links::address(&segment)?, segment.data));
                }
            }
            Payload::CustomSection(section) => {
                if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                    self.names = function_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn fill_table(&mut self, element: wasmparser::Element<'a>) -> Result<()> {
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind else {
            bail!("a table is filled in an unexpected way")
        };
        let (ElementItems::Functions(functions), true) = (element.items, self.table.is_empty())
        else {
            bail!("the table is filled in pieces")
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            bail!("the table begins at an unknown place")
        };
        self.first_place = value;
        self.table = functions.into_iter().collect::<Result<_, _>>()?;
        Ok(())
    }

    fn name(&self, function: u32) -> &'a str {
        self.names.get(&function).copied().unwrap_or_default()
    }

    fn own(&self) -> impl Iterator<Item = u32> {
        self.given..u32::try_from(self.types.len()).unwrap_or(u32::MAX)
    }

    fn is_door(&self, function: u32) -> bool {
        self.name(function).contains(SELDOM)
    }

    /// What can be reached without going through a door.
    fn needed(&self, links: &Links) -> Result<Needed> {
        if !self.own().any(|it| self.is_door(it)) {
            bail!("no function has {SELDOM} in its name");
        }
        let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (at, name) in &self.names {
            numbers.entry(of_all(name)).or_default().push(*at);
        }
        let mut needed = Needed::default();
        let mut functions: Vec<u32> = self.outside.iter().copied().collect();
        let mut pieces: Vec<usize> = Vec::new();
        loop {
            let needs = if let Some(function) = functions.pop() {
                if !needed.functions.insert(function) {
                    continue;
                }
                functions.extend(self.called_by(function)?);
                links.functions.get(of_all(self.name(function)))
            } else if let Some(piece) = pieces.pop() {
                if !needed.pieces.insert(piece) {
                    continue;
                }
                Some(&links.pieces[piece].needs)
            } else {
                return Ok(needed);
            };
            if let Some(needs) = needs {
                pieces.extend(&needs.pieces);
                for name in &needs.functions {
                    let same = numbers.get(&**name).with_context(|| format!("{name} is gone"))?;
                    functions.extend(same.iter().filter(|it| !self.is_door(**it)));
                }
            }
        }
    }

    fn called_by(&self, function: u32) -> Result<Vec<u32>> {
        let called: Vec<u32> = self.calls.get(&function).into_iter().flatten().copied().collect();
        if let Some(later) = called.iter().find(|it| self.is_door(**it)) {
            bail!("{} calls {}, which comes later", self.name(function), self.name(*later));
        }
        Ok(called)
    }

    /// Where the data lies that the first part does not need: what stands between two such pieces goes with them.
    fn moved(links: &Links, needed: &Needed) -> Vec<Range<u32>> {
        let mut moved: Vec<Range<u32>> = Vec::new();
        let mut is_open = false;
        for (number, piece) in links.pieces.iter().enumerate() {
            let goes = !needed.pieces.contains(&number);
            match moved.last_mut() {
                Some(last) if goes && is_open => last.end = piece.at.end,
                _ if goes => moved.push(piece.at.clone()),
                _ => {}
            }
            is_open = goes;
        }
        moved
    }

    /// The first part: without the others, and with what they need handed out.
    fn daily(
        &self,
        seldom: &BTreeSet<u32>,
        used: &[u32],
        moved: &[Range<u32>],
    ) -> Result<Vec<u8>, Error> {
        let stays: Vec<u32> = self.own().filter(|it| !seldom.contains(it)).collect();
        let filler = self.given + count(&stays);
        let mut numbers: BTreeMap<u32, u32> = (0..self.given).map(|it| (it, it)).collect();
        numbers.extend(stays.iter().copied().zip(self.given..));
        let mut new = Numbered { numbers };
        let mut sections = Sections::default();
        sections.read_shared(self.wasm, &mut new)?;

        for it in &stays {
            sections.functions.function(self.type_of(*it));
        }
        // In the places that are taken later: whoever calls one too early stops there, and reads nothing wrong.
        sections.functions.function(self.type_of(filler_type(self, seldom)));
        for it in &stays {
            new.parse_function_body(&mut sections.code, self.body(*it).clone())?;
        }
        let mut stop = Function::new([]);
        stop.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
        sections.code.function(&stop);

        for (at, it) in (0u32..).zip(used) {
            let number = new.function_index(*it)?;
            sections.exports.export(&at.to_string(), ExportKind::Func, number);
        }
        for at in 0..sections.tables.len() {
            sections.exports.export(&format!("t{at}"), ExportKind::Table, at);
        }
        for at in 0..sections.globals.len() {
            sections.exports.export(&format!("g{at}"), ExportKind::Global, at);
        }
        for (address, bytes) in &self.data {
            let mut left = bytes.to_vec();
            for at in moved {
                if let Some(gone) = left.get_mut(within(at, *address)) {
                    gone.fill(0);
                }
            }
            sections.bytes(*address, left);
        }
        let place = |it: &u32| new.numbers.get(it).copied().unwrap_or(filler);
        let places: Vec<u32> = self.table.iter().map(place).collect();
        sections.fill(self.first_place, places);
        Ok(sections.finish(self, &new))
    }

    /// The second part: it takes everything but its own functions from the first.
    fn second(
        &self,
        seldom: &BTreeSet<u32>,
        used: &[u32],
        moved: &[Range<u32>],
    ) -> Result<Vec<u8>, Error> {
        let mut numbers: BTreeMap<u32, u32> = used.iter().copied().zip(0..).collect();
        numbers.extend(seldom.iter().copied().zip(count(used)..));
        let mut new = Numbered { numbers };
        let mut shared = Sections::default();
        shared.read_shared(self.wasm, &mut new)?;

        let mut sections = Sections { types: shared.types, ..Sections::default() };
        for (at, it) in (0u32..).zip(used) {
            let kind = EntityType::Function(self.type_of(*it));
            sections.imports.import(FIRST, &at.to_string(), kind);
        }
        self.import_places(&mut sections.imports, &mut new)?;
        for it in seldom {
            sections.functions.function(self.type_of(*it));
            new.parse_function_body(&mut sections.code, self.body(*it).clone())?;
        }
        let mut run: Vec<u32> = Vec::new();
        let mut begins = 0;
        for (place, it) in (self.first_place..).zip(&self.table) {
            if seldom.contains(it) {
                if run.is_empty() {
                    begins = place;
                }
                run.push(new.function_index(*it)?);
            } else if !run.is_empty() {
                sections.fill(begins, std::mem::take(&mut run));
            }
        }
        if !run.is_empty() {
            sections.fill(begins, run);
        }
        for at in moved {
            let bytes = self.data.iter().find_map(|(start, all)| all.get(within(at, *start)));
            sections.bytes(at.start, bytes.unwrap_or_default().to_vec());
        }
        Ok(sections.finish(self, &new))
    }

    /// Memory, tables and globals of the first part.
    fn import_places(&self, imports: &mut ImportSection, new: &mut Numbered) -> Result<(), Error> {
        for payload in Parser::new(0).parse_all(self.wasm) {
            match payload? {
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        imports.import(FIRST, "memory", new.memory_type(memory?)?);
                    }
                }
                Payload::TableSection(tables) => {
                    for (at, table) in (0u32..).zip(tables) {
                        imports.import(FIRST, &format!("t{at}"), new.table_type(table?.ty)?);
                    }
                }
                Payload::GlobalSection(globals) => {
                    for (at, global) in (0u32..).zip(globals) {
                        imports.import(FIRST, &format!("g{at}"), new.global_type(global?.ty)?);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn type_of(&self, function: u32) -> u32 {
        self.types[function as usize]
    }

    fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.given) as usize]
    }
}

/// Whose type the filler has: any will do, since it never returns.
fn filler_type(program: &Program<'_>, seldom: &BTreeSet<u32>) -> u32 {
    seldom.first().copied().unwrap_or(program.given)
}

/// The name as the linker has it. Functions may share one, made once for each crate that needs them; the glue tells them
/// apart by a number behind it, and which is which nobody knows any more. So what needs one of them gets all.
fn of_all(name: &str) -> &str {
    let numbered = name.strip_suffix(']').and_then(|it| it.rsplit_once('['));
    let is_number = |it: &str| it.len() < 5 && it.bytes().all(|it| it.is_ascii_digit());
    numbered.filter(|(_, number)| is_number(number)).map_or(name, |(of_all, _)| of_all)
}

/// What the functions of a program are called.
fn function_names(names: wasmparser::NameSectionReader<'_>) -> Result<BTreeMap<u32, &str>> {
    let mut all = BTreeMap::new();
    for name in names {
        if let Name::Function(names) = name? {
            for naming in names {
                let naming = naming?;
                all.insert(naming.index, naming.name);
            }
        }
    }
    Ok(all)
}

/// Addresses as places in a segment that begins at an address; outside it when it begins later.
fn within(at: &Range<u32>, start: u32) -> Range<usize> {
    let place = |address: u32| address.checked_sub(start).map_or(usize::MAX, |it| it as usize);
    place(at.start)..place(at.end)
}

fn count(functions: &[u32]) -> u32 {
    u32::try_from(functions.len()).unwrap_or(u32::MAX)
}

fn called(body: &FunctionBody<'_>) -> Result<BTreeSet<u32>> {
    let mut all = BTreeSet::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } => drop(all.insert(function_index)),
            _ => {}
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests;
