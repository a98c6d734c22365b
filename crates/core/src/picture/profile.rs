//! Colours that mean something else than sRGB: by the ICC profile that came
//! with a picture, or in the inks of a press.
//!
//! The profile is asked for curves, a matrix and the nodes of a lattice alone;
//! each pixel is computed here. So the same picture becomes the same bytes on
//! every processor, whatever instructions it has.
//!
//! Screens and cameras have profiles of three curves and a matrix (ICC.1:2022
//! §F.3): those are followed exactly, since a lattice is off by up to 20 levels
//! of 255 where colours leave the gamut of sRGB. Presses and scanners have
//! tables of 9 to 33 levels to a side themselves: there a lattice will do.

use super::Refusal;
use super::jpeg::Inks;
use crate::narrow::Nearest;
use crate::press_profile::FOGRA39;
use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformOptions};
use std::sync::OnceLock;

/// Levels of a lattice for three channels and for four.
const GRIDS: [usize; 2] = [33, 17];
/// Colours that differ by so little are the same to the eye, in parts of one.
const ALIKE: f64 = 1.6 / 255.0;

/// A profile of grey or colour that we can read.
pub(super) struct Profile(ColorProfile);

impl Profile {
    /// Reads a profile; none when it is not one.
    pub(super) fn read(bytes: &[u8]) -> Option<Profile> {
        ColorProfile::new_from_slice(bytes).ok().map(Profile)
    }

    /// Whether pictures look the same without the profile.
    pub(super) fn is_srgb(&self) -> bool {
        let Some(channels) = self.channels().filter(|channels| *channels < 4) else { return true };
        let nodes = nodes(9, channels);
        let Some(made) = self.colours(&nodes, channels) else { return true };
        let wanted = nodes.chunks_exact(channels).flat_map(|node| match node {
            [level] => [*level; 3],
            _ => [node[0], node[1], node[2]],
        });
        made.iter().zip(wanted).all(|(made, wanted)| (made - wanted).abs() < ALIKE)
    }

    fn channels(&self) -> Option<usize> {
        match self.0.color_space {
            DataColorSpace::Gray => Some(1),
            DataColorSpace::Rgb => Some(3),
            DataColorSpace::Cmyk => Some(4),
            _ => None,
        }
    }

    /// What colours are in sRGB: three parts for each of `channels` parts, from
    /// 0 to 1; none for a profile that cannot be used.
    fn colours(&self, nodes: &[f64], channels: usize) -> Option<Vec<f64>> {
        let layout = match channels {
            1 => Layout::Gray,
            3 => Layout::Rgb,
            _ => Layout::Rgba,
        };
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            allow_use_cicp_transfer: false,
            ..TransformOptions::default()
        };
        let srgb = ColorProfile::new_srgb();
        let transform = self.0.create_transform_f64(layout, &srgb, Layout::Rgb, options).ok()?;
        let mut made = vec![0.0; nodes.len() / channels * 3];
        transform.transform(nodes, &mut made).ok()?;
        Some(made)
    }

    /// The picture in sRGB; as it is when the profile is not for its colours.
    pub(super) fn to_srgb(&self, pixels: DynamicImage) -> DynamicImage {
        let made = match (self.channels(), pixels.color().has_color()) {
            (Some(1), false) => self.grays().map(|table| {
                let mut pixels = pixels.to_luma_alpha8();
                pixels.pixels_mut().for_each(|pixel| pixel.0[0] = table[usize::from(pixel.0[0])]);
                pixels.into()
            }),
            (Some(3), true) => self.of_pixel().map(|colour| {
                let mut pixels = pixels.to_rgba8();
                for pixel in pixels.pixels_mut() {
                    let [red, green, blue, alpha] = pixel.0;
                    let [red, green, blue] = colour([red, green, blue]);
                    pixel.0 = [red, green, blue, alpha];
                }
                pixels.into()
            }),
            _ => None,
        };
        made.unwrap_or(pixels)
    }

    /// What becomes of each pixel.
    fn of_pixel(&self) -> Option<Box<Conversion>> {
        if let Some(shaper) = Shaper::of(&self.0) {
            return Some(Box::new(move |levels| shaper.colour(levels)));
        }
        let lattice = Lattice::<3>::of(self, GRIDS[0])?;
        Some(Box::new(move |levels| lattice.colour(levels)))
    }

    /// What each level of grey is in sRGB.
    fn grays(&self) -> Option<Vec<u8>> {
        let made = self.colours(&nodes(256, 1), 1)?;
        Some(
            made.chunks_exact(3)
                .map(|colour| u8::nearest((colour[0].clamp(0.0, 1.0) * 255.0).round()))
                .collect(),
        )
    }
}

