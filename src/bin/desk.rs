//! The program of those who guide: coach, teacher, administrator, reader.

fn main() {
    dubbelspoor::run(&dubbelspoor::DESK);
}
