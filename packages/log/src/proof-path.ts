import { splitPoint } from "./hash-reader.ts"

/** The leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** The way from a subtree up to the root. */
export interface ProofPath {
  readonly subtree: LeafRange
  /** What is joined on the way, lowest first. */
  readonly siblings: readonly LeafRange[]
}

/** Answers the way up from the first subtree around leaf `index` at which going down may end. */
export function proofPath(index: number, size: number, mayEnd: (subtree: LeafRange) => boolean): ProofPath {
  const siblings: LeafRange[] = []
  let subtree = { start: 0, end: size }
  while (!mayEnd(subtree)) {
    const { start, end } = subtree
    const middle = start + splitPoint(end - start)
    const [left, right] = [
      { start, end: middle },
      { start: middle, end },
    ]
    siblings.unshift(index < middle ? right : left)
    subtree = index < middle ? left : right
  }
  return { subtree, siblings }
}

/**
 * Answers on which side each hash of a proof is joined, from `node` up, in a level whose last node is
 * `last`; undefined where a proof from there does not have `count` hashes (RFC 9162 §2.1.3.2).
 */
export function proofSides(
  node: number,
  last: number,
  count: number,
): readonly ("left" | "right")[] | undefined {
  const sides: ("left" | "right")[] = []
  while (sides.length < count) {
    if (last === 0) return undefined
    const side = node % 2 === 1 || node === last ? "left" : "right"
    // A last node without a right-hand neighbour rises unchanged until it is a right-hand one itself.
    if (side === "left") while (node % 2 === 0) [node, last] = [node / 2, Math.floor(last / 2)]
    sides.push(side)
    ;[node, last] = [Math.floor(node / 2), Math.floor(last / 2)]
  }
  return last === 0 ? sides : undefined
}
