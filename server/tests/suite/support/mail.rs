//! A mail server: it speaks as much SMTP as a mail needs, and keeps what it was given.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// As it came over the line.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) to: String,
    pub(crate) text: String,
}

#[derive(Clone)]
pub(crate) struct MailServer {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<Mail>>>,
    refuses: Arc<AtomicBool>,
}

impl MailServer {
    pub(crate) async fn open() -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let it = MailServer {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
            refuses: Arc::default(),
        };
        let answering = it.clone();
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                let answering = answering.clone();
                tokio::spawn(async move { answering.speak(line).await });
            }
        });
        it
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// From now on it takes nothing, or everything again.
    pub(crate) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }

    pub(crate) fn taken(&self) -> Vec<Mail> {
        self.taken.lock().unwrap().clone()
    }

    async fn speak(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut mail = Mail { to: String::new(), text: String::new() };
        write.write_all(b"220 here\r\n").await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            let word = line.split([' ', ':']).next()?.to_uppercase();
            let answer = match word.as_str() {
                "MAIL" if self.refuses.load(Ordering::Relaxed) => "451 later",
                "RCPT" => {
                    mail.to = line.split(['<', '>']).nth(1)?.to_owned();
                    "250 yes"
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    mail.text.clear();
                    while let Some(line) = lines.next_line().await.ok()?.filter(|it| it != ".") {
                        mail.text += &line;
                        mail.text += "\r\n";
                    }
                    self.taken.lock().unwrap().push(mail.clone());
                    "250 taken"
                }
                _ => "250 yes",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
        Some(())
    }
}
