//! The stages of a build: how long each takes, and which is told of now.

use super::progress::Progress;
use std::time::Instant;

/// Takes the time of the stages, and tells of each when it begins.
pub(super) struct Watch {
    stage: (&'static str, Instant),
    pub(super) laps: Vec<(&'static str, f64)>,
    progress: Progress,
}

impl Watch {
    pub(super) fn start(stage: &'static str, progress: Progress) -> Watch {
        progress.at(stage);
        Watch { stage: (stage, Instant::now()), laps: Vec::new(), progress }
    }

    /// Another stage begins.
    pub(super) fn turn_to(&mut self, stage: &'static str) {
        self.end();
        self.progress.at(stage);
        self.stage = (stage, Instant::now());
    }

    pub(super) fn end(&mut self) {
        let (stage, began) = self.stage;
        self.laps.push((stage, began.elapsed().as_secs_f64()));
    }
}
