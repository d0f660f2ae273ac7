import assert from "node:assert/strict"
import { before, describe, it } from "node:test"
import * as fc from "fast-check"
import { proveConsistency, verifyConsistency } from "./consistency-proof.ts"
import { tileHashReader } from "./hash-reader.ts"
import { hashLeaf } from "./hashing.ts"
import { proveInclusion, verifyInclusion } from "./inclusion-proof.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { publish } from "./publish-checkpoint.ts"
import { listed } from "./tile-store.contract.ts"
import type { TileStore } from "./tile-store.ts"
import { endIndex, parseTilePath } from "./tiles.ts"
import type { TreeHead } from "./tree-head.ts"
import { type LogVerification, type VerifyLogOptions, verifyLog } from "./verify-log.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const SIZES = [300, 512, 768, 1000, 65_536, 66_048, 67_000]

/** Every file of a log of 67,000 entries, and its head and checkpoint at each size. */
const files = new Map<string, Uint8Array>()
const heads: TreeHead[] = []
const notes: Uint8Array[] = []

before(async () => {
  const tiles = memoryTileStore()
  let head = emptyLog(sha256)
  for (const size of SIZES) {
    const entries = Array.from({ length: size - head.size }, (_, place) => entry(head.size + place))
    head = await integrate({ tiles, sha256 }, head, entries)
    heads.push(head)
    notes.push(await publish({ tiles, sha256, signer: SIGNER }, head))
  }
  for (const path of await listed(tiles)) files.set(path, (await tiles.read(path)) ?? assert.fail())
})

describe("a log whose beginning was pruned (tlog-tiles, Pruning)", () => {
  it("for any minimum index, proves every entry that is left, in every tree that holds it", async () => {
    await fc.assert(
      fc.asyncProperty(pruning(), fc.nat(), fc.nat(), async (minimum, random, other) => {
        const tiles = await prunedTo(minimum)
        const left = heads.filter(({ size }) => size > minimum)
        const head = left[other % left.length] ?? assert.fail()
        const index = minimum + (random % (head.size - minimum))
        const read = tileHashReader({ tiles, sha256 }, head.size)
        const proof = await proveInclusion({ sha256, read }, index, head.size)

        const leaf = hashLeaf(sha256, entry(index))
        assert.equal(verifyInclusion(sha256, { index, leaf, head }, proof), true)
      }),
      { numRuns: 60 },
    )
  })

  it("for any minimum index, proves the consistency of every two trees that are not smaller", async () => {
    await fc.assert(
      fc.asyncProperty(pruning(), async (minimum) => {
        const tiles = await prunedTo(minimum)
        const to = heads.at(-1) ?? assert.fail()
        const read = tileHashReader({ tiles, sha256 }, to.size)
        for (const from of heads.filter(({ size }) => size >= minimum)) {
          const proof = await proveConsistency({ sha256, read }, from.size, to.size)
          assert.equal(verifyConsistency(sha256, { from, to }, proof), true, `${from.size}`)
        }
      }),
      { numRuns: 20 },
    )
  })

  it("for any minimum index, verifies from there on, says what was not there, and holds what was kept", async () => {
    await fc.assert(
      fc.asyncProperty(pruning(), async (minimum) => {
        const earlier = notes.filter((_, place) => (heads[place]?.size ?? 0) >= minimum)
        let first: number | undefined
        const verified = await verify(await prunedTo(minimum), {
          earlier,
          onEntry: (index) => void (first ??= index),
        })

        const start = minimum - (minimum % 256)
        assert.deepEqual(verified.ok && [verified.size, verified.unread], [67_000, start])
        assert.equal(first, start)
      }),
      { numRuns: 10 },
    )
  })

  it("for any bit of any file that is left, notices its change", async () => {
    const left = await listed(await prunedTo(66_000))
    const changes = fc.tuple(fc.constantFrom(...left), fc.nat(), fc.integer({ min: 0, max: 7 }))
    await fc.assert(
      fc.asyncProperty(changes, async ([path, random, bit]) => {
        const tiles = await prunedTo(66_000, path, random, bit)
        assert.equal((await verify(tiles)).ok, false, path)
      }),
      { numRuns: 100 },
    )
  })

  it("holds earlier checkpoints from the gone part against it where their proofs can still be made", async () => {
    // Of 65,536 entries the tile of the second level still has the hash.
    const tiles = await prunedTo(66_000)
    assert.equal((await verify(tiles, { earlier: [notes[4] ?? assert.fail()] })).ok, true)
    assert.match(
      failure(await verify(tiles, { earlier: [notes[0] ?? assert.fail()] })).reason,
      /keep a later one/,
    )
  })

  it("refuses another history before what is left, where it can be told", async () => {
    const text = new TextDecoder().decode(notes[4])
    assert.match(text, /65536/)
    const forged = memoryTileStore()
    const entries = Array.from({ length: 65_536 }, (_, place) => entry(place + 1))
    const head = await integrate({ tiles: forged, sha256 }, emptyLog(sha256), entries)
    const note = await publish({ tiles: forged, sha256, signer: SIGNER }, head)

    const verified = await verify(await prunedTo(66_000), { earlier: [note] })
    assert.match(failure(verified).reason, /first 65536 entries are not those of the checkpoint/)
  })

  it("is not whole where more was taken than its minimum index allows", async () => {
    const tiles = await prunedTo(600)
    for (const path of ["tile/entries/002", "tile/0/002", "tile/1/000", "tile/2/000.p/1"]) {
      const without = {
        ...tiles,
        read: async (asked: string) => (asked === path ? undefined : tiles.read(asked)),
      }
      assert.equal(failure(await verify(without)).file, path)
    }
  })

  it("is not believed to begin past its end, or where a reader that knows better says otherwise", async () => {
    const tiles = await prunedTo(600)
    assert.match(
      failure(await verify({ ...tiles, readMinimumIndex: async () => 67_001 })).reason,
      /past the 67000/,
    )
    assert.equal(failure(await verify(tiles, { from: 0 })).entry, 0)
    const verified = await verify(tiles, { from: 66_000 })
    assert.equal(verified.ok && verified.unread, 65_792)
  })

  it("may be gone whole, up to its checkpoint", async () => {
    const tiles = memoryTileStore()
    const head = await integrate(
      { tiles, sha256 },
      emptyLog(sha256),
      Array.from({ length: 512 }, (_, at) => entry(at)),
    )
    await publish({ tiles, sha256, signer: SIGNER }, head)
    await tiles.writeMinimumIndex(512)
    for (const path of await listed(tiles)) if (!path.startsWith("tile/1")) await tiles.remove(path)
    const verified = await verify(tiles)
    assert.equal(verified.ok && verified.unread, 512)
  })

  it("still has its files held against the tiles above, where pruning has not taken them yet", async () => {
    const whole = await storeOf(
      new Map([...files, ["tile/0/001.p/7", (files.get("tile/0/001") ?? assert.fail()).slice(0, 224)]]),
    )
    await whole.writeMinimumIndex(66_000)
    assert.equal((await verify(whole)).ok, true)
    const short = { ...whole, read: async (asked: string) => cut(asked, await whole.read(asked)) }
    assert.equal(failure(await verify(short)).file, "tile/0/002")

    for (const path of ["tile/entries/001", "tile/0/001", "tile/0/001.p/44", "tile/1/000"]) {
      const changed = {
        ...whole,
        read: async (asked: string) => flipped(asked, path, await whole.read(asked)),
      }
      assert.equal(failure(await verify(changed)).file, path)
    }
  })

  it("tells nothing of files whose upper tile is gone, and nothing of those taken meanwhile", async () => {
    const leaf = files.get("tile/0/001") ?? assert.fail()
    const left = await prunedTo(66_000)
    await left.write("tile/0/001", leaf.with(0, 1))
    assert.equal((await verify(left)).ok, true)

    const whole = await storeOf(files)
    await whole.writeMinimumIndex(600)
    const taken = {
      ...whole,
      read: async (asked: string) => (asked === "tile/0/001" ? undefined : whole.read(asked)),
    }
    assert.equal((await verify(taken)).ok, true)
  })

  it("does not take a disk that fails for a log that is pruned", async () => {
    const tiles = await prunedTo(66_000)
    const failing = { ...tiles, read: () => Promise.reject(new Error("the disk is gone")) }
    await assert.rejects(verify(failing), /disk/)
    await assert.rejects(verify(failing, { earlier: notes }), /disk/)
  })
})

