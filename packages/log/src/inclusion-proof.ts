// Inclusion proofs: made by RFC 6962 §2.1.1, verified by RFC 9162 §2.1.3.2.
import { equalBytes } from "./bytes.ts"
import { type HashReader, rangeRoots } from "./hash-reader.ts"
import { areHashes, hashNode, type Sha256 } from "./hashing.ts"
import { proofPath, proofSides } from "./proof-path.ts"
import type { TreeHead } from "./tree-head.ts"

/** What an inclusion proof says: this leaf stands at this place of that tree. */
export interface Inclusion {
  readonly index: number
  /** The hash of the entry; see `hashLeaf`. */
  readonly leaf: Uint8Array
  readonly head: TreeHead
}

/** Answers the hashes that lead from the leaf at `index` to the root of a tree of `size` entries. */
export async function proveInclusion(
  deps: { readonly sha256: Sha256; readonly read: HashReader },
  index: number,
  size: number,
): Promise<readonly Uint8Array[]> {
  if (!isPlaceIn(index, size)) throw new RangeError(`there is no entry ${index} in a log of ${size}`)
  const { siblings } = proofPath(index, size, ({ start, end }) => end - start === 1)
  return rangeRoots(deps, siblings)
}

/** Answers whether the proof shows it; false also where it is too long or too short. */
export function verifyInclusion(
  sha256: Sha256,
  { index, leaf, head }: Inclusion,
  proof: readonly Uint8Array[],
): boolean {
  if (!isPlaceIn(index, head.size) || !areHashes([leaf, head.root, ...proof])) return false
  const sides = proofSides(index, head.size - 1, proof.length)
  if (!sides) return false
  const root = proof.reduce(
    (hash, sibling, step) =>
      sides[step] === "left" ? hashNode(sha256, sibling, hash) : hashNode(sha256, hash, sibling),
    leaf,
  )
  return equalBytes(root, head.root)
}

function isPlaceIn(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && index >= 0 && index < size
}
