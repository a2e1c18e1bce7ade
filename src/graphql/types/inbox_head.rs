//! `InboxHead`: what the viewer's own inbox proves of itself.

use crate::store::InboxProof;
use async_graphql::SimpleObject;

/// How far the viewer's own inbox has grown, so that a client can prove that it has everything.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct InboxHead {
    /// Place of the newest notice; 0 where there never was one.
    sequence: i64,
    /// How many notices can be had: those from oldestSequence to sequence, without gaps.
    count: i64,
    /// The hash chain up to the newest notice. The chain starts with 64 zeros; each notice makes of it the SHA-256, in lower-case hexadecimal digits, of the UTF-8 text of the chain so far and the notice's sequence, id, type and occurredAt as this client reads them, joined by line feeds (U+000A).
    chain: String,
    /// Place of the oldest notice that can be had; older ones are not kept any more.
    oldest_sequence: i64,
    /// The hash chain up to the notice before that one, from which a client begins that has nothing older.
    oldest_chain: String,
}

impl From<InboxProof> for InboxHead {
    fn from(proof: InboxProof) -> Self {
        Self {
            sequence: proof.sequence,
            count: proof.count,
            chain: proof.chain,
            oldest_sequence: proof.oldest_sequence,
            oldest_chain: proof.oldest_chain,
        }
    }
}
