//! Opens a PDF within bounds. Its object streams are unpacked while it is opened, each of them whole, so they
//! are counted as they come; what is beyond the bounds refuses the file.

use super::MOST_BYTES;
use crate::bounds;
use crate::reason::Reason;
use lopdf::{Document, LoadOptions, Object, ObjectId};
use std::cell::Cell;

/// How many bytes an object stream unpacks to at most: writers put a hundred objects or two into one.
const MOST_TABLE: usize = 16 << 20;

thread_local! {
    /// What was met while a file is opened, on this thread: the filter of lopdf is a function, and holds nothing.
    static OBJECTS: Cell<usize> = const { Cell::new(0) };
    static UNPACKED: Cell<usize> = const { Cell::new(0) };
}

/// Opens a file.
///
/// # Errors
/// When it is damaged, or holds more than is read.
pub(super) fn load(bytes: &[u8]) -> Result<Document, Reason> {
    OBJECTS.set(0);
    UNPACKED.set(0);
    let options = LoadOptions {
        max_decompressed_size: Some(MOST_TABLE),
        filter: Some(counted),
        ..LoadOptions::default()
    };
    let file = Document::load_mem_with_options(bytes, options);
    for (sum, bound) in [(OBJECTS.get(), &bounds::PDF_OBJECTS), (UNPACKED.get(), &bounds::PDF_CONTENT)] {
        if bound.is_exceeded_by(sum) {
            return Err(format!("it has more than {}, which is the most", bound.most_in_words()).into());
        }
    }
    file.map_err(|error| {
        format!("it is a damaged PDF ({error}); open it in a reader and save it anew").into()
    })
}

/// Counts an object, and leaves it out beyond the bounds. The answer is the object only where it stands in an
/// object stream, and no stream does.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    OBJECTS.set(OBJECTS.get() + 1);
    let is_within = !bounds::PDF_OBJECTS.is_exceeded_by(OBJECTS.get());
    let Ok(stream) = object.as_stream() else { return is_within.then(|| (id, object.clone())) };
    if stream.dict.has_type(b"ObjStm") && !bounds::PDF_CONTENT.is_exceeded_by(UNPACKED.get()) {
        let length = stream.get_plain_content_with_limit(MOST_BYTES).map_or(0, |plain| plain.len());
        UNPACKED.set(UNPACKED.get() + length);
    }
    (is_within && !bounds::PDF_CONTENT.is_exceeded_by(UNPACKED.get())).then_some((id, Object::Null))
}
