import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { parseCheckpoint } from "./checkpoint.ts"
import { MalformedRecord, TamperedLog, UntrustedNote } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { noteKey } from "./note-key.ts"
import { signText, verifyNote } from "./note-signatures.ts"
import { openCheckpoint } from "./open-checkpoint.ts"
import { publish } from "./publish-checkpoint.ts"
import { formatNote, type NoteSignature, parseNote } from "./signed-note.ts"
import { listed } from "./tile-store.contract.ts"
import type { TileStore } from "./tile-store.ts"
import { parseTilePath, tilePath, tilesForGrowth } from "./tiles.ts"
import { verifyLog } from "./verify-log.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const ROOT = `${"A".repeat(43)}=`
const TEXT = `example.test/log\n7\n${ROOT}\n`

describe("signed-note", () => {
  it("§Format MUST be valid UTF-8", () => {
    const note = utf8(`${TEXT}\n— x AAAAAAAA\n`)
    assert.ok(parseNote(note))
    assert.throws(() => parseNote(note.with(0, 0xff)), MalformedRecord)
  })

  it("§Format MUST NOT contain any ASCII control characters other than newline", () => {
    for (const code of [0, 1, 9, 11, 13, 27, 31]) {
      const note = `a${String.fromCharCode(code)}\n\n— x AAAAAAAA\n`
      assert.throws(() => parseNote(utf8(note)), MalformedRecord, String(code))
    }
  })

  it("§Format key names MUST be non-empty, without Unicode spaces and plus signs", () => {
    for (const name of ["", " ", "a b", "a\u00a0b", "a\u2003b", "a\u3000b", "a+b"]) {
      const publicKey = new Uint8Array(32)
      assert.throws(() => noteKey(sha256, { name, type: "ed25519", publicKey }), MalformedRecord, name)
      assert.throws(() => parseNote(utf8(`text\n\n— ${name} AAAAAAAA\n`)), MalformedRecord, name)
    }
  })

  it("§Format the text may hold empty lines, and ends at the last one", () => {
    assert.equal(parseNote(utf8("one\n\ntwo\n\n— x AAAAAAAA\n")).text, "one\n\ntwo\n")
  })

  it("§Format MUST accept at least 16 signatures, also long ones, and here up to 100", async () => {
    const own = await signText(SIGNER, TEXT)
    for (const [count, length] of [
      [16, 4627],
      [100, 2420],
    ] as const) {
      const others = Array.from({ length: count - 1 }, (_, place) => signatureOf(`w${place}`, length))
      const parsed = parseNote(formatNote({ text: TEXT, signatures: [...others, own] }))
      assert.deepEqual(await verifyNote(verifySignature, parsed, [SIGNER.key]), [{ key: SIGNER.key }])
    }
    const more = Array.from({ length: 101 }, (_, place) => signatureOf(`w${place}`, 64))
    assert.throws(() => parseNote(formatNote({ text: TEXT, signatures: more })), MalformedRecord)
  })

  it("§Signatures MUST ignore unknown keys, even if they share a name or an id with a known one", async () => {
    const own = await signText(SIGNER, TEXT)
    const sharing = [
      { ...signatureOf(SIGNER.key.name, 64), keyId: "00000000" },
      { ...signatureOf("example.test/other", 64), keyId: SIGNER.key.id },
    ]
    const signatures = [...sharing, own]
    assert.equal((await verifyNote(verifySignature, { text: TEXT, signatures }, [SIGNER.key])).length, 1)
  })

  it("§Signatures MUST verify where name and id match, also beside a good one", async () => {
    const own = await signText(SIGNER, TEXT)
    const signatures = [own, { ...own, bytes: own.bytes.with(0, (own.bytes[0] ?? 0) ^ 1) }]
    await assert.rejects(verifyNote(verifySignature, { text: TEXT, signatures }, [SIGNER.key]), UntrustedNote)
  })

  it("§Signatures MUST reject where no known key has signed, before the text is looked at", async () => {
    const note = formatNote({ text: "no checkpoint\n", signatures: [signatureOf("x", 64)] })
    await assert.rejects(openCheckpoint(verifySignature, note, SIGNER.key), UntrustedNote)
  })
})

describe("tlog-checkpoint", () => {
  it("§Note text the origin MUST be non-empty", () => {
    assert.throws(() => parseCheckpoint(`\n7\n${ROOT}\n`), MalformedRecord)
  })

  it("§Note text clients MUST NOT assume a form of the origin", () => {
    assert.equal(parseCheckpoint(`Rekor + 2\n7\n${ROOT}\n`).origin, "Rekor + 2")
  })

  it("§Note text extension lines MUST be non-empty", () => {
    assert.deepEqual(parseCheckpoint(`${TEXT}one\ntwo\n`).extensions, ["one", "two"])
    for (const end of ["\n", "one\n\n", "\none\n"]) {
      assert.throws(() => parseCheckpoint(`${TEXT}${end}`), MalformedRecord)
    }
  })

  it("§Signatures MUST NOT sign what is inconsistent with what was signed before", async () => {
    const tiles = await logOf(3)
    const forged = await integrate(
      { tiles: memoryTileStore(), sha256 },
      emptyLog(sha256),
      entries(5, "other"),
    )
    const shorter = await integrate({ tiles: memoryTileStore(), sha256 }, emptyLog(sha256), entries(2))
    for (const head of [forged, shorter]) {
      await assert.rejects(publish({ tiles, sha256, signer: SIGNER }, head), TamperedLog)
    }
  })
})

