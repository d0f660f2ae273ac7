import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ReadableStream } from "node:stream/web"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { joinBytes } from "./bytes.ts"
import { formatBundle } from "./entry-bundle.ts"
import { fileTileStore } from "./file-tile-store.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { noteKey } from "./note-key.ts"
import { publish } from "./publish-checkpoint.ts"
import { bigEndian } from "./signed-message.ts"
import { formatNote, parseNote } from "./signed-note.ts"
import { listed } from "./tile-store.contract.ts"
import type { TileStore } from "./tile-store.ts"
import { parseTilePath } from "./tiles.ts"
import { type LogVerification, type VerifyLogOptions, verifyLog } from "./verify-log.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))

/** Every file of a log, by its path. */
type Files = ReadonlyMap<string, Uint8Array>

interface PublishedLog {
  readonly files: Files
  readonly checkpoints: readonly Uint8Array[]
}

describe("verifying a log", () => {
  it("answers its size and root where it is whole, and shows each entry in order", async () => {
    const { files } = await logOf([3, 300, 300])
    const shown: string[] = []
    const verified = await verify(files, {
      onEntry: (index, entry) => {
        shown.push(`${index} ${new TextDecoder().decode(entry)}`)
      },
    })

    assert.equal(verified.ok && verified.size, 603)
    assert.equal(shown.length, 603)
    assert.deepEqual([shown[0], shown[602]], ["0 entry 0", "602 entry 602"])
  })

  it("finds an empty log whole", async () => {
    const { files, checkpoints } = await logOf([0])
    assert.equal((await verify(files, { earlier: checkpoints })).ok, true)
  })

  it("works over a reader that cannot list, such as a web server", async () => {
    const { files } = await logOf([3, 300])
    const store = await storeOf(files)
    const tiles = {
      read: (path: string) => store.read(path),
      readCheckpoint: () => store.readCheckpoint(),
    }
    const deps = { tiles, sha256, verifySignature }
    assert.equal((await verifyLog(deps, { key: SIGNER.key })).ok, true)
  })

  it("for any bit of any file, notices its change", async () => {
    const { files } = await logOf([3, 250, 40, 300])
    const changes = fc.tuple(fc.constantFrom(...files.keys()), fc.nat(), fc.integer({ min: 0, max: 7 }))
    await fc.assert(
      fc.asyncProperty(changes, async ([path, random, bit]) => {
        const length = files.get(path)?.length ?? 0
        const verified = await verify(flipped(files, path, random % length, bit))

        assert.equal(verified.ok, false)
        assert.equal(namesPlace(verified, path), true, `${path}: ${JSON.stringify(verified)}`)
      }),
      { numRuns: 150 },
    )
  })

  it("notices every single bit of a small log", async () => {
    const { files } = await logOf([2, 1])
    for (const [path, { length }] of files) {
      for (let bit = 0; bit < length * 8; bit++) {
        const { ok } = await verify(flipped(files, path, Math.floor(bit / 8), bit % 8))
        assert.equal(ok, false, `${path}, bit ${bit}`)
      }
    }
  })

  it("names the entry that was changed, also where only its length was", async () => {
    const { files } = await logOf([300])
    const bundle = files.get("tile/entries/000") ?? assert.fail()
    const offset = bundle.length - formatBundle([utf8("entry 255")]).length

    assert.deepEqual(await verify(flipped(files, "tile/entries/000", offset + 5, 0)), {
      ok: false,
      reason: "entry 255 is not the one that was signed",
      entry: 255,
    })
    assert.equal(failure(await verify(flipped(files, "tile/entries/000", offset + 1, 1))).entry, 255)
    assert.equal(failure(await verify(flipped(files, "tile/entries/000", 1, 0))).entry, 0)
  })

  it("names the tile where the entries are right and it is not", async () => {
    const { files } = await logOf([300])
    for (const path of ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]) {
      assert.equal(failure(await verify(flipped(files, path, 0, 0))).file, path)
    }
    assert.deepEqual(failure(await verify(flipped(files, "tile/0/000", 32 * 200 + 7, 3))), {
      ok: false,
      reason: "tile/0/000 does not hold what the entries give",
      entry: 200,
      file: "tile/0/000",
    })
    const longer = joinBytes([files.get("tile/0/000") ?? assert.fail(), new Uint8Array(32)])
    assert.equal(failure(await verify(new Map([...files, ["tile/0/000", longer]]))).file, "tile/0/000")
  })

  it("notices entries that were exchanged together with their tiles", async () => {
    const { files } = await logOf([300])
    const forged = await logOf([300], "forged")
    const checkpoint = files.get("checkpoint") ?? assert.fail()
    const without = [...forged.files].filter(([path]) => !path.startsWith("tile/1"))

    const all = await verify(new Map([...forged.files, ["checkpoint", checkpoint]]))
    assert.equal(failure(all).reason, "the first 300 entries do not give the root that was signed")
    assert.deepEqual(failure(await verify(new Map([...files, ...without, ["checkpoint", checkpoint]]))), {
      ok: false,
      reason: "an entry under tile/1/000.p/1 is not the one that was signed",
      file: "tile/1/000.p/1",
    })
  })

  it("notices that a file is missing, cut short or goes on", async () => {
    const { files } = await logOf([300])
    for (const [path, bytes] of files) {
      const without = new Map([...files].filter(([other]) => other !== path))
      assert.equal((await verify(without)).ok, false, path)
      assert.equal((await verify(new Map([...files, [path, bytes.subarray(1)]]))).ok, false, path)
      assert.equal((await verify(new Map([...files, [path, bytes.subarray(0, -1)]]))).ok, false, path)
      const longer = joinBytes([bytes, Uint8Array.of(0)])
      assert.equal((await verify(new Map([...files, [path, longer]]))).ok, false, path)
    }
  })

  it("refuses a checkpoint that another key has signed", async () => {
    const { files } = await logOf([3])
    const { key } = ed25519Signer("example.test/log", new Uint8Array(32).fill(2))
    assert.equal(failure(await verify(files, { key })).file, "checkpoint")
  })

  it("finds it whole only where the witnesses of a policy have seen its checkpoint", async () => {
    const { files } = await logOf([3])
    const { key } = ed25519Signer("example.test/witness", new Uint8Array(32).fill(2))
    const witness = { name: "w", key: noteKey(sha256, { ...key, type: "cosignature/v1" }) }
    const policy = { logs: [], witnesses: [witness], groups: [], quorum: witness }
    assert.deepEqual(failure(await verify(files, { policy })), {
      ok: false,
      reason: "too few witnesses of the policy have seen the checkpoint: none",
      file: "checkpoint",
    })

    const { text, signatures } = parseNote(files.get("checkpoint") ?? assert.fail())
    const signed = await ed25519Signer("w", new Uint8Array(32).fill(2)).sign(
      utf8(`cosignature/v1\ntime 300\n${text}`),
    )
    const cosignature = { name: key.name, keyId: witness.key.id, bytes: joinBytes([bigEndian(300), signed]) }
    const cosigned = new Map([
      ...files,
      ["checkpoint", formatNote({ text, signatures: [...signatures, cosignature] })],
    ])
    const verified = await verify(cosigned, { policy })
    assert.deepEqual(verified.ok && verified.cosignatures, [{ witness, time: 300 }])
    assert.equal((await verify(cosigned, { policy, now: 299 })).ok, false)

    const other = { name: "x", key: noteKey(sha256, { ...key, name: "x.test", type: "cosignature/v1" }) }
    const both = { name: "both", threshold: 2, members: [witness, other] }
    const more = await verify(cosigned, { policy: { ...policy, witnesses: [witness, other], quorum: both } })
    assert.match(failure(more).reason, /have seen the checkpoint: w$/)
  })

  it("takes a file that is longer than any of a log for a log that is wrong", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tabard-log-"))
    await writeFile(join(directory, "checkpoint"), new Uint8Array(17_000_000))
    const verified = await verifyLog(
      { tiles: fileTileStore(directory), sha256, verifySignature },
      { key: SIGNER.key },
    )
    await rm(directory, { recursive: true })
    assert.match(failure(verified).reason, /longer than any file/)
  })

  it("does not take a disk that fails for a log that is wrong", async () => {
    const tiles = await storeOf((await logOf([3])).files)
    const failing = { ...tiles, read: () => Promise.reject(new Error("the disk is gone")) }
    await assert.rejects(verifyLog({ tiles: failing, sha256, verifySignature }, { key: SIGNER.key }), /disk/)

    const broken = { tiles, sha256, verifySignature: () => assert.fail("no Ed25519 here") }
    await assert.rejects(verifyLog(broken, { key: SIGNER.key }), /no Ed25519/)
  })
})

