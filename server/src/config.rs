//! How a server is set up: flags, and the same by environment.

use crate::reminding::Mailer;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

/// Where the data is: enough for every command.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Folder for the database and for what is noted beside it; made on first start.
    #[arg(long, env = "DUBBELSPOOR_DATA", default_value = "dubbelspoor-data")]
    pub data: PathBuf,
    /// postgres://… instead of SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL")]
    pub database_url: Option<String>,
}

/// How `serve` answers.
#[derive(Args, Clone, Debug)]
pub struct Front {
    /// Address to listen on.
    #[arg(long, env = "DUBBELSPOOR_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The address that people type. Phones need https; http only works for localhost.
    #[arg(long, env = "DUBBELSPOOR_URL", default_value = "http://localhost:8080")]
    pub url: String,
    /// Addresses of reverse proxies whose X-Forwarded-For may be believed.
    #[arg(long, env = "DUBBELSPOOR_PROXIES", value_delimiter = ',')]
    pub proxies: Vec<IpAddr>,
    /// The centre's name, for people whose dossier does not name one yet.
    #[arg(long, env = "DUBBELSPOOR_CENTRE", default_value = "")]
    pub centre: String,
    /// The mail server for reminders, smtps://name:password@host; without one nobody is reminded by e-mail.
    #[arg(long, env = "DUBBELSPOOR_MAIL", hide_env_values = true, requires = "mail_from")]
    pub mail: Option<String>,
    /// Who writes them: Dubbelspoor <dubbelspoor@school.example>.
    #[arg(long, env = "DUBBELSPOOR_MAIL_FROM")]
    pub mail_from: Option<String>,
}

/// How the log looks.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one object per line.
    Json,
}

impl Default for Front {
    fn default() -> Front {
        Front {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            url: "http://localhost:8080".to_owned(),
            proxies: Vec::new(),
            centre: String::new(),
            mail: None,
            mail_from: None,
        }
    }
}

impl Place {
    /// The database's URL.
    pub fn database(&self) -> String {
        let file = || format!("sqlite:{}", self.data.join("dubbelspoor.db").display());
        self.database_url.clone().unwrap_or_else(file)
    }

    /// Makes the data folder, for its owner only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn prepare(&self) -> Result<()> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.data)
            .with_context(|| format!("cannot make the data folder {}", self.data.display()))
    }

    /// The folder, for files beside the database.
    pub fn folder(&self) -> &Path {
        &self.data
    }
}

impl Front {
    /// The way to the mail server, where one is named.
    ///
    /// # Errors
    /// When its address, or the writer's, cannot be read.
    pub fn mailer(&self) -> Result<Option<Mailer>> {
        let (Some(mail), Some(from)) = (&self.mail, &self.mail_from) else { return Ok(None) };
        Mailer::new(mail, from).map(Some)
    }

    /// Scheme, host and port, as a browser names where a page comes from.
    ///
    /// # Errors
    /// When it is not an address on which phones can work.
    pub fn origin(&self) -> Result<String> {
        let url = self.url.trim_end_matches('/');
        let (scheme, rest) = url.split_once("://").context("--url needs https:// in front")?;
        let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
        let local = ["localhost", "127.0.0.1", "[::1]"].contains(&host);
        match scheme {
            _ if rest.is_empty() || rest.contains('/') => bail!("--url is a host without a path"),
            "https" => Ok(url.to_lowercase()),
            "http" if local => Ok(url.to_lowercase()),
            _ => bail!("phones keep keys and work offline on https only; --url is {url}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(url: &str) -> Option<String> {
        let front = Front { url: url.to_owned(), ..Front::default() };
        front.origin().ok()
    }

    #[test]
    fn only_addresses_on_which_phones_can_work() {
        assert_eq!(origin("https://Leren.be/").as_deref(), Some("https://leren.be"));
        assert_eq!(origin("http://localhost:8080").as_deref(), Some("http://localhost:8080"));
        assert_eq!(origin("http://[::1]:8080").as_deref(), Some("http://[::1]:8080"));
        for no in
            ["http://leren.be", "leren.be", "https://leren.be/app", "https://", "http://10.0.0.5"]
        {
            assert_eq!(origin(no), None, "{no}");
        }
    }
}
