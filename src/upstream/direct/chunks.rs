//! Takes chunks (RFC 9112, 7.1) apart, strictly: where two readers could see other ends, nothing more is read.

use bytes::{Buf, Bytes};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Odd;

/// What may stand behind a chunk's size, and behind the last chunk.
const EXTENSION_MAX: usize = 4 * 1024;
const TRAILERS_MAX: usize = 16 * 1024;
const TRAILER_FIELDS_MAX: usize = 64;
/// Digits of a size that fits into 64 bits.
const DIGITS_MAX: u8 = 16;

/// Where in a chunked body the next byte stands.
#[derive(Debug)]
pub(super) enum Chunks {
    Size {
        size: u64,
        digits: u8,
    },
    /// Blanks behind a size, as some servers fill it up with.
    Blank {
        size: u64,
        length: usize,
    },
    /// Up to the CR; nobody reads it.
    Extension {
        size: u64,
        length: usize,
    },
    SizeEnd {
        size: u64,
    },
    Data {
        left: u64,
    },
    DataCr,
    DataLf,
    Trailers(Vec<u8>),
    Over,
}

/// What comes of some bytes.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    Data(Bytes),
    Trailers(HeaderMap),
    /// It ended, without trailers.
    End,
    /// More has to be read.
    More,
}

impl Chunks {
    pub(super) fn new() -> Self {
        Self::Size { size: 0, digits: 0 }
    }

    /// The next piece of what was read.
    pub(super) fn next(&mut self, read: &mut Bytes) -> Result<Piece, Odd> {
        while !read.is_empty() {
            if let Self::Data { left } = self {
                let piece = read.split_to(usize::try_from(*left).unwrap_or(usize::MAX).min(read.len()));
                *left -= piece.len() as u64;
                if *left == 0 {
                    *self = Self::DataCr;
                }
                return Ok(Piece::Data(piece));
            }
            if let Some(ended) = self.pass(read.get_u8())? {
                return Ok(ended);
            }
        }
        Ok(Piece::More)
    }

    /// Goes on by one byte.
    fn pass(&mut self, byte: u8) -> Result<Option<Piece>, Odd> {
        *self = match (std::mem::replace(self, Self::Over), byte) {
            (Self::Size { size, digits }, _) if byte.is_ascii_hexdigit() && digits < DIGITS_MAX => {
                let digit = char::from(byte).to_digit(16).unwrap_or_default();
                Self::Size { size: size << 4 | u64::from(digit), digits: digits + 1 }
            }
            (Self::Size { size, digits: 1.. }, b'\r') => Self::SizeEnd { size },
            (Self::Size { size, digits: 1.. }, b' ' | b'\t') => Self::Blank { size, length: 0 },
            (Self::Blank { size, length }, b' ' | b'\t') if length < EXTENSION_MAX => Self::Blank { size, length: length + 1 },
            (Self::Size { size, digits: 1.. } | Self::Blank { size, .. }, b';') => Self::Extension { size, length: 0 },
            (Self::Blank { size, .. } | Self::Extension { size, .. }, b'\r') => Self::SizeEnd { size },
            (Self::Extension { size, length }, _) if byte != b'\n' && length < EXTENSION_MAX => {
                Self::Extension { size, length: length + 1 }
            }
            (Self::SizeEnd { size: 0 }, b'\n') => Self::Trailers(Vec::new()),
            (Self::SizeEnd { size }, b'\n') => Self::Data { left: size },
            (Self::DataCr, b'\r') => Self::DataLf,
            (Self::DataLf, b'\n') => Self::new(),
            (Self::Trailers(mut seen), _) if seen.len() < TRAILERS_MAX => {
                seen.push(byte);
                if seen == b"\r\n" {
                    return Ok(Some(Piece::End));
                }
                if seen.ends_with(b"\r\n\r\n") {
                    return trailers(&seen).map(|read| Some(Piece::Trailers(read)));
                }
                Self::Trailers(seen)
            }
            _ => return Err(Odd::Chunks),
        };
        Ok(None)
    }
}

