//! The commands of the server.

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand, ValueEnum};
use dubbelspoor_domain::Day;
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_server::app::{Server, Settings, Shared};
use dubbelspoor_server::centre;
use dubbelspoor_server::check::check;
use dubbelspoor_server::config::{Front, LogFormat, Place};
use dubbelspoor_server::curriculum;
use dubbelspoor_server::invite::{Invitation, invite};
use dubbelspoor_server::limits::Allowance;
use dubbelspoor_server::serve::{asked_to_end, serve};
use dubbelspoor_server::{demo, noted, now, random, store};
use qrcodegen::{QrCode, QrCodeEcc};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "dubbelspoor", about = "The sync server of Dubbelspoor, with the app inside.")]
struct Cli {
    #[command(flatten)]
    place: Place,
    /// How the log looks. What is logged: RUST_LOG.
    #[arg(long, env = "DUBBELSPOOR_LOG", value_enum, default_value = "text", global = true)]
    log: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer phones.
    Serve(Front),
    /// Play with an invented centre: three courses, nine cursisten, eight weeks.
    Demo(Demo),
    /// Begin a centre, and invite who runs it.
    Centre(NewCentre),
    /// Invite somebody for one more device.
    Invite(Invite),
    /// Put a curriculum (JSON, CSV, CASE) into the plan of a dossier. Without --write it shows what would change.
    Curriculum(FromFile),
    /// Write everything into one file, for any database.
    Backup {
        /// The file; one that is there is replaced once the new one is whole.
        to: PathBuf,
    },
    /// Replace everything by a backup. Stop the server first. Phones give back what is missing.
    Restore {
        /// The file.
        from: PathBuf,
    },
    /// Read everything again and report what does not hold.
    Check,
}

#[derive(clap::Args)]
struct Demo {
    #[command(flatten)]
    front: Front,
    /// Go on with the demo of last time.
    #[arg(long)]
    keep: bool,
    /// How many invitations per role.
    #[arg(long, default_value_t = 1)]
    links: usize,
    /// So many entries more for the cursist, to try long lists.
    #[arg(long, default_value_t = 0)]
    entries: usize,
    /// So many cursisten with a full year behind them, all with one coach, instead of the nine.
    #[arg(long, default_value_t = 0)]
    years: usize,
}

#[derive(clap::Args)]
struct NewCentre {
    #[command(flatten)]
    front: Front,
    /// What it is called.
    #[arg(long)]
    name: String,
    /// The full name of the first administrator.
    #[arg(long)]
    administrator: String,
}

#[derive(clap::Args)]
struct Invite {
    #[command(flatten)]
    front: Front,
    /// Somebody who is known already: their number. With --dossier they get a role there too.
    #[arg(long, conflicts_with = "name")]
    person: Option<String>,
    /// Somebody new: their full name.
    #[arg(long, required_unless_present = "person")]
    name: Option<String>,
    /// What they are in the dossier.
    #[arg(long, value_enum, default_value = "cursist")]
    role: RoleName,
    /// The dossier's number; without it a new dossier is begun.
    #[arg(long)]
    dossier: Option<String>,
    /// The number of the centre to which a new dossier belongs.
    #[arg(long, conflicts_with = "dossier")]
    of_centre: Option<String>,
}

#[derive(clap::Args)]
struct FromFile {
    #[command(flatten)]
    front: Front,
    /// The file.
    file: PathBuf,
    /// The dossier's number.
    #[arg(long)]
    dossier: String,
    /// Write it.
    #[arg(long)]
    write: bool,
}

#[derive(ValueEnum, Clone, Copy)]
enum RoleName {
    Cursist,
    Mentor,
    Trajectbegeleider,
    Leraar,
    Beheerder,
    Lezer,
}

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    start_log(cli.log);
    cli.place.prepare()?;
    match &cli.command {
        Command::Serve(front) => run(&cli.place, front).await,
        Command::Demo(it) => run_demo(&cli.place, it).await,
        Command::Centre(it) => run_centre(&cli.place, it).await,
        Command::Invite(it) => run_invite(&cli.place, it).await,
        Command::Curriculum(it) => run_curriculum(&cli.place, it).await,
        Command::Backup { to } => {
            let store = store::open(&cli.place.database()).await?;
            store.backup(to).await.context("no backup was made")
        }
        Command::Restore { from } => {
            let store = store::open(&cli.place.database()).await?;
            store.restore(from).await.context("nothing was changed")?;
            noted::forget(cli.place.folder()).context("cannot remove the noted heads")
        }
        Command::Check => run_check(&cli.place).await,
    }
}