describe("tlog-tiles", () => {
  it("§Checkpoints carries an Ed25519 signature by the log", async () => {
    const note = (await (await logOf(3)).readCheckpoint()) ?? assert.fail()
    const [signature] = parseNote(note).signatures
    assert.deepEqual([signature?.name, signature?.bytes.length], [SIGNER.key.name, 64])
  })

  it("§Merkle Tree MUST have a level from 0 to 63, an index in groups of three, a width from 1 to 255", () => {
    for (const path of ["tile/0/x001/x234/067", "tile/63/000", "tile/entries/000.p/255", "tile/8/000.p/1"]) {
      assert.equal(tilePath(parseTilePath(path) ?? assert.fail(path)), path)
    }
    for (const path of [
      "tile/64/000",
      "tile/-1/000",
      "tile/00/000",
      "tile/0/0",
      "tile/0/0000",
      "tile/0/001/067",
      "tile/0/x001/x067",
      "tile/0/x000/067",
      "tile/0/000.p/0",
      "tile/0/000.p/01",
      "tile/0/000.p/256",
      "tile/data/000",
    ]) {
      assert.equal(parseTilePath(path), undefined, path)
    }
  })

  it("§Merkle Tree full tiles MUST be exactly 256 hashes wide", async () => {
    const tiles = await logOf(700)
    for (const path of await listed(tiles)) {
      const { level, width } = parseTilePath(path) ?? assert.fail()
      if (level !== "entries") assert.equal((await tiles.read(path))?.length, width * 32)
    }
    for (const length of [8160, 8224, 8191]) {
      const other = { ...tiles, read: async (path: string) => sized(path, length, await tiles.read(path)) }
      const { ok } = await verifyLog({ tiles: other, sha256, verifySignature }, { key: SIGNER.key })
      assert.equal(ok, false)
    }
  })

  it("§Partial Tiles MUST NOT be hashed into the level above, and empty ones MUST NOT be there", () => {
    const paths = [...tilesForGrowth(0, 70_000)].filter(({ width }) => width < 256).map(tilePath)
    assert.deepEqual(paths, [
      "tile/entries/273.p/112",
      "tile/0/273.p/112",
      "tile/1/001.p/17",
      "tile/2/000.p/1",
    ])
    assert.deepEqual([...tilesForGrowth(0, 256)].map(tilePath), [
      "tile/entries/000",
      "tile/0/000",
      "tile/1/000.p/1",
    ])
  })

  it("§Partial Tiles MUST be there for every size that a checkpoint was signed for", async () => {
    const tiles = await logOf(300)
    for (const path of ["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"]) {
      assert.ok(await tiles.read(path), path)
    }
  })

  it("§Partial Tiles clients MUST NOT fetch one before a checkpoint was verified whose size requires it", async () => {
    const tiles = await logOf(300)
    const asked: string[] = []
    const watched = { ...tiles, read: (path: string) => (asked.push(path), tiles.read(path)) }
    const { key: other } = ed25519Signer("example.test/log", new Uint8Array(32).fill(2))
    await verifyLog({ tiles: watched, sha256, verifySignature }, { key: other })
    assert.equal(asked.length, 0)

    await verifyLog(
      { tiles: { ...watched, list: async function* () {} }, sha256, verifySignature },
      { key: SIGNER.key },
    )
    const partial = asked.filter((path) => path.includes(".p/"))
    assert.deepEqual(partial.toSorted(), ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
  })

  it("§Partial Tiles the full tile stands in for a partial one that was deleted, and is read no further", async () => {
    const tiles = await logOf(300)
    const note = (await tiles.readCheckpoint()) ?? assert.fail()
    const head = parseCheckpoint(parseNote(note).text)
    await integrate({ tiles, sha256 }, head, entries(300, "later"))
    for (const path of ["tile/entries/001.p/44", "tile/0/001.p/44"]) await tiles.remove(path)
    const verified = await verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key })
    assert.equal(verified.ok && verified.size, 300)

    const bundle = (await tiles.read("tile/entries/001")) ?? assert.fail()
    for (const place of [1, 100]) {
      const broken = {
        ...tiles,
        read: async (path: string) =>
          path === "tile/entries/001" ? bundle.with(place, 255) : tiles.read(path),
      }
      assert.equal(
        (await verifyLog({ tiles: broken, sha256, verifySignature }, { key: SIGNER.key })).ok,
        false,
      )
    }
  })

  it("§Pruning the minimum index MUST be at most the size of the tree", async () => {
    const tiles = await logOf(300)
    await tiles.writeMinimumIndex(301)
    const verified = await verifyLog({ tiles, sha256, verifySignature }, { key: SIGNER.key })
    assert.match(verified.ok ? "" : verified.reason, /past the 300 entries/)
  })

  it("§Retention Policies nothing is pruned, and the minimum index is 0, until somebody says otherwise", async () => {
    assert.equal(await (await logOf(300)).readMinimumIndex(), 0)
  })
})

async function logOf(count: number): Promise<TileStore> {
  const tiles = memoryTileStore()
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries(count))
  await publish({ tiles, sha256, signer: SIGNER }, head)
  return tiles
}

function entries(count: number, word = "entry"): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, place) => utf8(`${word} ${place}`))
}

function signatureOf(name: string, length: number): NoteSignature {
  return { name, keyId: "01020304", bytes: new Uint8Array(length) }
}

function sized(path: string, length: number, bytes: Uint8Array | undefined): Uint8Array | undefined {
  if (path !== "tile/0/001" || !bytes) return bytes
  const other = new Uint8Array(length)
  other.set(bytes.subarray(0, length))
  return other
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
