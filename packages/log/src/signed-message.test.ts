import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { joinBytes } from "./bytes.ts"
import { MalformedRecord } from "./log-errors.ts"
import { sha256 } from "./node-crypto.ts"
import { type KeyType, type NoteKey, noteKey } from "./note-key.ts"
import { bigEndian, signedMessage } from "./signed-message.ts"

const ROOT = `${"A".repeat(43)}=`
const TEXT = `example.test/log\n70000\n${ROOT}\n`

describe("what a witness signs (tlog-cosignature)", () => {
  it("Ed25519: header, time, and the whole note body with its extension lines", () => {
    const text = `${TEXT}more\n`
    const { message, time, signature } = signedMessage(
      keyOf("cosignature/v1"),
      text,
      stamped(1_679_315_147, 64),
    )
    assert.equal(utf8(message), `cosignature/v1\ntime 1679315147\n${text}`)
    assert.deepEqual([time, signature.length], [1_679_315_147, 64])
  })

  it("ML-DSA-44: the subtree from 0 to the size, under both names, without extension lines", () => {
    const key = keyOf("subtree/v1")
    const { message, time, algorithm } = signedMessage(key, `${TEXT}more\n`, stamped(1, 2420))
    const expected = Buffer.concat([
      Buffer.from("subtree/v1\n\0", "latin1"),
      Buffer.from("\x14example.test/witness", "latin1"),
      Buffer.from("0000000000000001", "hex"),
      Buffer.from("\x10example.test/log", "latin1"),
      Buffer.from("0000000000000000", "hex"),
      Buffer.from("0000000000011170", "hex"),
      Buffer.alloc(32),
    ])
    assert.deepEqual(Buffer.from(message), expected)
    assert.deepEqual([time, algorithm], [1, "ml-dsa-44"])
  })

  it("ML-DSA-44: the time 0 says no more than that the tree was seen", () => {
    assert.equal(signedMessage(keyOf("subtree/v1"), TEXT, stamped(0, 2420)).time, 0)
  })

  it("is refused with a signature of another length, or no time", () => {
    for (const [type, lengths] of [
      ["cosignature/v1", [63, 65, 2420]],
      ["subtree/v1", [64, 2419, 2421]],
    ] as const) {
      for (const length of lengths) {
        assert.throws(() => signedMessage(keyOf(type), TEXT, stamped(1, length)), MalformedRecord)
      }
      assert.throws(() => signedMessage(keyOf(type), TEXT, new Uint8Array(7)), MalformedRecord)
    }
    assert.throws(() => signedMessage(keyOf("ed25519"), TEXT, stamped(1, 64)), MalformedRecord)
  })

  it("is refused with a time past 2^63 - 1, and already past what a number holds exactly", () => {
    for (const time of [2n ** 63n, 2n ** 64n - 1n, 2n ** 53n]) {
      const bytes = new Uint8Array(72)
      new DataView(bytes.buffer).setBigUint64(0, time)
      assert.throws(() => signedMessage(keyOf("cosignature/v1"), TEXT, bytes), /past every time/)
    }
    assert.equal(
      signedMessage(keyOf("cosignature/v1"), TEXT, stamped(Number.MAX_SAFE_INTEGER, 64)).time,
      Number.MAX_SAFE_INTEGER,
    )
  })

  it("ML-DSA-44: is refused under what is no checkpoint, or a name of more than 255 bytes", () => {
    const key = keyOf("subtree/v1")
    assert.throws(() => signedMessage(key, "a text\n", stamped(1, 2420)), MalformedRecord)
    const long = TEXT.replace("example.test/log", "é".repeat(128))
    assert.throws(() => signedMessage(key, long, stamped(1, 2420)), /more than 255 bytes/)
    assert.ok(signedMessage(key, TEXT.replace("example.test/log", "x".repeat(255)), stamped(1, 2420)))
  })
})

function keyOf(type: KeyType): NoteKey {
  const publicKey = new Uint8Array(type === "subtree/v1" ? 1312 : 32)
  return noteKey(sha256, { name: "example.test/witness", type, publicKey })
}

function stamped(time: number, length: number): Uint8Array {
  return joinBytes([bigEndian(time), new Uint8Array(length)])
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
