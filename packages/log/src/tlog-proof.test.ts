import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { tileHashReader } from "./hash-reader.ts"
import { proveInclusion } from "./inclusion-proof.ts"
import { BrokenProof, MalformedRecord, UntrustedNote } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { formatVerifierKey, noteKey } from "./note-key.ts"
import { parsePolicy } from "./parse-policy.ts"
import { publish } from "./publish-checkpoint.ts"
import { formatProof, parseProof, type TlogProof, verifyProof } from "./tlog-proof.ts"
import type { TrustPolicy } from "./trust-policy.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const POLICY: TrustPolicy = { logs: [{ key: SIGNER.key }], witnesses: [], groups: [] }
const HASH = "A".repeat(43) + "="

describe("a proof in a file (tlog-proof)", () => {
  it("§Format is the line of its version, the index, the hashes from the leaf up, and the checkpoint verbatim", async () => {
    const proof = await proofOf(2, 5)
    const [first, index, ...rest] = text(formatProof(proof)).split("\n")
    assert.equal(first, "c2sp.org/tlog-proof@v1")
    assert.equal(index, "index 2")
    assert.deepEqual(
      rest.slice(0, 3),
      proof.hashes.map((hash) => Buffer.from(hash).toString("base64")),
    )
    assert.equal(rest.slice(3).join("\n"), `\n${text(proof.checkpoint)}`)
  })

  it("for any tree, index and extra data, reads back and verifies, and for no other entry", async () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      fc.uint8Array({ maxLength: 40 }),
      fc.nat(),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ([size, random, extra, other]) => {
        const proof = { ...(await proofOf(random % size, size)), ...(extra.length > 0 && { extra }) }
        const read = parseProof(formatProof(proof))
        assert.deepEqual(read, proof)

        const { checkpoint } = await verify(read, entry(proof.index))
        assert.equal(checkpoint.size, size)
        if (other % size !== proof.index) await assert.rejects(verify(read, entry(other % size)), BrokenProof)
      }),
      { numRuns: 40 },
    )
  })

  it("is refused where any one bit of it is changed", async () => {
    const file = formatProof(await proofOf(2, 3))
    for (let bit = 0; bit < file.length * 8; bit++) {
      const changed = file.with(bit >> 3, (file[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
      await assert.rejects(async () => verify(parseProof(changed), entry(2)), `bit ${bit}`)
    }
  })

  it("§Format of a log of one entry has no hashes", async () => {
    const proof = await proofOf(0, 1)
    assert.deepEqual(parseProof(formatProof(proof)).hashes, [])
    await verify(proof, entry(0))
  })

  it("§Verifying takes no checkpoint of a log that the policy does not name", async () => {
    const other = ed25519Signer("example.test/other", new Uint8Array(32).fill(2))
    const policy = { ...POLICY, logs: [{ key: other.key }] }
    await assert.rejects(verify(await proofOf(0, 3), entry(0), policy), UntrustedNote)
  })

  it("§Verifying wants the quorum of the policy, at a time that has come", async () => {
    const witness = formatVerifierKey(
      noteKey(sha256, { ...SIGNER.key, name: "w.test", type: "cosignature/v1" }),
    )
    const lines = `log ${formatVerifierKey(SIGNER.key)}\nwitness w ${witness}\nquorum w\n`
    const policy = parsePolicy(sha256, new TextEncoder().encode(lines))
    await assert.rejects(verify(await proofOf(0, 3), entry(0), policy), /too few witnesses/)
  })

  for (const [why, lines] of [
    ["§Format another first line", ["c2sp.org/tlog-proof@v2", "index 0", "", "x"]],
    ["§Format no first line", ["index 0", "", "x"]],
    ["§Format no empty line before the checkpoint", ["c2sp.org/tlog-proof@v1", "index 0", "x"]],
    ["§Format no index", ["c2sp.org/tlog-proof@v1", "", "x"]],
    ["§Format a hash before the index", ["c2sp.org/tlog-proof@v1", HASH, "index 0", "", "x"]],
    ["§Format an index with a leading zero", ["c2sp.org/tlog-proof@v1", "index 00", "", "x"]],
    ["§Format a negative index", ["c2sp.org/tlog-proof@v1", "index -1", "", "x"]],
    [
      "§Format an index past what can be counted",
      ["c2sp.org/tlog-proof@v1", "index 9007199254740993", "", "x"],
    ],
    ["§Format extra data that is no base64", ["c2sp.org/tlog-proof@v1", "extra ?", "index 0", "", "x"]],
    ["§Format extra data that is not there", ["c2sp.org/tlog-proof@v1", "extra ", "index 0", "", "x"]],
    ["§Format extra data after the index", ["c2sp.org/tlog-proof@v1", "index 0", "extra AAAA", "", "x"]],
    ["§Format a hash that is no base64", ["c2sp.org/tlog-proof@v1", "index 0", HASH.slice(1), "", "x"]],
    ["§Format a hash that is too short", ["c2sp.org/tlog-proof@v1", "index 0", "AAAA", "", "x"]],
    ["a carriage return", ["c2sp.org/tlog-proof@v1\r", "index 0", "", "x"]],
    [
      "more hashes than any tree is high",
      ["c2sp.org/tlog-proof@v1", "index 0", ...Array<string>(64).fill(HASH), "", "x"],
    ],
    ["more than two million bytes", ["c2sp.org/tlog-proof@v1", "index 0", "", "x".repeat(2_000_000)]],
  ] as const) {
    it(`${why} is refused`, () => {
      assert.throws(() => parseProof(new TextEncoder().encode(lines.join("\n"))), MalformedRecord)
    })
  }

  it("takes 63 hashes, and the longest index that can be counted", () => {
    const lines = [
      "c2sp.org/tlog-proof@v1",
      "index 9007199254740991",
      ...Array<string>(63).fill(HASH),
      "",
      "x",
    ]
    const { index, hashes } = parseProof(new TextEncoder().encode(lines.join("\n")))
    assert.deepEqual([index, hashes.length], [Number.MAX_SAFE_INTEGER, 63])
  })
})

function verify(proof: TlogProof, of: Uint8Array, policy = POLICY): ReturnType<typeof verifyProof> {
  return verifyProof({ sha256, verifySignature }, policy, proof, of)
}

async function proofOf(index: number, size: number): Promise<TlogProof> {
  const tiles = memoryTileStore()
  const entries = Array.from({ length: size }, (_, place) => entry(place))
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
  const checkpoint = await publish({ tiles, sha256, signer: SIGNER }, head)
  const read = tileHashReader({ tiles, sha256 }, size)
  return { index, hashes: await proveInclusion({ sha256, read }, index, size), checkpoint }
}

function entry(index: number): Uint8Array {
  return new TextEncoder().encode(`entry ${index}`)
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
