//! A module in the making, and the new numbers of its functions.

use super::Program;
use std::collections::BTreeMap;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, ExportSection,
    FunctionSection, GlobalSection, ImportSection, MemorySection, Module, NameMap, NameSection,
    StartSection, TableSection, TypeSection,
};
use wasmparser::{ExternalKind, Parser, Payload};

/// Gives functions their new numbers.
pub(super) struct Numbered {
    pub(super) numbers: BTreeMap<u32, u32>,
}

impl Reencode for Numbered {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        // `cut` refused calls that lead out of a part.
        self.numbers.get(&function).copied().ok_or(Error::InvalidConstExpr)
    }
}

/// A module in the making.
#[derive(Default)]
pub(super) struct Sections {
    pub(super) types: TypeSection,
    pub(super) imports: ImportSection,
    pub(super) functions: FunctionSection,
    pub(super) tables: TableSection,
    pub(super) memories: MemorySection,
    pub(super) globals: GlobalSection,
    pub(super) exports: ExportSection,
    pub(super) start: Option<u32>,
    pub(super) elements: ElementSection,
    pub(super) chunks: Option<u32>,
    pub(super) code: CodeSection,
    pub(super) data: DataSection,
}

impl Sections {
    /// What does not go by function.
    pub(super) fn read_shared(&mut self, wasm: &[u8], new: &mut Numbered) -> Result<(), Error> {
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(it) => new.parse_type_section(&mut self.types, it)?,
                Payload::ImportSection(it) => new.parse_import_section(&mut self.imports, it)?,
                Payload::TableSection(it) => new.parse_table_section(&mut self.tables, it)?,
                Payload::MemorySection(it) => new.parse_memory_section(&mut self.memories, it)?,
                Payload::GlobalSection(it) => new.parse_global_section(&mut self.globals, it)?,
                Payload::ExportSection(it) => {
                    for export in it {
                        let export = export?;
                        let is_here = export.kind != ExternalKind::Func
                            || new.numbers.contains_key(&export.index);
                        if is_here {
                            new.parse_export(&mut self.exports, export)?;
                        }
                    }
                }
                Payload::StartSection { func, .. } => self.start = new.numbers.get(&func).copied(),
                Payload::DataCountSection { count, .. } => self.chunks = Some(count),
                _ => {}
            }
        }
        Ok(())
    }

    /// Puts functions in the table from a place on.
    pub(super) fn fill(&mut self, place: i32, functions: Vec<u32>) {
        let from = ConstExpr::i32_const(place);
        self.elements.active(None, &from, Elements::Functions(functions.into()));
    }

    /// Puts bytes at an address.
    pub(super) fn bytes(&mut self, address: u32, bytes: Vec<u8>) {
        self.data.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes);
    }

    pub(super) fn finish(self, program: &Program<'_>, new: &Numbered) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&self.types).section(&self.imports).section(&self.functions);
        module.section(&self.tables).section(&self.memories).section(&self.globals);
        module.section(&self.exports);
        if let Some(function_index) = self.start {
            module.section(&StartSection { function_index });
        }
        module.section(&self.elements);
        if let Some(count) = self.chunks {
            module.section(&DataCountSection { count });
        }
        module.section(&self.code).section(&self.data);
        let mut names = NameMap::new();
        let by_number: BTreeMap<u32, u32> =
            new.numbers.iter().map(|(old, new)| (*new, *old)).collect();
        for (number, old) in by_number {
            // What the page gives has none.
            if let Some(name) = program.names.get(&old) {
                names.append(number, name);
            }
        }
        let mut section = NameSection::new();
        section.functions(&names);
        module.section(&section);
        module.finish()
    }
}
