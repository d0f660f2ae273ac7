// Consistency proofs: made by RFC 6962 §2.1.2, verified by RFC 9162 §2.1.4.2.
import { equalBytes } from "./bytes.ts"
import { type HashReader, rangeRoots, splitPoint } from "./hash-reader.ts"
import { areHashes, emptyRoot, hashNode, type Sha256 } from "./hashing.ts"
import { proofPath, proofSides } from "./proof-path.ts"
import type { TreeHead } from "./tree-head.ts"

/** What a consistency proof says: `to` begins with all of `from`, in the same order. */
export interface Growth {
  readonly from: TreeHead
  readonly to: TreeHead
}

/** Answers the hashes that show a tree of `to` entries to begin with the one of `from`. */
export async function proveConsistency(
  deps: { readonly sha256: Sha256; readonly read: HashReader },
  from: number,
  to: number,
): Promise<readonly Uint8Array[]> {
  if (!Number.isSafeInteger(from) || from < 0 || from > to) {
    throw new RangeError(`a log of ${to} entries has not grown from one of ${from}`)
  }
  if (from === 0) return []
  const { subtree, siblings } = proofPath(from - 1, to, ({ end }) => end === from)
  // Where the old tree is a subtree of the new one, whoever verifies has its root already.
  return rangeRoots(deps, subtree.start === 0 ? siblings : [subtree, ...siblings])
}

/** Answers whether the proof shows it. Everything grows from the empty tree, and needs no proof for it. */
export function verifyConsistency(sha256: Sha256, growth: Growth, proof: readonly Uint8Array[]): boolean {
  const { from, to } = growth
  if (from.size > to.size) return false
  if (from.size === 0 && !equalBytes(from.root, emptyRoot(sha256))) return false
  if (from.size === to.size) return proof.length === 0 && equalBytes(from.root, to.root)
  if (from.size === 0) return proof.length === 0
  return foldsToBoth(sha256, growth, isPowerOfTwo(from.size) ? [from.root, ...proof] : proof)
}

function foldsToBoth(
  sha256: Sha256,
  { from, to }: Growth,
  [subtree, ...proof]: readonly Uint8Array[],
): boolean {
  let [node, last] = [from.size - 1, to.size - 1]
  while (node % 2 === 1) [node, last] = [(node - 1) / 2, Math.floor(last / 2)]
  const sides = proofSides(node, last, proof.length)
  if (!sides || !subtree || !areHashes([subtree, ...proof])) return false

  let [older, newer] = [subtree, subtree]
  for (const [step, hash] of proof.entries()) {
    // What is joined at the right came later, and is no part of the older tree.
    if (sides[step] === "left") older = hashNode(sha256, hash, older)
    newer = sides[step] === "left" ? hashNode(sha256, hash, newer) : hashNode(sha256, newer, hash)
  }
  return equalBytes(older, from.root) && equalBytes(newer, to.root)
}

function isPowerOfTwo(size: number): boolean {
  return splitPoint(size + 1) === size
}
