//! A server on the loopback that keeps what it is sent, and answers from a function.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A request as it arrived.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// `POST /api/v1/audiences`
    pub(crate) line: String,
    /// In lower case.
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

/// The address, and what arrives there. Serves until the test ends.
pub(crate) fn serve(
    answer: impl Fn(&Arrived) -> String + Send + 'static,
) -> (String, Receiver<Arrived>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let arrived = read(&stream);
            let body = answer(&arrived);
            let length = body.len();
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            (&stream).write_all((head + &body).as_bytes()).unwrap();
            if sender.send(arrived).is_err() {
                return;
            }
        }
    });
    (address, receiver)
}

fn read(stream: &TcpStream) -> Arrived {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let headers: Vec<String> = lines
        .iter()
        .skip(1)
        .map(|line| line.to_lowercase())
        .collect();
    let length = headers
        .iter()
        .find_map(|header| header.strip_prefix("content-length: "));
    let length = length.map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let line = lines[0].rsplit_once(' ').unwrap().0.to_owned();
    Arrived {
        line,
        headers,
        body: String::from_utf8(body).unwrap(),
    }
}

/// Whether there is a curl to send with. A machine that has only Rust still tests the rest.
pub(crate) fn has_curl() -> bool {
    let found = Command::new("curl").arg("--version").output().is_ok();
    if !found {
        eprintln!("NOT TESTED: there is no curl on this machine");
    }
    found
}