describe("verifying against earlier checkpoints", () => {
  it("finds the log to begin with each of them, in any order", async () => {
    const { files, checkpoints } = await logOf([0, 3, 253, 1, 300, 0])
    assert.equal((await verify(files, { earlier: checkpoints.toReversed() })).ok, true)
  })

  it("notices a history that was written anew and signed by the same key", async () => {
    const { checkpoints } = await logOf([3, 300])
    const { files } = await logOf([3, 300, 20], "forged")

    assert.equal((await verify(files)).ok, true)
    assert.deepEqual(failure(await verify(files, { earlier: checkpoints })), {
      ok: false,
      reason: "the first 3 entries do not give the root that was signed",
    })
  })

  it("notices another history of the same size", async () => {
    const { checkpoints } = await logOf([300])
    const { files } = await logOf([300], "forged")
    assert.equal((await verify(files, { earlier: checkpoints })).ok, false)
  })

  it("notices that the log has shrunk", async () => {
    const { checkpoints } = await logOf([300])
    const { files } = await logOf([200])
    assert.equal(
      failure(await verify(files, { earlier: checkpoints })).reason,
      "the log has shrunk: it had 300 entries and has 200",
    )
  })

  it("refuses one that the log has not signed", async () => {
    const { files } = await logOf([3])
    assert.match(
      failure(await verify(files, { earlier: [utf8("not a note")] })).reason,
      /an earlier checkpoint/,
    )
  })
})

