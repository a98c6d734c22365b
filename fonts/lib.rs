//! The faces that ship with pamphleteer, as files in memory: a crate of their own, since
//! they are two thirds of what the tool weighs and hardly ever change.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

/// The font files, the faces of a family side by side.
pub const FILES: [&[u8]; 12] = [
    include_bytes!("LibertinusSerif-Regular.otf"),
    include_bytes!("LibertinusSerif-Italic.otf"),
    include_bytes!("LibertinusSerif-Bold.otf"),
    include_bytes!("LibertinusSerif-BoldItalic.otf"),
    include_bytes!("LibertinusSans-Regular.otf"),
    include_bytes!("LibertinusSans-Italic.otf"),
    include_bytes!("LibertinusSans-Bold.otf"),
    include_bytes!("SourceCodePro-Regular.otf"),
    include_bytes!("EBGaramond-Regular.ttf"),
    include_bytes!("EBGaramond-Italic.ttf"),
    include_bytes!("EBGaramond-Bold.ttf"),
    include_bytes!("EBGaramond-BoldItalic.ttf"),
];
