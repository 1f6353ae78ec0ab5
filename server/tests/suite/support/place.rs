//! Real databases for the tests: SQLite in a folder that vanishes, PostgreSQL in a database of its own.
//!
//! `DUBBELSPOOR_TEST_POSTGRES` names a server where databases may be made. Without it the PostgreSQL half fails,
//! unless `DUBBELSPOOR_SKIP_POSTGRES=1` says that leaving it out is meant.

use dubbelspoor_server::store::{self, SharedStore};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use std::env;
use tempfile::TempDir;

/// Which database a test runs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A fresh database. Both the folder and the PostgreSQL database go when it is dropped.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: TempDir,
    postgres: Option<(String, String)>,
}

impl Place {
    /// `None` when PostgreSQL was left out on purpose.
    pub(crate) async fn new(kind: Kind) -> Option<Place> {
        let folder = tempfile::tempdir().unwrap();
        if kind == Kind::Sqlite {
            let url = format!("sqlite:{}", folder.path().join("test.db").display());
            return Some(Place { url, folder, postgres: None });
        }
        let Ok(server) = env::var("DUBBELSPOOR_TEST_POSTGRES") else {
            let left_out = env::var("DUBBELSPOOR_SKIP_POSTGRES").is_ok_and(|it| it == "1");
            assert!(
                left_out,
                "set DUBBELSPOOR_TEST_POSTGRES=postgres://... (or DUBBELSPOOR_SKIP_POSTGRES=1)"
            );
            return None;
        };
        let name = format!("dubbelspoor_{}", uuid::Uuid::new_v4().simple());
        let mut admin = PgConnection::connect(&server).await.unwrap();
        let create = format!("create database {name} template template0");
        sqlx::query(AssertSqlSafe(create)).execute(&mut admin).await.unwrap();
        let (base, _) = server.rsplit_once('/').unwrap();
        Some(Place { url: format!("{base}/{name}"), folder, postgres: Some((server, name)) })
    }

    /// What somebody with the database's password could do.
    pub(crate) async fn sql(&self, statements: &'static str) {
        if self.postgres.is_some() {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(statements).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(statements).execute(&mut connection).await.unwrap();
        }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    pub(crate) async fn open(&self) -> SharedStore {
        store::open(&self.url).await.unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else { return };
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut admin =
                    PgConnection::connect(&server).await.map_err(std::io::Error::other)?;
                let drop = format!("drop database {name} with (force)");
                let done = sqlx::query(AssertSqlSafe(drop)).execute(&mut admin).await;
                done.map(|_| ()).map_err(std::io::Error::other)
            })
        });
        if !matches!(dropped.join(), Ok(Ok(()))) {
            eprintln!("a test database was left behind");
        }
    }
}

/// One test per database for each named function, which takes a [`Place`].
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let place = $crate::support::place::Place::new($crate::support::place::Kind::Sqlite).await;
                if let Some(place) = place { super::$name(place).await; }
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                let place = $crate::support::place::Place::new($crate::support::place::Kind::Postgres).await;
                if let Some(place) = place { super::$name(place).await; }
            })*
        }
    };
}
