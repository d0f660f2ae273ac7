import assert from "node:assert/strict"
import { before, describe, it } from "node:test"
import * as fc from "fast-check"
import { proveConsistency, verifyConsistency } from "./consistency-proof.ts"
import { type HashReader, tileHashReader } from "./hash-reader.ts"
import { emptyRoot, hashLeaf, hashNode } from "./hashing.ts"
import { proveInclusion, verifyInclusion } from "./inclusion-proof.ts"
import { MalformedRecord, TamperedLog } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { sha256 } from "./node-crypto.ts"
import type { TileReader, TileStore } from "./tile-store.ts"
import type { TreeHead } from "./tree-head.ts"

const SIZE = 66_000
const tiles = memoryTileStore()
const leaves = Array.from({ length: SIZE }, (_, index) => hashLeaf(sha256, entry(index)))

before(async () => {
  await integrate(
    { tiles, sha256 },
    emptyLog(sha256),
    leaves.map((_, index) => entry(index)),
  )
})

describe("an inclusion proof", () => {
  it("for any tree and any index, verifies, and no other entry does", async () => {
    await fc.assert(
      fc.asyncProperty(placeInTree(), fc.nat(), async ({ size, index }, random) => {
        const proof = await proveInclusion({ sha256, read: reader(size) }, index, size)
        const head = headAt(size)
        const other = random % SIZE

        assert.equal(verifyInclusion(sha256, { index, leaf: leafAt(index), head }, proof), true)
        assert.equal(verifyInclusion(sha256, { index, leaf: leafAt(other), head }, proof), other === index)
        if (other !== index) {
          assert.equal(verifyInclusion(sha256, { index: other, leaf: leafAt(index), head }, proof), false)
        }
      }),
      { numRuns: 60 },
    )
  })

  it("for any tree and any index, does not verify with a hash more, less, or changed", async () => {
    await fc.assert(
      fc.asyncProperty(placeInTree(), async ({ size, index }) => {
        const proof = await proveInclusion({ sha256, read: reader(size) }, index, size)
        const claim = { index, leaf: leafAt(index), head: headAt(size) }

        for (const bad of spoilt(proof)) assert.equal(verifyInclusion(sha256, claim, bad), false)
      }),
      { numRuns: 60 },
    )
  })

  it("is not believed where it ends below the root, though its hashes add up", () => {
    const head = { size: 4, root: treeHash(0, 2) }
    assert.equal(verifyInclusion(sha256, { index: 0, leaf: leafAt(0), head }, [leafAt(1)]), false)
  })

  it("is neither given nor believed for a place that the tree does not have", async () => {
    for (const index of [-1, 0.5, 3, Number.NaN]) {
      await assert.rejects(proveInclusion({ sha256, read: reader(3) }, index, 3), RangeError)
      assert.equal(verifyInclusion(sha256, { index, leaf: leafAt(0), head: headAt(3) }, []), false)
    }
  })
})

describe("a consistency proof", () => {
  it("for any growth, verifies, and for no other tree of either size", async () => {
    await fc.assert(
      fc.asyncProperty(placeInTree(), async ({ size, index }) => {
        const [from, to] = [headAt(index + 1), headAt(size)]
        const proof = await proveConsistency({ sha256, read: reader(size) }, from.size, to.size)

        assert.equal(verifyConsistency(sha256, { from, to }, proof), true)
        assert.equal(verifyConsistency(sha256, { from: forged(from), to }, proof), false)
        assert.equal(verifyConsistency(sha256, { from, to: forged(to) }, proof), false)
        for (const bad of spoilt(proof)) assert.equal(verifyConsistency(sha256, { from, to }, bad), false)
      }),
      { numRuns: 60 },
    )
  })

  it("is empty from the empty tree, to which everything adds", async () => {
    const empty = emptyLog(sha256)
    assert.deepEqual(await proveConsistency({ sha256, read: reader(7) }, 0, 7), [])
    assert.equal(verifyConsistency(sha256, { from: empty, to: headAt(7) }, []), true)
    assert.equal(verifyConsistency(sha256, { from: forged(empty), to: headAt(7) }, []), false)
    assert.equal(verifyConsistency(sha256, { from: empty, to: headAt(7) }, [leafAt(0)]), false)
  })

  it("is neither given nor believed for a tree that shrinks", async () => {
    for (const from of [-1, 0.5, 8]) {
      await assert.rejects(proveConsistency({ sha256, read: reader(7) }, from, 7), RangeError)
    }
    assert.equal(verifyConsistency(sha256, { from: headAt(8), to: headAt(7) }, []), false)
    assert.equal(verifyConsistency(sha256, { from: headAt(3), to: headAt(7) }, []), false)
  })
})