fn trailers(seen: &[u8]) -> Result<HeaderMap, Odd> {
    let mut fields = [httparse::EMPTY_HEADER; TRAILER_FIELDS_MAX];
    // To a reader that takes a bare LF for a line's end they could be over before.
    if !seen.split_inclusive(|b| *b == b'\n').all(|line| line.ends_with(b"\r\n")) {
        return Err(Odd::Chunks);
    }
    let Ok(httparse::Status::Complete((_, fields))) = httparse::parse_headers(seen, &mut fields) else { return Err(Odd::Chunks) };
    let mut read = HeaderMap::with_capacity(fields.len());
    for field in fields {
        let name = HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| Odd::Chunks)?;
        read.append(name, HeaderValue::from_bytes(field.value).map_err(|_| Odd::Chunks)?);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything of a body, which comes in pieces of `step` bytes; and whether it ended.
    fn read(body: &[u8], step: usize) -> Result<(Vec<u8>, Option<Piece>, usize), Odd> {
        let (mut chunks, mut all, mut seen) = (Chunks::new(), Vec::new(), 0);
        for some in body.chunks(step) {
            let mut some = Bytes::copy_from_slice(some);
            seen += some.len();
            loop {
                match chunks.next(&mut some)? {
                    Piece::Data(data) => all.extend_from_slice(&data),
                    Piece::More => break,
                    end => return Ok((all, Some(end), seen - some.len())),
                }
            }
        }
        Ok((all, None, seen))
    }

    #[test]
    fn chunks_are_joined_however_they_are_cut() {
        let body = b"5\r\nhello\r\n1 \t;name=\"v\"\r\n \r\n00A  \r\nworld12345\r\n0\r\n\r\nHTTP/1.1";
        for step in 1..body.len() {
            let (all, end, used) = read(body, step).unwrap();
            assert_eq!((all.as_slice(), end), (&b"hello world12345"[..], Some(Piece::End)), "by {step}");
            assert_eq!(used, body.len() - 8, "what follows is not touched");
            let (_, end, _) = read(&body[..body.len() - 10], step).unwrap();
            assert_eq!(end, None, "it isn't over before it is");
        }
    }

    #[test]
    fn trailers_come_at_the_end() {
        let (all, end, _) = read(b"1\r\na\r\n0\r\ngrpc-status: 0\r\nx: \r\n\r\n", 3).unwrap();
        let Some(Piece::Trailers(trailers)) = end else { panic!("{end:?}") };
        assert_eq!((all.as_slice(), trailers.len(), &trailers["grpc-status"]), (&b"a"[..], 2, &HeaderValue::from_static("0")));
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_not_read() {
        for odd in [
            &b"\r\n"[..],
            b"x\r\n",
            b"-1\r\n",
            b"0x5\r\nhello\r\n",
            b" 5\r\nhello\r\n",
            b"+5\r\nhello\r\n",
            b"5\nhello\r\n",
            b"5\r\nhello!\r\n",
            b"5\r\nhello\n",
            b"5;a\nb\r\nhello\r\n",
            b"5 5\r\nhello\r\n",
            b"5 a\r\nhello\r\n",
            b"5\rhello",
            b"00000000000000005\r\nhello\r\n",
            b"fffffffffffffffff\r\n",
            b"0\r\nno field\r\n\r\n",
            b"0\r\n a: b\r\n\r\n",
            b"0\r\n\n\r\n\r\n",
            b"0\r\na: b\nc: d\r\n\r\n",
            b"0\r\na: b\n\nc: d\r\n\r\n",
        ] {
            assert!(read(odd, 1).is_err(), "{:?}", String::from_utf8_lossy(odd));
        }
        let long = [b"5;", &b"x".repeat(EXTENSION_MAX + 1)[..], b"\r\n"].concat();
        assert!(read(&long, 100).is_err());
        let long = [b"0\r\na: ", &b"x".repeat(TRAILERS_MAX)[..], b"\r\n\r\n"].concat();
        assert!(read(&long, 100).is_err());
    }
}
