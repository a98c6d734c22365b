//! What an author says of how a picture is shown. It goes as a whole from the braces behind the picture
//! (`manuscript::attrs`) to both editions, so that a new attribute is a field here and is read where it counts.

use super::Width;

/// How a picture is shown; what is not said follows from the style.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct PictureLook {
    /// How wide the author wants it.
    pub width: Option<Width>,
}
