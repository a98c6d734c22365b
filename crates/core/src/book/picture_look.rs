//! What an author says of how a picture is shown, as a whole on its way from the braces behind the picture
//! (`pair` in `manuscript::attrs`) to both editions: `look_classes` of `epub::doc`, and for print `picture_size` and
//! `line_picture_size` in `typeset::compose`. A new attribute is a field here; CONTRIBUTING.md lists what follows. What
//! is not about size goes on from there with the placed picture, through `pages` into `pdf`.

use super::Width;

/// How a picture is shown; what is not said follows from the style.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct PictureLook {
    /// How wide the author wants it.
    pub width: Option<Width>,
}
