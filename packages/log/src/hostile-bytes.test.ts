import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { parseCheckpoint } from "./checkpoint.ts"
import { parseBundle } from "./entry-bundle.ts"
import { MalformedRecord } from "./log-errors.ts"
import { ed25519Signer, sha256 } from "./node-crypto.ts"
import { formatVerifierKey, parseVerifierKey } from "./note-key.ts"
import { parsePolicy } from "./parse-policy.ts"
import { parseNote } from "./signed-note.ts"
import { parseMinimumIndex } from "./tile-store.ts"
import { formatProof, parseProof } from "./tlog-proof.ts"
import { formatPolicy } from "./trust-policy.ts"

const ROOT = `${"A".repeat(43)}=`
const VKEY = formatVerifierKey(ed25519Signer("example.test/log", new Uint8Array(32).fill(1)).key)
const NOTE = `example.test/log\n7\n${ROOT}\n\n— example.test/log AAECAwQF\n`

const READERS: readonly (readonly [what: string, good: string, read: (bytes: Uint8Array) => unknown])[] = [
  ["a signed note", NOTE, parseNote],
  ["a checkpoint", `example.test/log\n7\n${ROOT}\n`, (bytes) => parseCheckpoint(textOf(bytes))],
  ["a verifier key", VKEY, (bytes) => parseVerifierKey(sha256, textOf(bytes))],
  ["a policy", `log ${VKEY}\nquorum none\n`, (bytes) => parsePolicy(sha256, bytes)],
  ["a proof", `c2sp.org/tlog-proof@v1\nextra AAAA\nindex 3\n${ROOT}\n\n${NOTE}`, parseProof],
  ["a bundle", "\0\u0003one\0\u0003two", (bytes) => parseBundle(bytes, 2)],
  ["a minimum index", "256\n", parseMinimumIndex],
]

describe("what comes from outside", () => {
  for (const [what, good, read] of READERS) {
    it(`is ${what} or refused as malformed, for any bytes and any change to a good one`, () => {
      const bytes = new TextEncoder().encode(good)
      read(bytes)
      const changes = fc.tuple(fc.nat(bytes.length), fc.nat(8), fc.uint8Array({ maxLength: 8 }))
      const changed = changes.map(([start, length, other]) =>
        Uint8Array.from([...bytes.subarray(0, start), ...other, ...bytes.subarray(start + length)]),
      )
      const any = fc.oneof(
        changed,
        fc.uint8Array({ maxLength: 300 }),
        fc.string().map((text) => new TextEncoder().encode(text)),
      )
      fc.assert(
        fc.property(any, (input) => readsOrRefuses(read, input)),
        { numRuns: 500 },
      )
    })
  }

  it("does not fill what is told of it, however long it is", () => {
    for (const text of [
      `${"x".repeat(500_000)}\n`,
      `group ${"x".repeat(500_000)} any ${"y".repeat(9_000)}\n`,
    ]) {
      assert.throws(
        () => parsePolicy(sha256, new TextEncoder().encode(text)),
        (error) => error instanceof MalformedRecord && error.message.length === 1000,
      )
    }
  })

  it("is, where it was read as a proof, written as it was read", () => {
    const bytes = new TextEncoder().encode(READERS[4]?.[1])
    assert.deepEqual(formatProof(parseProof(bytes)), bytes)
  })

  it("is, where it was read as a policy, the same policy when we write it", () => {
    const policy = parsePolicy(
      sha256,
      new TextEncoder().encode(` log\t${VKEY}  https://log.test\nquorum none`),
    )
    assert.deepEqual(parsePolicy(sha256, new TextEncoder().encode(formatPolicy(policy))), policy)
  })
})

function readsOrRefuses(read: (bytes: Uint8Array) => unknown, input: Uint8Array): void {
  try {
    read(input)
  } catch (error) {
    assert.ok(error instanceof MalformedRecord, String(error))
    assert.ok(error.message.length < 2000)
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