fn start_log(format: LogFormat) {
    let chosen = EnvFilter::try_from_default_env();
    let filter = chosen.unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

async fn start(place: &Place, heads: Option<&Path>, front: &Front) -> Result<Shared> {
    let store = store::open(&place.database()).await.context("cannot open the database")?;
    let settings = Settings {
        origin: front.origin()?,
        centre: front.centre.clone(),
        proxies: front.proxies.clone(),
        mailer: front.mailer()?,
        allowance: Allowance::default(),
    };
    Ok(Server::start(store, heads, settings).await?)
}

async fn run(place: &Place, front: &Front) -> Result<()> {
    let end = asked_to_end()?;
    let server = start(place, Some(place.folder()), front).await?;
    let listener = TcpListener::bind(front.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", front.listen))?;
    println!("listening on {}", listener.local_addr()?);
    serve(server, listener, end).await
}

/// The demo has a folder of its own: it begins by emptying it.
async fn run_demo(place: &Place, demo: &Demo) -> Result<()> {
    let place =
        Place { data: place.folder().join("demo"), database_url: place.database_url.clone() };
    if !demo.keep && place.folder().exists() {
        std::fs::remove_dir_all(place.folder()).context("cannot empty the demo's folder")?;
    }
    place.prepare()?;
    let end = asked_to_end()?;
    let server = start(&place, Some(place.folder()), &demo.front).await?;
    let today = Day::of_millis(now()).0;
    let is_empty = server.store().people().await?.is_empty();
    if is_empty && demo.years > 0 {
        demo::seed_years(&server, today, demo.years, |name| println!("a year of {name}")).await?;
    } else if is_empty {
        demo::seed(&server, today, |name| println!("eight weeks of {name}")).await?;
        demo::write_many(&server, today, demo.entries).await?;
    }
    let listener = TcpListener::bind(demo.front.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", demo.front.listen))?;
    for _ in 0..demo.links {
        for it in demo::players(&server).await? {
            println!(
                "{:<18} {:<18} {}   {}",
                it.role, it.name, it.invitation.link, it.invitation.code
            );
        }
    }
    println!(
        "Open each link in a browser window of its own: one person, one device. Ctrl-C ends the demo."
    );
    println!("listening on {}", listener.local_addr()?);
    serve(server, listener, end).await
}

async fn run_check(place: &Place) -> Result<()> {
    let front = Front::default();
    let report = check(&*start(place, None, &front).await?).await?;
    report.faults.iter().for_each(|it| println!("{it}"));
    println!("{} dossiers, {} events", report.dossiers, report.events);
    if report.faults.is_empty() { Ok(()) } else { bail!("{} faults", report.faults.len()) }
}

async fn run_curriculum(place: &Place, asked: &FromFile) -> Result<()> {
    let bytes = std::fs::read(&asked.file).context("the file cannot be read")?;
    let found = match curriculum::read(&bytes) {
        Ok(found) => found,
        Err(faults) => {
            faults.iter().for_each(|it| println!("{}", curriculum::in_words(it)));
            bail!("{} faults; nothing was written", faults.len());
        }
    };
    let dossier = DossierId::from_hex(&asked.dossier).context("--dossier is 32 hex digits")?;
    let server = start(place, None, &asked.front).await?;
    let preview = curriculum::preview_in(&server, dossier, &found).await?;
    for (what, goals) in [("new", &preview.new), ("changed", &preview.changed)] {
        for it in goals {
            println!("{what:<9} {:<12} {} ({})", it.goal, it.title.nl, it.competences.len());
        }
    }
    preview.stays.iter().for_each(|code| println!("{:<9} {code:<12} is not in the file", "stays"));
    for it in &found.assumed {
        println!("{:<9} {}", "assumed", curriculum::assumed_in_words(*it));
    }
    let (new, changed) = (preview.new.len(), preview.changed.len());
    println!("{new} new, {changed} changed, {} the same", preview.same);
    if asked.write {
        curriculum::write(&server, dossier, &preview).await?;
        println!("written");
    }
    Ok(())
}

async fn run_invite(place: &Place, asked: &Invite) -> Result<()> {
    let server = start(place, None, &asked.front).await?;
    let person = match (&asked.person, &asked.name) {
        (Some(number), _) => PersonId::from_hex(number).context("--person is 32 hex digits")?,
        (None, Some(_)) => PersonId(random()?),
        (None, None) => bail!("--name or --person"),
    };
    if let Some(name) = &asked.name {
        add(&server, person, name, asked).await?;
    }
    let known = server.store().person(person).await?.context("nobody has that number")?;
    if asked.name.is_none() && asked.dossier.is_some() {
        add(&server, person, &known.name, asked).await?;
    }
    show(&known.name, person, &invite(&server, person).await?)
}

async fn run_centre(place: &Place, asked: &NewCentre) -> Result<()> {
    let server = start(place, None, &asked.front).await?;
    let dossier = centre::begin(&server, &asked.name).await?;
    let person = PersonId(random()?);
    let first = (person, asked.administrator.as_str(), Role::Administrator);
    centre::add(&server, dossier, None, &[first]).await?;
    println!("centre      {dossier} ({})", asked.name);
    show(&asked.administrator, person, &invite(&server, person).await?)
}

/// Writes a person and their role into a dossier.
async fn add(server: &Server, person: PersonId, name: &str, asked: &Invite) -> Result<()> {
    let number = |it: &str| DossierId::from_hex(it).context("a dossier's number is 32 hex digits");
    let dossier = match &asked.dossier {
        Some(it) => number(it)?,
        None => DossierId(random()?),
    };
    let of = asked.of_centre.as_deref().map(number).transpose()?;
    centre::add(server, dossier, of, &[(person, name, asked.role.into())]).await?;
    println!("dossier     {dossier}");
    Ok(())
}

fn show(name: &str, person: PersonId, invitation: &Invitation) -> Result<()> {
    println!("person      {person} ({name})");
    println!("link        {}", invitation.link);
    println!("short code  {}   (once, within 7 days)", invitation.code);
    let code = QrCode::encode_text(&invitation.link, QrCodeEcc::Medium)?;
    let dark = |x, y| code.get_module(x, y);
    for y in (-2..code.size() + 2).step_by(2) {
        let line = (-2..code.size() + 2).map(|x| match (dark(x, y), dark(x, y + 1)) {
            (true, true) => ' ',
            (true, false) => '▄',
            (false, true) => '▀',
            (false, false) => '█',
        });
        println!("{}", line.collect::<String>());
    }
    Ok(())
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::Cursist => Role::Learner,
            RoleName::Mentor => Role::Mentor,
            RoleName::Trajectbegeleider => Role::Coach,
            RoleName::Leraar => Role::Teacher,
            RoleName::Beheerder => Role::Administrator,
            RoleName::Lezer => Role::Reader,
        }
    }
}
