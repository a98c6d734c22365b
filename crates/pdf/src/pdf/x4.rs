//! What makes a PDF/X-4 of a plain PDF (ISO 15930-7): output intent, metadata,
//! dates and identifiers, the same in every run.

use super::file::creators;
use super::icc;
use super::stand_in::Originals;
use crate::diag::Error;
use crate::pages::Info;
use crate::press_profile::FOGRA39;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};
use quick_xml::escape::escape;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What the file says it was made by.
pub(super) const TOOL: &str = concat!("Pamphleteer ", env!("CARGO_PKG_VERSION"));

/// What a condition is called that no registry has.
const CUSTOM: &str = "Custom";

/// The printing condition that a file is meant for.
pub(super) struct Intent {
    /// The condition's name in the registry, or `Custom`.
    pub(super) identifier: &'static str,
    /// The condition in words.
    pub(super) condition: &'static str,
    /// The ICC profile.
    pub(super) profile: Vec<u8>,
    /// How many colours it has.
    pub(super) components: i64,
}

impl Intent {
    /// Black ink alone.
    pub(super) fn gray() -> Intent {
        Intent { identifier: CUSTOM, condition: icc::CONDITION, profile: icc::gray_output(), components: 1 }
    }

    /// Four inks on coated paper.
    pub(super) fn colour() -> Intent {
        Intent {
            identifier: "FOGRA39",
            condition: "Coated paper, ISO 12647-2:2004/Amd 1",
            profile: FOGRA39.to_vec(),
            components: 4,
        }
    }
}

/// Reads a file that the PDF library has written, and puts the pictures in the places of
/// their stand-ins.
pub(super) fn read(bytes: &[u8], originals: &Originals<'_>) -> Result<Document, Error> {
    let mut document = Document::load_mem(bytes).map_err(|problem| trouble(&problem))?;
    originals.put_into(&mut document)?;
    Ok(document)
}

pub(super) fn trouble(problem: &lopdf::Error) -> Error {
    Error::new(format!("the press file cannot be finished: {problem}"))
}

/// Adds what PDF/X-4 asks of the whole file, and writes it.
pub(super) fn finish(mut document: Document, info: &Info, intent: Intent) -> Result<Vec<u8>, Error> {
    let id = fingerprint(&document, info);
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = Stream::new(packet, xmp(info, &id).into_bytes()).with_compression(false);
    let packet = document.add_object(packet);
    document.catalog_mut().map_err(|problem| trouble(&problem))?.set("Metadata", packet);
    identify(&mut document, info_dictionary(info), id, intent)?;
    document.version = "1.6".into();
    write(document)
}

/// Says in the file what it is, and for which press: what all parts of PDF/X
/// ask for.
pub(super) fn identify(
    document: &mut Document,
    facts: Dictionary,
    id: [u8; 16],
    intent: Intent,
) -> Result<(), Error> {
    let intent = output_intent(document, intent);
    let catalog = document.catalog_mut().map_err(|problem| trouble(&problem))?;
    catalog.set("OutputIntents", vec![Object::Reference(intent)]);
    let facts = document.add_object(facts);
    document.trailer.set("Info", facts);
    let id = Object::String(id.to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

fn output_intent(document: &mut Document, intent: Intent) -> ObjectId {
    let profile = compressed(dictionary! { "N" => intent.components }, intent.profile);
    let profile = document.add_object(profile);
    let words = |text: &str| Object::string_literal(text);
    let mut facts = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => words(intent.identifier),
        "OutputCondition" => words(intent.condition),
        "Info" => words(intent.condition),
        "DestOutputProfile" => profile,
    };
    if intent.identifier != CUSTOM {
        facts.set("RegistryName", words("http://www.color.org"));
    }
    document.add_object(facts)
}

/// Writes the file, everything but streams packed into object streams, which
/// PDF 1.6 has.
fn write(mut document: Document) -> Result<Vec<u8>, Error> {
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).compression_level(6);
    let mut bytes = Vec::new();
    document
        .save_with_options(&mut bytes, options.build())
        .map_err(|problem| Error::new(format!("the press file cannot be written: {problem}")))?;
    Ok(bytes)
}

/// A stream, packed.
pub(super) fn compressed(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    let mut stream = Stream::new(dictionary, content);
    // a stream that cannot be packed is as good unpacked
    let _ = stream.compress();
    stream
}

/// Sixteen bytes that depend on nothing but what the file holds.
pub(super) fn fingerprint(document: &Document, info: &Info) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(&info.identifier);
    for object in document.objects.values() {
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    id
}

/// What the file says of itself where readers of any age look.
pub(super) fn info_dictionary(info: &Info) -> Dictionary {
    let (year, month, day) = date(info);
    let moment = Object::string_literal(format!("D:{year:04}{month:02}{day:02}000000Z"));
    let mut dictionary = dictionary! {
        "Title" => lopdf::text_string(&info.title),
        "Creator" => Object::string_literal(TOOL),
        "Producer" => Object::string_literal(TOOL),
        "CreationDate" => moment.clone(),
        "ModDate" => moment,
        "Trapped" => "False",
    };
    let creators = creators(info);
    if !creators.is_empty() {
        dictionary.set("Author", lopdf::text_string(&creators.join(", ")));
    }
    if let Some(words) = &info.description {
        dictionary.set("Subject", lopdf::text_string(words));
    }
    dictionary
}

/// The day that the file claims to be of; the standard wants one even of a
/// book that gives none, and the clock is not asked.
fn date(info: &Info) -> (u16, u8, u8) {
    info.date.unwrap_or((2000, 1, 1))
}

fn xmp(info: &Info, id: &[u8; 16]) -> String {
    let (year, month, day) = date(info);
    let moment = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let id = uuid::Builder::from_custom_bytes(*id).into_uuid();
    let mut facts = String::new();
    let mut fact = |name: &str, value: &str| {
        let _ = writeln!(facts, "<{name}>{}</{name}>", escape(value));
    };
    for name in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
        fact(name, &moment);
    }
    fact("xmp:CreatorTool", TOOL);
    fact("pdf:Producer", TOOL);
    fact("pdf:Trapped", "False");
    fact("pdfxid:GTS_PDFXVersion", "PDF/X-4");
    fact("xmpMM:DocumentID", &format!("uuid:{id}"));
    fact("xmpMM:InstanceID", &format!("uuid:{id}"));
    fact("xmpMM:RenditionClass", "default");
    fact("xmpMM:VersionID", "1");
    fact("dc:format", "application/pdf");
    fact("dc:identifier", &info.identifier);
    facts.push_str(&lists(info));
    packet(&facts)
}

/// The facts that XMP wants as lists, one entry each.
fn lists(info: &Info) -> String {
    let words = |name: &str, text: &str| {
        let text = escape(text);
        format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></{name}>\n")
    };
    let list = |name: &str, kind: &str, text: &str| {
        format!("<{name}><rdf:{kind}><rdf:li>{}</rdf:li></rdf:{kind}></{name}>\n", escape(text))
    };
    let mut facts = words("dc:title", &info.title);
    let creators = creators(info);
    if !creators.is_empty() {
        facts.push_str(&list("dc:creator", "Seq", &creators.join(", ")));
    }
    for (name, text) in [("dc:description", &info.description), ("dc:rights", &info.rights)] {
        facts.extend(text.iter().map(|text| words(name, text)));
    }
    facts.extend(info.publisher.iter().map(|name| list("dc:publisher", "Bag", name)));
    facts.push_str(&list("dc:language", "Bag", &info.language));
    facts
}

fn packet(facts: &str) -> String {
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n\
         {facts}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}
