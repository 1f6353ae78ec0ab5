//! The real binary as a process of its own, to be killed.

use super::place::Place;
use std::net::SocketAddr;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// A running server. It is killed when dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// The binary, pointed at a place.
pub(crate) fn binary(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dubbelspoor-server"));
    command.env("RUST_LOG", "error").env("DATABASE_URL", &place.url);
    command.arg("--data").arg(place.folder.path()).kill_on_drop(true);
    command
}

impl Process {
    pub(crate) async fn start(place: &Place) -> Process {
        let mut command = binary(place);
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().unwrap();
        let address = line.strip_prefix("listening on ").unwrap().parse().unwrap();
        Process { child, address }
    }

    /// SIGKILL: no goodbye, no flush.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM, and how it ended.
    pub(crate) async fn ask_to_end(mut self) -> bool {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        self.child.wait().await.unwrap().success()
    }
}
