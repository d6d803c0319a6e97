//! Follows the frames of HTTP/2 (RFC 9113, 4.1) that a client sends, to know whether something is on its way that may not
//! take its time: a head, the preface, any frame but a body's.

/// What a client says first (3.4).
const PREFACE: u8 = 24;
const FRAME_HEAD: usize = 9;
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;

/// Where a client is in what it sends; the bytes themselves pass by.
#[derive(Debug)]
pub(super) struct Heads {
    preface: u8,
    head: [u8; FRAME_HEAD],
    have: usize,
    /// Bytes of the frame that are still to come.
    left: usize,
    /// HEADERS came without END_HEADERS: nothing but its continuation may follow.
    is_head_open: bool,
}

impl Default for Heads {
    fn default() -> Self {
        Self { preface: PREFACE, head: [0; FRAME_HEAD], have: 0, left: 0, is_head_open: false }
    }
}

impl Heads {
    /// These bytes came.
    pub(super) fn pass(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.preface > 0 {
                let skip = bytes.len().min(usize::from(self.preface));
                self.preface -= skip as u8;
                bytes = &bytes[skip..];
            } else if self.left > 0 {
                let skip = bytes.len().min(self.left);
                self.left -= skip;
                bytes = &bytes[skip..];
            } else {
                let take = bytes.len().min(FRAME_HEAD - self.have);
                self.head[self.have..self.have + take].copy_from_slice(&bytes[..take]);
                self.have += take;
                bytes = &bytes[take..];
                if self.have == FRAME_HEAD {
                    self.begin_frame();
                }
            }
        }
    }

    fn begin_frame(&mut self) {
        let [a, b, c, kind, flags, ..] = self.head;
        self.have = 0;
        self.left = u32::from_be_bytes([0, a, b, c]) as usize;
        if matches!(kind, HEADERS | CONTINUATION) {
            self.is_head_open = flags & END_HEADERS == 0;
        }
    }

    /// Must more come soon?
    pub(super) fn are_open(&self) -> bool {
        self.preface > 0 || self.have > 0 || self.is_head_open || self.left > 0 && self.head[3] != DATA
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_to_go_on_is_known_however_the_bytes_are_cut() {
        let frame = |kind: u8, flags: u8, payload: &[u8]| {
            [&[0, (payload.len() >> 8) as u8, payload.len() as u8, kind, flags, 0, 0, 0, 1][..], payload].concat()
        };
        // Each piece, and whether something is open at its end.
        let pieces = [
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), false),
            (frame(4, 0, &[0; 12]), false),
            (frame(HEADERS, 0, b"abc"), true),
            (frame(CONTINUATION, 0, b"d"), true),
            (frame(CONTINUATION, END_HEADERS, b"e"), false),
            (frame(DATA, 0, &[7; 300]), false),
            (frame(HEADERS, END_HEADERS | 1, b""), false),
        ];
        for step in [1, 2, 5, 1000] {
            let mut heads = Heads::default();
            assert!(heads.are_open());
            for (piece, open) in &pieces {
                piece.chunks(step).for_each(|bytes| heads.pass(bytes));
                assert_eq!(heads.are_open(), *open, "{piece:?} by {step}");
            }
            // A body's frame takes its time; the head of one, and any other frame, doesn't.
            heads.pass(&frame(DATA, 0, &[7; 300])[..100]);
            assert!(!heads.are_open());
            heads.pass(&[7; 209]);
            heads.pass(&[0, 0, 8, 6]);
            assert!(heads.are_open());
            heads.pass(&[0, 0, 0, 0, 0, 1]);
            assert!(heads.are_open());
        }
    }
}
