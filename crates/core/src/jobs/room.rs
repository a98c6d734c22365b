//! How many pixels are unpacked at a time: threads are many, and memory is not.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Pixels that may be unpacked side by side. Work takes up to twelve bytes for each of
/// them (its colours, those of the picture that is made, and numbers between the two),
/// so this many are a gigabyte at most; a larger picture waits until it is alone.
const MOST: u64 = 96_000_000;

static ROOM: Room = Room { taken: Mutex::new(0), freed: Condvar::new() };

struct Room {
    /// How many are taken.
    taken: Mutex<u64>,
    freed: Condvar,
}

/// What is taken, until it is dropped: also when the work panics.
struct Taken<'a> {
    room: &'a Room,
    pixels: u64,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.room.taken() -= self.pixels;
        self.room.freed.notify_all();
    }
}

impl Room {
    fn taken(&self) -> MutexGuard<'_, u64> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room for so many.
    ///
    /// Whoever holds room asks for none: nobody waits for itself. Whoever has nothing beside
    /// it is let in however much it wants: nobody waits for ever.
    fn take(&self, pixels: u64) -> Taken<'_> {
        let is_full = |taken: &mut u64| *taken > 0 && *taken + pixels > MOST;
        let waited = self.freed.wait_while(self.taken(), is_full);
        *waited.unwrap_or_else(PoisonError::into_inner) += pixels;
        Taken { room: self, pixels }
    }
}

/// Does work on a picture of so many pixels, when there is room for them. The work
/// itself asks for no room.
pub fn with_room_for<T>((width, height): (u32, u32), work: impl FnOnce() -> T) -> T {
    let _taken = ROOM.take(u64::from(width) * u64::from(height));
    work()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn no_more_is_unpacked_at_a_time_than_there_is_room_for() {
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        // three quarters of the room each, one more than all of it, and small ones between
        let pixels = [MOST / 4 * 3, 5, MOST / 4 * 3, MOST + 7, 9, MOST / 8];
        let room = Room { taken: Mutex::new(0), freed: Condvar::new() };
        std::thread::scope(|scope| {
            for pixels in pixels.repeat(8) {
                let (room, now, most) = (&room, &now, &most);
                scope.spawn(move || {
                    let _taken = room.take(pixels);
                    let all = now.fetch_add(pixels, Ordering::SeqCst) + pixels;
                    most.fetch_max(if pixels > MOST { all - pixels } else { all }, Ordering::SeqCst);
                    now.fetch_sub(pixels, Ordering::SeqCst);
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= MOST);
        assert_eq!(*room.taken(), 0);
    }
}
