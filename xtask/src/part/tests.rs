//! Small programs, cut in two.

use super::links::{Needs, Piece};
use super::*;
use wasm_encoder::{
    ConstExpr, CustomSection, DataSymbolDefinition, GlobalType, LinkingSection, MemoryType, Module,
    NameMap, NameSection, RefType, Section, SymbolTable, TableType, ValType,
};
use wasmparser::Validator;

/// Functions by name, each with those that it calls; the last one stands in the table. Eight bytes of data from address 16.
fn a_program(functions: &[(&str, &[u32])]) -> Vec<u8> {
    let mut it = Sections::default();
    it.types.ty().function([], []);
    it.imports.import("page", "a", EntityType::Function(0));
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    it.memories.memory(memory);
    let table = TableType {
        element_type: RefType::FUNCREF,
        minimum: 3,
        maximum: None,
        table64: false,
        shared: false,
    };
    it.tables.table(table);
    let stack = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
    it.globals.global(stack, &ConstExpr::i32_const(16));
    it.exports.export("memory", ExportKind::Memory, 0).export("main", ExportKind::Func, 1);
    let mut names = NameMap::new();
    for (at, (name, calls)) in (1..).zip(functions) {
        it.functions.function(0);
        names.append(at, name);
        let mut body = Function::new([]);
        for call in *calls {
            body.instruction(&Instruction::Call(*call));
        }
        body.instruction(&Instruction::End);
        it.code.function(&body);
    }
    let last = u32::try_from(functions.len()).unwrap();
    it.fill(1, vec![1, last]);
    it.bytes(16, b"dailylat".to_vec());
    let mut module = Module::new();
    module.section(&it.types).section(&it.imports).section(&it.functions).section(&it.tables);
    module.section(&it.memories).section(&it.globals).section(&it.exports);
    module.section(&it.elements).section(&it.code).section(&it.data);
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    module.finish()
}

/// Who takes the place of whom from the table, and that the first five bytes are a piece, and the others another one.
fn links(by_function: &[(&str, &[&str], usize)]) -> Links {
    let needs = |functions: &[&str], piece| Needs {
        functions: functions.iter().map(|it| (*it).to_owned()).collect(),
        pieces: [piece].into(),
    };
    let of = |(name, functions, piece): &(&str, &[&str], usize)| {
        ((*name).to_owned(), needs(functions, *piece))
    };
    let piece = |at| Piece { at, needs: Needs::default() };
    Links {
        functions: by_function.iter().map(of).collect(),
        pieces: vec![piece(16..21), piece(21..24)],
    }
}

fn data(wasm: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let payloads = Parser::new(0).parse_all(wasm).map(Result::unwrap);
    let sections = payloads.filter_map(|it| match it {
        Payload::DataSection(data) => Some(data),
        _ => None,
    });
    let segments = sections.flatten().map(Result::unwrap);
    segments.map(|it| (links::address(&it).unwrap(), it.data.to_vec())).collect()
}

fn names(wasm: &[u8]) -> Vec<String> {
    let program = Program::read(wasm).unwrap();
    program.names.values().map(|it| (*it).to_owned()).collect()
}

#[test]
fn what_is_behind_a_door_goes_with_the_data_that_only_it_needs() {
    let wasm = a_program(&[
        ("app::main", &[2]),
        ("app::shared", &[0]),
        ("app::only_for_the_plan", &[2]),
        ("app::taken_from_the_table_by_the_plan", &[]),
        ("app::screens::seldom::plan", &[0, 2, 3]),
    ]);
    let links = links(&[
        ("app::main", &["app::screens::seldom::plan"], 0),
        ("app::screens::seldom::plan", &["app::taken_from_the_table_by_the_plan"], 1),
    ]);
    let cut = cut_by(&wasm, &links).unwrap();
    for part in [&cut.daily, &cut.seldom] {
        Validator::new().validate_all(part).unwrap();
    }
    assert_eq!(names(&cut.daily), ["app::main", "app::shared"]);
    assert_eq!(data(&cut.daily), [(16, b"daily\0\0\0".to_vec())]);
    assert_eq!(data(&cut.seldom), [(21, b"lat".to_vec())]);
    let mut later = Vec::new();
    for payload in Parser::new(0).parse_all(&cut.seldom) {
        if let Payload::ElementSection(elements) = payload.unwrap() {
            for element in elements {
                let ElementKind::Active { offset_expr, .. } = element.unwrap().kind else {
                    panic!()
                };
                later.push(offset_expr.get_operators_reader().read().unwrap());
            }
        }
    }
    assert!(matches!(later[..], [Operator::I32Const { value: 2 }]), "its own place: {later:?}");
}

