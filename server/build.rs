//! The built app is embedded from `target/dist`; before the first build of the app that folder is empty.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=../target/dist");
    std::fs::create_dir_all("../target/dist")
}
