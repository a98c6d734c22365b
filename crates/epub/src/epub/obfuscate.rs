//! Font obfuscation (EPUB 3.3 §4.4): the first bytes of each face are mixed
//! with the book's identifier, so that the file is of no use outside of it.

use super::xml::Xml;
use sha1_smol::Sha1;

/// How many bytes are mixed.
const MIXED: usize = 1040;
const ALGORITHM: &str = "http://www.idpf.org/2008/embedding";

/// Mixes a face with the identifier; the same again gives the face back.
pub(super) fn mix(face: &mut [u8], identifier: &str) {
    let bare: String = identifier.chars().filter(|c| !matches!(c, ' ' | '\t' | '\r' | '\n')).collect();
    let key = Sha1::from(bare.as_bytes()).digest().bytes();
    face.iter_mut().take(MIXED).zip(key.iter().cycle()).for_each(|(byte, key)| *byte ^= key);
}

/// `META-INF/encryption.xml`, which names the files that are mixed.
pub(super) fn encryption<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "encryption",
        &[
            ("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container"),
            ("xmlns:enc", "http://www.w3.org/2001/04/xmlenc#"),
        ],
    );
    xml.line();
    for path in paths {
        xml.open("enc:EncryptedData", &[]);
        xml.empty("enc:EncryptionMethod", &[("Algorithm", ALGORITHM)]);
        xml.open("enc:CipherData", &[]);
        xml.empty("enc:CipherReference", &[("URI", path)]);
        xml.close();
        xml.close_line();
    }
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixing_twice_gives_the_face_back() {
        let face: Vec<u8> = (0..2000u32).map(|n| (n % 251) as u8).collect();
        let mut mixed = face.clone();
        mix(&mut mixed, "urn:uuid: 7f1d6a52");
        assert_ne!(mixed[..MIXED], face[..MIXED]);
        assert_eq!(mixed[MIXED..], face[MIXED..]);
        mix(&mut mixed, " urn:uuid:\n7f1d6a52");
        assert_eq!(mixed, face);
    }

    #[test]
    fn the_key_is_the_sha_1_of_the_identifier() {
        let mut nothing = [0; 20];
        mix(&mut nothing, "abc");
        assert_eq!(nothing[..4], [0xa9, 0x99, 0x3e, 0x36]);
    }
}
