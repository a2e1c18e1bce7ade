//! `Photo` and `Attachment`.

use crate::domain::paper::{AttachmentKind, MediaType};
use crate::governed;
use crate::graphql::leaf::encoded;
use crate::store::nodes::{AttachmentNode, PhotoNode};
use chrono::{DateTime, Utc};

governed! { PhotoNode "Photo": "A photo of a person, made anew from its pixels: it says nothing of where, when or with what it was taken." {
    PhotoMediaType: (MediaType) = |node| node.paper.picture.media_type, "How its bytes are read.";
    PhotoSize: (i32) = |node| node.paper.picture.size_bytes, "How many bytes it has.";
    PhotoSha256: (&str) = |node| node.paper.picture.sha256.as_str(), "SHA-256 of its bytes, in hexadecimal digits.";
    PhotoContent: (Option<String>) = |node| node.content.as_deref().map(encoded), "Its bytes in base64 (RFC 4648).";
    PhotoRecordedAt: (DateTime<Utc>) = |node| node.paper.recorded_at, "When it was recorded.";
} }

governed! { AttachmentNode "Attachment": "A copy of a paper that goes with a travel document request, made anew from its pixels; no name of a file is known." {
    AttachmentNumber: (i32) = |node| node.number, "Place among all that was ever attached to the request, from 1: commands name the attachment by it.";
    AttachmentKind: (AttachmentKind) = |node| node.kind, "What it is a copy of.";
    AttachmentMediaType: (MediaType) = |node| node.paper.picture.media_type, "How its bytes are read.";
    AttachmentSize: (i32) = |node| node.paper.picture.size_bytes, "How many bytes it has.";
    AttachmentSha256: (&str) = |node| node.paper.picture.sha256.as_str(), "SHA-256 of its bytes, in hexadecimal digits.";
    AttachmentContent: (Option<String>) = |node| node.content.as_deref().map(encoded), "Its bytes in base64 (RFC 4648).";
    AttachmentRecordedAt: (DateTime<Utc>) = |node| node.paper.recorded_at, "When it was attached.";
} }
