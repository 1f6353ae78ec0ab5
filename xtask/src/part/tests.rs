//! Small programs, cut in two.

use super::*;
use wasm_encoder::{
    ConstExpr, GlobalType, MemoryType, Module, NameMap, NameSection, RefType, TableType, ValType,
};
use wasmparser::Validator;

/// Functions by name, each with those that it calls; the last one stands in the table.
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
    let mut module = Module::new();
    module.section(&it.types).section(&it.imports).section(&it.functions).section(&it.tables);
    module.section(&it.memories).section(&it.globals).section(&it.exports);
    module.section(&it.elements).section(&it.code);
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    module.finish()
}

fn names(wasm: &[u8]) -> Vec<String> {
    let program = Program::read(wasm).unwrap();
    program.names.values().map(|it| (*it).to_owned()).collect()
}

#[test]
fn what_bears_the_name_goes_and_takes_along_what_nobody_else_calls() {
    let wasm = a_program(&[
        ("app::main", &[2]),
        ("app::shared", &[0]),
        ("app::only_for_the_plan", &[2]),
        ("app::screens::seldom::plan", &[0, 2, 3]),
    ]);
    let cut = cut(&wasm).unwrap();
    for part in [&cut.daily, &cut.seldom] {
        Validator::new().validate_all(part).unwrap();
    }
    assert_eq!(names(&cut.daily), ["app::main", "app::shared"]);
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

#[test]
fn a_call_into_what_comes_later_is_refused() {
    let wasm = a_program(&[("app::main", &[2]), ("app::screens::seldom::plan", &[])]);
    let why = cut(&wasm).err().unwrap().to_string();
    assert!(why.contains("app::main calls app::screens::seldom::plan"), "{why}");
    assert!(cut(&a_program(&[("app::main", &[])])).is_err(), "nothing comes later");
}
