//! Makes a picture anew from its pixels. What else a file may hold does not come along: where and with what it was taken,
//! who owns the program that wrote it, a smaller picture of what was cut off, whatever follows its end.
//!
//! How large it is says its head, before any room is made for its pixels.

use super::Print;
use crate::domain::paper::{MediaType, Picture};
use crate::domain::transition::Reason;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Cursor;

/// How large a picture may be.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes as it comes; made anew it may have twice as many.
    pub bytes: usize,
    /// Pixels.
    pub pixels: usize,
}

/// Faces and letters stay plain at it.
const QUALITY: u8 = 88;

/// Room for the pixels of a picture: 8 bytes each, and as much again for the work on them.
const BYTES_A_PIXEL: u64 = 16;

/// The picture in a text of base64, made anew.
///
/// # Errors
///
/// `NOT_A_PICTURE`, `PICTURE_TOO_LARGE`.
pub fn printed(text: &str, bounds: Bounds) -> Result<Print, Reason> {
    // Not even looked at where it cannot be small enough.
    if text.len() / 4 * 3 > bounds.bytes + 3 {
        return Err(Reason::PictureTooLarge);
    }
    let bytes = STANDARD.decode(text).map_err(|_| Reason::NotAPicture)?;
    if bytes.len() > bounds.bytes {
        return Err(Reason::PictureTooLarge);
    }
    let format = image::guess_format(&bytes).map_err(|_| Reason::NotAPicture)?;
    let media_type = match format {
        ImageFormat::Jpeg => MediaType::Jpeg,
        ImageFormat::Png => MediaType::Png,
        _ => return Err(Reason::NotAPicture),
    };
    let pixels = read(&bytes, format, bounds)?;
    let content = written(&pixels, media_type).map_err(|_| Reason::NotAPicture)?;
    if content.len() > 2 * bounds.bytes {
        return Err(Reason::PictureTooLarge);
    }
    let picture = Picture {
        media_type,
        size_bytes: i32::try_from(content.len()).map_err(|_| Reason::PictureTooLarge)?,
        sha256: digest(&content),
    };
    Ok(Print { picture, content })
}

fn read(bytes: &[u8], format: ImageFormat, bounds: Bounds) -> Result<DynamicImage, Reason> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(bounds.pixels as u64 * BYTES_A_PIXEL);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Reason::NotAPicture)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > bounds.pixels as u64 {
        return Err(Reason::PictureTooLarge);
    }
    // Which way is up is all that is taken from what was said of the picture.
    let up = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(|_| Reason::NotAPicture)?;
    pixels.apply_orientation(up);
    Ok(pixels)
}

fn written(pixels: &DynamicImage, media_type: MediaType) -> image::ImageResult<Vec<u8>> {
    let mut content = Vec::new();
    match media_type {
        MediaType::Jpeg => {
            let plain = pixels.to_rgb8();
            plain.write_with_encoder(JpegEncoder::new_with_quality(&mut content, QUALITY))?;
        }
        MediaType::Png if pixels.color().has_alpha() => {
            pixels
                .to_rgba8()
                .write_with_encoder(PngEncoder::new(&mut content))?;
        }
        MediaType::Png => pixels
            .to_rgb8()
            .write_with_encoder(PngEncoder::new(&mut content))?,
    }
    Ok(content)
}

