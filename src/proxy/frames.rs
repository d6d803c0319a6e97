//! Where WebSocket frames (RFC 6455, 5.2) begin in a stream of bytes: only there may a frame of the gate's own stand.

/// Follows the frames of one direction; the bytes themselves pass by.
#[derive(Debug, Default)]
pub(super) struct Frames {
    head: [u8; 14],
    have: usize,
    /// Bytes of the payload that are still to come.
    left: u64,
}

impl Frames {
    /// These bytes passed.
    pub(super) fn pass(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.left > 0 {
                let skip = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
                self.left -= skip as u64;
                bytes = &bytes[skip..];
                continue;
            }
            self.head[self.have] = bytes[0];
            self.have += 1;
            bytes = &bytes[1..];
            if self.have >= 2 && self.have == self.head_length() {
                self.left = self.payload_length();
                self.have = 0;
            }
        }
    }

    /// Does the next byte begin a frame?
    pub(super) fn at_boundary(&self) -> bool {
        self.have == 0 && self.left == 0
    }

    fn head_length(&self) -> usize {
        let more = match self.head[1] & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        2 + more + if self.head[1] & 0x80 == 0 { 0 } else { 4 }
    }

    fn payload_length(&self) -> u64 {
        match self.head[1] & 0x7f {
            126 => u64::from(u16::from_be_bytes([self.head[2], self.head[3]])),
            127 => self.head[2..10].iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
            short => u64::from(short),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_found_however_the_bytes_are_cut() {
        let mut stream = Vec::new();
        let mut ends = vec![0];
        for (length, masked) in
            [(0usize, true), (5, false), (125, true), (126, false), (65_535, true), (65_536, false), (70_000, true)]
        {
            let mask = if masked { 0x80 } else { 0 };
            stream.push(0x82);
            match length {
                0..126 => stream.push(mask | length as u8),
                126..65_536 => {
                    stream.push(mask | 126);
                    stream.extend((length as u16).to_be_bytes());
                }
                _ => {
                    stream.push(mask | 127);
                    stream.extend((length as u64).to_be_bytes());
                }
            }
            stream.extend(std::iter::repeat_n(0x88, length + if masked { 4 } else { 0 }));
            ends.push(stream.len());
        }
        for step in [1, 2, 3, 7, 1000, stream.len()] {
            let mut frames = Frames::default();
            let mut at = 0;
            for piece in stream.chunks(step) {
                assert_eq!(frames.at_boundary(), ends.contains(&at), "at {at}, by {step}");
                frames.pass(piece);
                at += piece.len();
            }
            assert!(frames.at_boundary());
        }
    }
}
