import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  emptyLog,
  hashLeaf,
  integrate,
  memoryTileStore,
  openCheckpoint,
  publish,
  type TileStore,
  verifyInclusion,
} from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import type { ProvableLog } from "./provable-log.ts"
import { proveEntry } from "./prove-entry.ts"

const SIGNER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))

describe("proving an entry", () => {
  it("leads from each entry to the root that the checkpoint signs, also where the last tile is full", async () => {
    for (const size of [1, 2, 255, 256, 257, 600]) {
      const { log } = await logOf(size)
      for (const index of new Set([0, 1, Math.floor(size / 2), size - 1]))
        if (index < size) assert.equal(await proves(log, index, entryAt(index)), true, `${index} of ${size}`)
    }
  })

  it("leads nowhere from other bytes", async () => {
    const { log } = await logOf(300)
    assert.equal(await proves(log, 4, entryAt(5)), false)
  })

  it("is not there yet before a checkpoint covers the entry", async () => {
    const { log } = await logOf(3)
    assert.equal(await proveEntry(log, 3), null)
    assert.equal(await proveEntry({ ...log, checkpoint: null }, 0), null)
  })

  it("is refused, with what to do, where the files are elsewhere or damaged", async () => {
    const { log, tiles } = await logOf(300)
    await assert.rejects(proveEntry({ ...log, tiles: null }, 0), {
      code: "log_unavailable",
      message: /publisher/,
    })
    const lost = {
      ...tiles,
      read: async (path: string) => (path === "tile/0/000" ? undefined : tiles.read(path)),
    }
    await assert.rejects(proveEntry({ ...log, tiles: lost }, 0), {
      code: "log_unavailable",
      message: /tile\/0\/000 is missing/,
    })
  })
})

async function proves(log: ProvableLog, index: number, entry: Uint8Array): Promise<boolean> {
  const proof = (await proveEntry(log, index)) ?? assert.fail("no proof")
  const [head = "", checkpoint] = proof.text.split(/\n\n(.*)/s)
  const [magic, said, ...hashes] = head.split("\n")
  assert.equal(magic, "c2sp.org/tlog-proof@v1")
  assert.equal(said, `index ${index}`)
  assert.equal(checkpoint, proof.checkpoint)
  const opened = await openCheckpoint(verifySignature, new TextEncoder().encode(proof.checkpoint), SIGNER.key)
  const way = hashes.map((hash) => new Uint8Array(Buffer.from(hash, "base64")))
  return verifyInclusion(sha256, { index, leaf: hashLeaf(sha256, entry), head: opened }, way)
}

async function logOf(size: number): Promise<{ log: ProvableLog; tiles: TileStore }> {
  const tiles = memoryTileStore()
  const entries = Array.from({ length: size }, (_, index) => entryAt(index))
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
  const checkpoint = await publish({ tiles, sha256, signer: SIGNER }, head)
  return { tiles, log: { origin: SIGNER.key.name, base: 0, checkpoint, verifierKey: "", tiles } }
}

function entryAt(index: number): Uint8Array {
  return new TextEncoder().encode(`{"entry":${index}}`)
}