fn digest(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds {
        bytes: 20_000,
        pixels: 10_000,
    };

    /// A picture of two halves, left black and right white, in this format.
    fn halves(width: u32, height: u32, media_type: MediaType) -> Vec<u8> {
        let white = |x: u32| if x < width / 2 { 0 } else { 255 };
        let pixels = image::RgbImage::from_fn(width, height, |x, _| image::Rgb([white(x); 3]));
        written(&DynamicImage::ImageRgb8(pixels), media_type).expect("a picture")
    }

    /// A JPEG with a segment of this kind after its start, and something after its end.
    fn with_segment(jpeg: &[u8], marker: u8, said: &[u8]) -> Vec<u8> {
        let length = u16::try_from(said.len() + 2).expect("a short text").to_be_bytes();
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend([0xFF, marker]);
        bytes.extend(length);
        bytes.extend(said);
        bytes.extend(&jpeg[2..]);
        bytes.extend(b"CANARY-AFTER-THE-END");
        bytes
    }

    /// Exif of one entry, the orientation, and a text beside it.
    fn exif(orientation: u8) -> Vec<u8> {
        let mut said = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        said.push(orientation);
        said.extend([0; 6]);
        said.extend(b"CANARY-GPS-42.6629N-21.1655E");
        said
    }

    fn print(bytes: &[u8]) -> Result<Print, Reason> {
        printed(&STANDARD.encode(bytes), BOUNDS)
    }

    fn holds(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|window| window == text)
    }

    #[test]
    fn nothing_but_pixels_comes_along_with_a_jpeg() {
        let plain = halves(40, 20, MediaType::Jpeg);
        for (marker, said) in [
            (0xE1, exif(1)),
            (0xE2, b"ICC_PROFILE\0\x01\x01CANARY".to_vec()),
            (0xED, b"Photoshop 3.0\0CANARY".to_vec()),
            (0xFE, b"CANARY of an author".to_vec()),
        ] {
            let told = with_segment(&plain, marker, &said);
            assert!(holds(&told, b"CANARY"));
            let kept = print(&told).expect("a picture");
            assert_eq!(kept.picture.media_type, MediaType::Jpeg);
            assert!(!holds(&kept.content, b"CANARY"), "{marker:x}");
            assert!(!holds(&kept.content, b"Exif"), "{marker:x}");
            assert_eq!(usize::try_from(kept.picture.size_bytes), Ok(kept.content.len()));
        }
    }

    #[test]
    fn nothing_but_pixels_comes_along_with_a_png() {
        let mut told = halves(40, 20, MediaType::Png);
        let end = told.len() - 12;
        let said = b"tEXtAuthor\0CANARY of an author";
        let mut chunk = u32::try_from(said.len() - 4)
            .expect("short")
            .to_be_bytes()
            .to_vec();
        chunk.extend(said);
        chunk.extend(checksum(said).to_be_bytes());
        told.splice(end..end, chunk);
        told.extend(b"CANARY-AFTER-THE-END");
        let kept = print(&told).expect("a picture");
        assert_eq!(kept.picture.media_type, MediaType::Png);
        assert!(!holds(&kept.content, b"CANARY") && !holds(&kept.content, b"tEXt"));
    }

    /// CRC-32 as PNG has it.
    fn checksum(bytes: &[u8]) -> u32 {
        let step = |sum: u32, byte: &u8| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
            })
        };
        !bytes.iter().fold(u32::MAX, step)
    }

    #[test]
    fn a_picture_that_was_taken_on_its_side_stands_upright() {
        let turned = with_segment(&halves(40, 20, MediaType::Jpeg), 0xE1, &exif(6));
        let kept = print(&turned).expect("a picture");
        let shown = image::load_from_memory(&kept.content).expect("a picture");
        assert_eq!((shown.width(), shown.height()), (20, 40));
    }

    #[test]
    fn what_is_no_picture_is_refused_and_what_is_too_large_before_it_is_unpacked() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"%PDF-1.7",
            b"<svg/>",
            b"\xFF\xD8\xFF\xE0",
            b"\x89PNG\r\n\x1A\n",
        ] {
            assert_eq!(print(bytes).err(), Some(Reason::NotAPicture), "{bytes:?}");
        }
        assert_eq!(printed("no base64!", BOUNDS).err(), Some(Reason::NotAPicture));
        for media_type in [MediaType::Jpeg, MediaType::Png] {
            let large = halves(101, 100, media_type);
            assert_eq!(print(&large).err(), Some(Reason::PictureTooLarge));
            assert!(print(&halves(100, 100, media_type)).is_ok());
        }
        let long = "A".repeat(BOUNDS.bytes * 2);
        assert_eq!(printed(&long, BOUNDS).err(), Some(Reason::PictureTooLarge));
        // A head that promises a billion pixels, with nothing behind it.
        let mut bomb = halves(10, 10, MediaType::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0x80, 0, 0, 0, 0x80, 0]);
        let sum = checksum(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(print(&bomb).err(), Some(Reason::PictureTooLarge));
    }

    #[test]
    fn the_same_picture_is_the_same_bytes() {
        let plain = halves(40, 20, MediaType::Jpeg);
        let one = print(&plain).expect("a picture");
        let other = print(&with_segment(&plain, 0xFE, b"said")).expect("a picture");
        assert_eq!(one.picture, other.picture);
    }
}