/// The glue numbers functions of one name. What is dropped through the table of one of them may be any.
#[test]
fn functions_of_one_name_stay_together() {
    let wasm = a_program(&[
        ("app::main", &[]),
        ("core::drop::<String>", &[]),
        ("core::drop::<String>[1]", &[]),
        ("app::needed_by_the_second_drop", &[]),
        ("core::drop::<String>[2]", &[]),
        ("app::at::<[u8; 1]>", &[]),
        ("app::screens::seldom::plan", &[2, 5]),
    ]);
    let links = links(&[
        ("app::main", &["core::drop::<String>"], 0),
        ("core::drop::<String>", &["app::needed_by_the_second_drop"], 0),
    ]);
    let cut = cut_by(&wasm, &links).unwrap();
    assert_eq!(
        names(&cut.daily),
        [
            "app::main",
            "core::drop::<String>",
            "core::drop::<String>[1]",
            "app::needed_by_the_second_drop",
            "core::drop::<String>[2]",
        ]
    );
}

#[test]
fn a_call_into_what_comes_later_is_refused() {
    let wasm = a_program(&[("app::main", &[2]), ("app::screens::seldom::plan", &[])]);
    let why = cut_by(&wasm, &links(&[])).err().unwrap().to_string();
    assert!(why.contains("app::main calls app::screens::seldom::plan"), "{why}");
    let nothing_later = a_program(&[("app::main", &[])]);
    assert!(cut_by(&nothing_later, &links(&[])).is_err());
    let gone = links(&[("app::main", &["app::gone"], 0)]);
    let one_door = a_program(&[("app::main", &[]), ("app::screens::seldom::plan", &[])]);
    assert!(cut_by(&one_door, &gone).is_err(), "a function that the glue left out is missed");
}

/// A section of notes: on which section, and of each note its kind, its place and its symbol.
fn notes<'a>(name: &'a str, section: u8, notes: &[[u8; 3]]) -> CustomSection<'a> {
    let mut bytes = vec![section, u8::try_from(notes.len()).unwrap()];
    for [kind, place, symbol] in notes {
        bytes.extend([*kind, *place, *symbol]);
        // An address has an addend.
        if *kind >= 3 {
            bytes.push(0);
        }
    }
    CustomSection { name: name.into(), data: bytes.into() }
}

#[test]
fn the_notes_of_the_linker_are_read_by_name_and_by_piece() {
    let wasm = a_program(&[("_ZN3app4main17h0123456789abcdefE", &[2]), ("app::other", &[])]);
    let mut symbols = SymbolTable::new();
    symbols.function(0, 2, Some("app::other"));
    for (name, offset, size) in [("first", 0, 5), ("second", 5, 3), ("in the second", 6, 1)] {
        symbols.data(0, name, Some(DataSymbolDefinition { index: 0, offset, size }));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    // The sections are numbered as they come: code comes after eight others, data after nine. A body begins at its fourth byte.
    let (table_place, address, table_entry) = (1, 4, 2);
    let mut all = wasm.clone();
    linking.append_to(&mut all);
    notes("reloc.CODE", 8, &[[table_place, 4, 0], [address, 4, 3]]).append_to(&mut all);
    // After the number of segments, its address and its length.
    notes("reloc.DATA", 9, &[[table_entry, 6, 0]]).append_to(&mut all);
    let read = Links::read(&all).unwrap();
    let main = &read.functions["app::main::h0123456789abcdef"];
    assert_eq!((main.functions.first().unwrap().as_str(), main.pieces.len()), ("app::other", 1));
    assert_eq!(read.pieces.iter().map(|it| it.at.clone()).collect::<Vec<_>>(), [16..21, 21..24]);
    assert!(main.pieces.contains(&1) && read.pieces[0].needs.functions.contains("app::other"));
    assert!(Links::read(&wasm).is_err(), "a program without notes");
}