function pruning(): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(0, 255, 256, 257, 512, 65_535, 65_536, 65_792, 66_048),
    fc.integer({ min: 0, max: 66_999 }),
  )
}

/** The log without all that may be gone, with one bit changed where a path is told. */
async function prunedTo(minimum: number, path?: string, random = 0, bit = 0): Promise<TileStore> {
  const left = new Map<string, Uint8Array>()
  for (const [file, bytes] of files) {
    const address = parseTilePath(file) ?? assert.fail()
    if (endIndex(address) > minimum) left.set(file, file === path ? spoilt(bytes, random, bit) : bytes)
  }
  const store = await storeOf(left)
  await store.writeMinimumIndex(minimum)
  return store
}

async function storeOf(kept: ReadonlyMap<string, Uint8Array>): Promise<TileStore> {
  const store = memoryTileStore()
  for (const [file, bytes] of kept) await store.write(file, bytes)
  await store.writeCheckpoint(notes.at(-1) ?? assert.fail())
  return store
}

function spoilt(bytes: Uint8Array, random: number, bit: number): Uint8Array {
  const place = random % bytes.length
  return bytes.with(place, (bytes[place] ?? 0) ^ (1 << bit))
}

function cut(asked: string, bytes: Uint8Array | undefined): Uint8Array | undefined {
  return asked === "tile/0/002" ? bytes?.subarray(1) : bytes
}

function flipped(asked: string, path: string, bytes: Uint8Array | undefined): Uint8Array | undefined {
  return asked === path && bytes ? spoilt(bytes, 100, 0) : bytes
}

function verify(tiles: TileStore, options: Partial<VerifyLogOptions> = {}): Promise<LogVerification> {
  return verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key, ...options })
}

function failure(verified: LogVerification): Extract<LogVerification, { ok: false }> {
  return verified.ok ? assert.fail("the log was found whole") : verified
}

function entry(index: number): Uint8Array {
  return new TextEncoder().encode(`entry ${index}`)
}
