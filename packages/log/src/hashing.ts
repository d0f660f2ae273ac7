// Merkle tree hashes of RFC 6962 §2.1: https://www.rfc-editor.org/rfc/rfc6962#section-2.1

/** How long a hash of the log is: it is SHA-256 throughout. */
export const HASH_BYTES = 32

/** Answers the SHA-256 of some bytes; handed in, so that the log runs where there is no Node. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

// One byte sets leaves and nodes apart, so that no entry can pass for a pair of hashes.
const LEAF = 0
const NODE = 1

/** Answers the hash under which an entry stands in the tree. */
export function hashLeaf(sha256: Sha256, entry: Uint8Array): Uint8Array {
  const marked = new Uint8Array(1 + entry.length)
  marked[0] = LEAF
  marked.set(entry, 1)
  return sha256(marked)
}

/** Answers the hash of two neighbours. */
export function hashNode(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const marked = new Uint8Array(1 + left.length + right.length)
  marked[0] = NODE
  marked.set(left, 1)
  marked.set(right, 1 + left.length)
  return sha256(marked)
}

/** Answers the root of a tree without entries. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0))
}

/** Answers whether each of these can be a hash; a proof made of anything else proves nothing. */
export function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES)
}