describe("verifying what older sizes left behind", () => {
  it("takes files past the published size as not published yet, but not their beginning", async () => {
    const { files } = await logOf([270])
    const { files: longer } = await logOf([270, 20, 300])
    const unpublished = new Map([...longer, ...files])

    assert.equal((await verify(unpublished)).ok, true)
    for (const path of ["tile/0/001", "tile/0/001.p/34", "tile/entries/001", "tile/1/000.p/2"]) {
      assert.equal(failure(await verify(flipped(unpublished, path, 3, 0))).file, path)
    }
  })

  it("notices one that goes on after what its size had", async () => {
    const { files } = await logOf([2, 1])
    for (const path of ["tile/0/000.p/2", "tile/entries/000.p/2"]) {
      const longer = joinBytes([files.get(path) ?? assert.fail(), new Uint8Array(32)])
      assert.equal(failure(await verify(new Map([...files, [path, longer]]))).file, path)
    }
  })

  it("refuses a file that is none of a log's", async () => {
    const store = await storeOf((await logOf([3])).files)
    const tiles = { ...store, list: () => ReadableStream.from(["tile/0/000.p/3", "tile/0/000.bak"]) }
    const verified = await verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key })
    assert.equal(failure(verified).file, "tile/0/000.bak")
  })

  it("notices one that is listed and cannot be read", async () => {
    const store = await storeOf((await logOf([2, 1])).files)
    const read = async (path: string): Promise<Uint8Array | undefined> =>
      path === "tile/0/000.p/2" ? undefined : store.read(path)
    const verified = await verifyLog(
      { tiles: { ...store, read }, sha256, verifySignature },
      { key: SIGNER.key },
    )
    assert.equal(failure(verified).file, "tile/0/000.p/2")
  })
})

/** A log that was published after each batch. */
async function logOf(batches: readonly number[], word = "entry"): Promise<PublishedLog> {
  const tiles = memoryTileStore()
  const checkpoints: Uint8Array[] = []
  let head = emptyLog(sha256)
  for (const batch of batches) {
    const entries = Array.from({ length: batch }, (_, place) => utf8(`${word} ${head.size + place}`))
    head = await integrate({ tiles, sha256 }, head, entries)
    checkpoints.push(await publish({ tiles, sha256, signer: SIGNER }, head))
  }
  const files = new Map([["checkpoint", checkpoints.at(-1) ?? assert.fail()]])
  for (const path of await listed(tiles)) files.set(path, (await tiles.read(path)) ?? assert.fail())
  return { files, checkpoints }
}

async function verify(files: Files, options: Partial<VerifyLogOptions> = {}): Promise<LogVerification> {
  const tiles = await storeOf(files)
  return verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key, ...options })
}

async function storeOf(files: Files): Promise<TileStore> {
  const tiles = memoryTileStore()
  for (const [path, bytes] of files) {
    await (path === "checkpoint" ? tiles.writeCheckpoint(bytes) : tiles.write(path, bytes))
  }
  return tiles
}

function flipped(files: Files, path: string, place: number, bit: number): Files {
  const bytes = files.get(path) ?? assert.fail(`${path} is not there`)
  return new Map([...files, [path, bytes.with(place, (bytes[place] ?? 0) ^ (1 << bit))]])
}

/** Whether the answer names the file that was changed, or an entry that this file holds. */
function namesPlace(verified: LogVerification, path: string): boolean {
  const { file, entry } = failure(verified)
  const address = parseTilePath(path)
  if (file === path) return true
  return entry !== undefined && address?.level === "entries" && Math.floor(entry / 256) === address.index
}

function failure(verified: LogVerification): Extract<LogVerification, { ok: false }> {
  return verified.ok ? assert.fail("the log was found whole") : verified
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