/// A picture in four inks, in sRGB: by its own profile, else by that of coated
/// paper, which programs mean when they say nothing.
pub(super) fn inks_to_srgb(inks: &Inks, profile: Option<&Profile>) -> Result<DynamicImage, Refusal> {
    /// Asked for once: it is the same for every picture.
    static USUAL: OnceLock<Option<Lattice<4>>> = OnceLock::new();
    let of = |profile: &Profile| Lattice::<4>::of(profile, GRIDS[1]);
    let own = profile.filter(|profile| profile.channels() == Some(4)).and_then(of);
    let usual = || USUAL.get_or_init(|| Profile::read(FOGRA39).as_ref().and_then(of)).as_ref();
    let unusable = || Refusal::unread("picture in four inks", &"its profile cannot be used");
    let lattice = own.as_ref().or_else(usual).ok_or_else(unusable)?;
    let (pixels, _) = inks.levels.as_chunks::<4>();
    let mut last = ([0; 4], lattice.colour([0; 4]));
    let mut levels = Vec::with_capacity(pixels.len() * 3);
    for pixel in pixels {
        if *pixel != last.0 {
            last = (*pixel, lattice.colour(*pixel));
        }
        levels.extend(last.1);
    }
    let picture = RgbImage::from_raw(inks.size.0, inks.size.1, levels);
    picture.map(DynamicImage::from).ok_or_else(|| Refusal::damaged("it has fewer pixels than it says"))
}

/// From the levels of one pixel to those of sRGB.
type Conversion = dyn Fn([u8; 3]) -> [u8; 3];

/// Three curves and a matrix.
struct Shaper {
    /// The light of each level of each channel, from 0 to 1.
    light: [Vec<f64>; 3],
    /// From that light to that of sRGB.
    matrix: [[f64; 3]; 3],
    /// The level of sRGB for each part of [`Shaper::STEPS`] of light.
    levels: Vec<u8>,
}

impl Shaper {
    /// So fine that the darkest levels, where the curve is steepest, keep their place.
    const STEPS: f64 = 16_384.0;

    fn of(profile: &ColorProfile) -> Option<Shaper> {
        let by_table = profile.lut_a_to_b_perceptual.is_some() || profile.lut_a_to_b_colorimetric.is_some();
        if by_table || !profile.is_matrix_shaper() {
            return None;
        }
        let curves = [&profile.red_trc, &profile.green_trc, &profile.blue_trc];
        let mut light = [Vec::new(), Vec::new(), Vec::new()];
        for (light, curve) in light.iter_mut().zip(curves) {
            let curve = curve.as_ref()?.make_linear_evaluator().ok()?;
            light.extend((0..=255u8).map(|level| f64::from(curve.evaluate_value(f32::from(level) / 255.0))));
        }
        let matrix = profile.transform_matrix(&ColorProfile::new_srgb()).v;
        let finite = light.iter().flatten().chain(matrix.iter().flatten()).all(|part| part.is_finite());
        let levels =
            (0..=usize::nearest(Self::STEPS)).map(|step| srgb_level(step as f64 / Self::STEPS)).collect();
        finite.then_some(Shaper { light, matrix, levels })
    }

    fn colour(&self, levels: [u8; 3]) -> [u8; 3] {
        let light: [f64; 3] = std::array::from_fn(|n| self.light[n][usize::from(levels[n])]);
        self.matrix.map(|row| {
            let part = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
            self.levels[usize::nearest((part.clamp(0.0, 1.0) * Self::STEPS).round())]
        })
    }
}

/// The level of sRGB that has so much light (IEC 61966-2-1 §5.2).
fn srgb_level(light: f64) -> u8 {
    let part = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    u8::nearest((part * 255.0).round())
}

/// All nodes of a lattice with `grid` levels to a side, the last channel
/// fastest.
fn nodes(grid: usize, channels: usize) -> Vec<f64> {
    let level = |index: usize, channel: usize| {
        let at = index / grid.pow(u32::nearest(channels - 1 - channel)) % grid;
        at as f64 / (grid - 1) as f64
    };
    (0..grid.pow(u32::nearest(channels)))
        .flat_map(|index| (0..channels).map(move |channel| level(index, channel)))
        .collect()
}

/// The sRGB colours of a lattice of levels in `N` channels.
struct Lattice<const N: usize> {
    grid: usize,
    nodes: Vec<[u16; 3]>,
}

impl<const N: usize> Lattice<N> {
    fn of(profile: &Profile, grid: usize) -> Option<Lattice<N>> {
        let made = profile.colours(&nodes(grid, N), N)?;
        let (made, _) = made.as_chunks::<3>();
        let whole = |part: f64| u16::nearest((part.clamp(0.0, 1.0) * 65535.0).round());
        Some(Lattice { grid, nodes: made.iter().map(|colour| colour.map(whole)).collect() })
    }

    /// The colour between the `2^N` nodes around it. With weights that add up
    /// to 255 in each channel, the products add up to `255^N`, and the sum of
    /// 16-bit nodes fits 64 bits for four channels.
    fn colour(&self, levels: [u8; N]) -> [u8; 3] {
        let last = self.grid - 1;
        let at = levels.map(|level| usize::from(level) * last);
        let low = at.map(|at| (at / 255).min(last - 1));
        let part: [usize; N] = std::array::from_fn(|n| at[n] - low[n] * 255);
        let mut sums = [0u64; 3];
        for corner in 0..1usize << N {
            let high = |n: usize| corner >> n & 1;
            let weight: u64 =
                (0..N).map(|n| if high(n) == 1 { part[n] } else { 255 - part[n] } as u64).product();
            if weight > 0 {
                let index = (0..N).fold(0, |index, n| index * self.grid + low[n] + high(n));
                for (sum, part) in sums.iter_mut().zip(self.nodes[index]) {
                    *sum += weight * u64::from(part);
                }
            }
        }
        let whole = 255u64.pow(u32::nearest(N)) * 257;
        sums.map(|sum| u8::nearest((sum + whole / 2) / whole))
    }
}
