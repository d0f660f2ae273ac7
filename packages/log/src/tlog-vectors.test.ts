import assert from "node:assert/strict"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { fromBase64 } from "./bytes.ts"
import { verifyConsistency } from "./consistency-proof.ts"
import { verifyInclusion } from "./inclusion-proof.ts"
import { BrokenProof } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { sha256, verifySignature } from "./node-crypto.ts"
import { formatVerifierKey, parseVerifierKey } from "./note-key.ts"
import { verifyNote } from "./note-signatures.ts"
import { openCheckpoint } from "./open-checkpoint.ts"
import { parsePolicy } from "./parse-policy.ts"
import { formatNote, parseNote } from "./signed-note.ts"
import { formatProof, parseProof, verifyProof } from "./tlog-proof.ts"
import { verifyLog } from "./verify-log.ts"

interface ProofCase {
  readonly desc: string
  readonly file: string
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

interface Vectors {
  readonly signedNote: { readonly vkey: string; readonly note: string }
  readonly tessera: {
    readonly vkey: string
    readonly entries: readonly string[]
    readonly checkpoints: Readonly<Record<string, string>>
    readonly tile0_15_base64: string
    readonly bundle_15_base64: string
  }
  readonly cosignatureV1: {
    readonly cases: readonly { readonly vkey: string; readonly checkpoint: string }[]
  }
  readonly merkle: {
    readonly inclusion: readonly (ProofCase & {
      readonly leafIdx: number
      readonly treeSize: number
      readonly root: string
      readonly leafHash: string
    })[]
    readonly consistency: readonly (ProofCase & {
      readonly size1: number
      readonly size2: number
      readonly root1: string
      readonly root2: string
    })[]
  }
  readonly thirdPartyWitnessed: {
    readonly logVkey: string
    readonly policy: string
    readonly entry: string
    readonly tlogProof: string
  }
}

const SHARED = process.env["TABARD_SHARED"] ?? join(import.meta.dirname, "../../../../shared")
const FILE = join(SHARED, "knowledge/tlog-vectors.json")
const DEPS = { sha256, verifySignature }
const skip = existsSync(FILE) ? false : "the vectors of other implementations are not here (TABARD_SHARED)"

describe("what other implementations wrote", { skip }, () => {
  const vectors: Vectors = skip ? {} : JSON.parse(readFileSync(FILE, "utf8"))

  it("is a signed note whose signature is good, and which is written as it was read", async () => {
    const { vkey, note } = vectors.signedNote
    const key = parseVerifierKey(sha256, vkey)

    assert.equal(formatVerifierKey(key), vkey)
    assert.deepEqual(formatNote(parseNote(utf8(note))), utf8(note))
    assert.deepEqual(await verifyNote(verifySignature, parseNote(utf8(note)), [key]), [{ key }])
  })

  it("is a log of 15 entries that we write byte for byte, at each size", async () => {
    const { vkey, entries, checkpoints, tile0_15_base64: tile, bundle_15_base64: bundle } = vectors.tessera
    const key = parseVerifierKey(sha256, vkey)
    const tiles = memoryTileStore()
    let head = emptyLog(sha256)
    for (const entry of [undefined, ...entries]) {
      head = await integrate({ tiles, sha256 }, head, entry === undefined ? [] : [utf8(entry)])
      const note = utf8(checkpoints[head.size] ?? "")
      const { size, root } = await openCheckpoint(verifySignature, note, key)
      assert.deepEqual({ size, root }, head)
      await tiles.writeCheckpoint(note)
      assert.equal((await verifyLog({ tiles, sha256, verifySignature }, { key })).ok, true)
    }

    assert.equal(Object.keys(checkpoints).length, 16)
    assert.deepEqual(await tiles.read("tile/entries/000.p/15"), base64(bundle))
    for (let width = 1; width <= 15; width++) {
      assert.deepEqual(await tiles.read(`tile/0/000.p/${width}`), base64(tile).subarray(0, width * 32))
    }
  })

  it("is cosignatures that are good, and say when", async () => {
    assert.equal(vectors.cosignatureV1.cases.length, 3)
    for (const { vkey, checkpoint } of vectors.cosignatureV1.cases) {
      const key = parseVerifierKey(sha256, vkey)
      const [endorsement] = await verifyNote(verifySignature, parseNote(utf8(checkpoint)), [key])
      assert.equal(endorsement?.key, key)
      assert.ok((endorsement.time ?? 0) > 1_700_000_000)
    }
  })

  it("is inclusion proofs on which we agree", () => {
    assert.equal(vectors.merkle.inclusion.length, 98)
    for (const { desc, leafIdx, leafHash, treeSize, root, proof, wantErr } of vectors.merkle.inclusion) {
      const claim = { index: leafIdx, leaf: base64(leafHash), head: { size: treeSize, root: base64(root) } }
      assert.equal(verifyInclusion(sha256, claim, (proof ?? []).map(base64)), !wantErr, desc)
    }
  })

  it("is consistency proofs on which we agree, but for the empty tree, where we go by tlog-witness", () => {
    const applying = vectors.merkle.consistency.filter(
      ({ desc }) => desc !== "size1 is zero and size2 is not zero",
    )
    assert.deepEqual([vectors.merkle.consistency.length, applying.length], [98, 97])
    for (const { desc, size1, size2, root1, root2, proof, wantErr } of applying) {
      const heads = { from: { size: size1, root: base64(root1) }, to: { size: size2, root: base64(root2) } }
      assert.equal(verifyConsistency(sha256, heads, (proof ?? []).map(base64)), !wantErr, desc)
    }
  })

  it("is an entry that a witnessed log proves to hold, by its policy and its proof", async () => {
    const { logVkey, policy, entry, tlogProof } = vectors.thirdPartyWitnessed
    const trust = parsePolicy(sha256, utf8(policy))
    const proof = parseProof(utf8(tlogProof))

    assert.deepEqual(formatProof(proof), utf8(tlogProof))
    const { checkpoint, log, cosignatures } = await verifyProof(DEPS, trust, proof, utf8(entry))
    assert.equal(formatVerifierKey(log), logVkey)
    assert.deepEqual([checkpoint.size, cosignatures.map(({ witness }) => witness.name)], [70_300, ["w1"]])
    await assert.rejects(verifyProof(DEPS, trust, proof, utf8(`${entry} `)), BrokenProof)
  })
})

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function base64(text: string): Uint8Array {
  return fromBase64(text) ?? assert.fail(`${text} is not base64`)
}
