//! The mail catcher's SMTP side: takes every mail on loopback and keeps the newest.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::mailbox::Mailbox;

const MAIL_MAX: usize = 1024 * 1024;

/// Takes mail until the listener breaks.
pub async fn serve(listener: TcpListener, mailbox: Mailbox) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let mailbox = mailbox.clone();
        tokio::spawn(async move {
            let _ = talk(stream, &mailbox).await;
        });
    }
}

async fn talk(stream: TcpStream, mailbox: &Mailbox) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    let mut to = Vec::new();
    let mut line = String::new();
    write.write_all(b"220 mfa-gate demo\r\n").await?;
    loop {
        line.clear();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let upper = line.trim().to_ascii_uppercase();
        let reply: &[u8] = match upper.split([' ', ':']).next().unwrap_or("") {
            "EHLO" | "HELO" => b"250 mfa-gate demo\r\n",
            "MAIL" => {
                to.clear();
                b"250 ok\r\n"
            }
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or("").to_owned();
                to.push(address);
                b"250 ok\r\n"
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let raw = read_mail(&mut lines).await?;
                mailbox.put(&to, &raw);
                b"250 kept\r\n"
            }
            "RSET" | "NOOP" => b"250 ok\r\n",
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => b"502 not known\r\n",
        };
        write.write_all(reply).await?;
    }
}

/// Up to the line with the single dot; a doubled dot at a line's start is one (RFC 5321, 4.5.2).
async fn read_mail(lines: &mut BufReader<tokio::net::tcp::OwnedReadHalf>) -> std::io::Result<Vec<u8>> {
    let mut raw = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).await? == 0 || line == b".\r\n" {
            return Ok(raw);
        }
        let text = line.strip_prefix(b".").unwrap_or(&line);
        if raw.len() + text.len() <= MAIL_MAX {
            raw.extend_from_slice(text);
        }
    }
}
