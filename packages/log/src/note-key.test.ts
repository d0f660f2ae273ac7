import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { joinBytes, toBase64 } from "./bytes.ts"
import { MalformedRecord } from "./log-errors.ts"
import { sha256 } from "./node-crypto.ts"
import { formatVerifierKey, noteKey, parseVerifierKey } from "./note-key.ts"

const PUBLIC_KEY = new Uint8Array(32).fill(0xfb)
const KEY = noteKey(sha256, { name: "example.test/log", type: "ed25519", publicKey: PUBLIC_KEY })

describe("a verifier key", () => {
  it("reads back, for a log and for a witness", () => {
    const witness = noteKey(sha256, { name: "example.test/w", type: "cosignature/v1", publicKey: PUBLIC_KEY })

    assert.deepEqual(parseVerifierKey(sha256, formatVerifierKey(KEY)), KEY)
    assert.deepEqual(parseVerifierKey(sha256, formatVerifierKey(witness)), witness)
  })

  it("has an id that follows from its name, its type and its bytes", () => {
    const ids = [
      KEY,
      noteKey(sha256, { ...KEY, name: "example.test/lag" }),
      noteKey(sha256, { ...KEY, type: "cosignature/v1" }),
      noteKey(sha256, { ...KEY, publicKey: new Uint8Array(32) }),
    ].map(({ id }) => id)
    assert.equal(new Set(ids).size, 4)
  })

  it("(tlog-cosignature) has the id that its type's byte gives, 0x04 or 0x06", () => {
    for (const [type, byte, length] of [
      ["ed25519", 1, 32],
      ["cosignature/v1", 4, 32],
      ["subtree/v1", 6, 1312],
    ] as const) {
      const publicKey = new Uint8Array(length).fill(9)
      const hashed = joinBytes([new TextEncoder().encode("w.test\n"), Uint8Array.of(byte), publicKey])
      const id = Buffer.from(sha256(hashed).subarray(0, 4)).toString("hex")
      const key = noteKey(sha256, { name: "w.test", type, publicKey })
      assert.equal(key.id, id)
      assert.deepEqual(
        parseVerifierKey(sha256, `w.test+${id}+${toBase64(joinBytes([Uint8Array.of(byte), publicKey]))}`),
        key,
      )
      assert.throws(() => noteKey(sha256, { ...key, publicKey: publicKey.subarray(1) }), MalformedRecord)
    }
  })

  it("is refused where its id is not its own", () => {
    const text = formatVerifierKey(KEY)
    assert.throws(() => parseVerifierKey(sha256, text.replace(KEY.id, "00000000")), MalformedRecord)
    assert.throws(() => parseVerifierKey(sha256, text.replace(KEY.id, KEY.id.toUpperCase())), MalformedRecord)
  })

  it("is refused where it is cut short, of another kind, or has no name", () => {
    const ecdsa = toBase64(joinBytes([Uint8Array.of(2), PUBLIC_KEY]))
    for (const text of [
      "",
      "example.test/log",
      `example.test/log+${KEY.id}`,
      `example.test/log+${KEY.id}+`,
      `example.test/log+${KEY.id}+A`,
      `example.test/log+${KEY.id}+AQID`,
      `example.test/log+${KEY.id}+CQID`,
      `example.test/log+${KEY.id}+${ecdsa}`,
      formatVerifierKey(KEY).replace("example.test/log", ""),
      formatVerifierKey(KEY).replace("/", " "),
    ]) {
      assert.throws(() => parseVerifierKey(sha256, text), MalformedRecord, text)
    }
  })
})