describe("the hashes of a tree", () => {
  it("are read from the full tile where a partial one was deleted", async () => {
    const [leaf] = await proveInclusion({ sha256, read: tileHashReader({ tiles, sha256 }, 2) }, 1, 2)
    assert.deepEqual(leaf, leafAt(0))
  })

  it("are not made up where a tile is missing or cut short", async () => {
    const missing = { ...tiles, read: async () => undefined } satisfies TileStore
    const short = { ...tiles, read: async () => new Uint8Array(32) } satisfies TileStore

    await assert.rejects(tileHashReader({ tiles: missing, sha256 }, SIZE)(0, 0), TamperedLog)
    await assert.rejects(tileHashReader({ tiles: short, sha256 }, SIZE)(0, 0), MalformedRecord)
  })
})

function placeInTree(): fc.Arbitrary<{ size: number; index: number }> {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: SIZE }))
  return fc.tuple(sizes, fc.nat()).map(([size, random]) => ({ size, index: random % size }))
}

/** Partial tiles of sizes that were never published are not there: the full ones stand in for them. */
function reader(size: number): HashReader {
  const inner: TileReader = tiles
  return tileHashReader({ tiles: { ...inner, read: readSuperset }, sha256 }, size)
}

/** As if the log had been published at every size. */
async function readSuperset(path: string): Promise<Uint8Array | undefined> {
  const [, stem = path, width] = /^(.*)\.p\/(\d+)$/.exec(path) ?? []
  const fullest = (await tiles.read(stem)) ?? (await readWidest(stem))
  return width === undefined ? fullest : fullest?.subarray(0, Number(width) * 32)
}

async function readWidest(stem: string): Promise<Uint8Array | undefined> {
  for await (const path of tiles.list()) if (path.startsWith(`${stem}.p/`)) return tiles.read(path)
  return undefined
}

const known = new Map<string, Uint8Array>()

/** The definition of RFC 6962 §2.1, as it stands there. */
function treeHash(start: number, end: number): Uint8Array {
  const name = `${start}-${end}`
  const hash = known.get(name) ?? hashOfRange(start, end)
  known.set(name, hash)
  return hash
}

function hashOfRange(start: number, end: number): Uint8Array {
  if (end === start) return emptyRoot(sha256)
  if (end - start === 1) return leafAt(start)
  let split = 1
  while (split * 2 < end - start) split *= 2
  return hashNode(sha256, treeHash(start, start + split), treeHash(start + split, end))
}

function headAt(size: number): TreeHead {
  return { size, root: treeHash(0, size) }
}

function forged({ size, root }: TreeHead): TreeHead {
  return { size, root: root.with(31, (root[31] ?? 0) ^ 1) }
}

function spoilt(proof: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  const [first, ...rest] = proof
  const changed = first
    ? [rest, [first.with(0, (first[0] ?? 0) ^ 1), ...rest], [first.subarray(1), ...rest]]
    : []
  return [...changed, [...proof, leafAt(0)]]
}

function leafAt(index: number): Uint8Array {
  return leaves[index] ?? assert.fail()
}

function entry(index: number): Uint8Array {
  return new TextEncoder().encode(`entry ${index}`)
}
