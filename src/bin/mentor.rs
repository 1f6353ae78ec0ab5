//! The program of the mentor.

fn main() {
    dubbelspoor::run(&dubbelspoor::MENTOR);
}
