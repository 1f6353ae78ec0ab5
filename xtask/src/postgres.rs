//! A PostgreSQL server of our own for the time of the tests: a free port, a folder that goes away, no password.

use crate::place::{answer, find};
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Stopped and removed when it goes out of scope, and by the kernel when this process dies.
pub(crate) struct Postgres {
    server: Child,
    folder: PathBuf,
    port: u16,
}

/// The folder with PostgreSQL's programs: the newest of Debian's, which are off the PATH, or else the one on it.
pub(crate) fn programs() -> Option<PathBuf> {
    let on_path = find(&["initdb"]).and_then(|path| path.canonicalize().ok());
    let mut folders: Vec<PathBuf> =
        on_path.iter().filter_map(|path| Some(path.parent()?.to_path_buf())).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    folders.extend(versions.into_iter().flatten().flatten().map(|it| it.path().join("bin")));
    folders.sort();
    let whole =
        |it: &PathBuf| ["initdb", "postgres", "pg_isready"].iter().all(|x| it.join(x).is_file());
    folders.into_iter().rfind(whole)
}

impl Postgres {
    pub(crate) fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is missing: cargo xtask setup")?;
        let folder =
            std::env::temp_dir().join(format!("dubbelspoor-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let is_root = answer(Command::new("id").arg("-u")).as_deref() == Some("0");
        if is_root {
            succeed(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let data = folder.join("data");
        succeed(
            as_server(&programs.join("initdb"), is_root)
                .args(["--username=dubbelspoor", "--auth=trust", "--encoding=UTF8", "--no-sync"])
                .arg(format!("--pgdata={}", data.display()))
                .current_dir(&folder),
        )?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::File::create(folder.join("log"))?;
        let server = as_server(&programs.join("postgres"), is_root)
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
            // A crash of the machine ends the tests as well; a crash of the server does not need fsync.
            .args(["-c", "fsync=off", "-c", "max_connections=200"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("postgres could not be started")?;
        let mut it = Self { server, folder, port };
        it.wait_until_ready(&programs)?;
        Ok(it)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://dubbelspoor@127.0.0.1:{}/postgres", self.port)
    }

    fn wait_until_ready(&mut self, programs: &Path) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(120);
        let port = self.port.to_string();
        loop {
            let asked = ["-h", "127.0.0.1", "-p", &port, "-U", "dubbelspoor", "-d", "postgres"];
            if answer(Command::new(programs.join("pg_isready")).args(asked)).is_some() {
                return Ok(());
            }
            if self.server.try_wait()?.is_some() || Instant::now() > deadline {
                let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGQUIT stops at once without writing anything back: the folder goes away anyhow.
        let pid = self.server.id().to_string();
        if succeed(Command::new("kill").args(["-QUIT", &pid])).is_err() {
            self.server.kill().ok();
        }
        self.server.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// PostgreSQL refuses to run as root; the kernel stops it when we die without saying so.
fn as_server(path: &Path, is_root: bool) -> Command {
    let mut command = Command::new("setpriv");
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.args(["--pdeathsig=QUIT"]).arg(path).env("LC_ALL", "C.UTF-8");
    command
}

fn succeed(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_answers_and_leaves_nothing_behind() {
        let postgres = Postgres::start().unwrap();
        let folder = postgres.folder.clone();
        let port = postgres.port;
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(postgres);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }
}
