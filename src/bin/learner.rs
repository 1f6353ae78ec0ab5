//! The program of the cursist.

fn main() {
    dubbelspoor::run(&dubbelspoor::LEARNER);
}
