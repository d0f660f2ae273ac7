import { emptyRoot, hashNode, type Sha256 } from "./hashing.ts"

interface Subtree {
  readonly height: number
  readonly hash: Uint8Array
}

/**
 * Holds the roots of the fewest full subtrees that cover what was pushed, and answers the root over
 * them: as many hashes as the size has bits, however many entries went in.
 */
export class Frontier {
  readonly #sha256: Sha256
  readonly #subtrees: Subtree[] = []

  constructor(sha256: Sha256) {
    this.#sha256 = sha256
  }

  /** Adds, at the right, the root of a full subtree no higher than the last one added. */
  push(height: number, hash: Uint8Array): void {
    let subtree = { height, hash }
    for (let left = this.#subtrees.at(-1); left?.height === subtree.height; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop()
      subtree = { height: left.height + 1, hash: hashNode(this.#sha256, left.hash, subtree.hash) }
    }
    this.#subtrees.push(subtree)
  }

  /** Answers the root of the tree over everything pushed. */
  root(): Uint8Array {
    const root = this.#subtrees
      .map((subtree) => subtree.hash)
      .reduceRight<Uint8Array | undefined>(
        (right, left) => (right ? hashNode(this.#sha256, left, right) : left),
        undefined,
      )
    return root ?? emptyRoot(this.#sha256)
  }
}

/** Answers the root of a tree that has these hashes as its leaves. */
export function rootOf(sha256: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  const frontier = new Frontier(sha256)
  for (const hash of hashes) frontier.push(0, hash)
  return frontier.root()
}
