import assert from "node:assert/strict"
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { keyEncryptionKey, loadKeyEncryptionKey } from "./key-encryption-key.ts"

describe("the key-encryption key", () => {
  const key = keyEncryptionKey(new Uint8Array(32).fill(1))
  const sealed = key.seal(Buffer.from("a signing key"), "org_1 token-signing")

  it("opens what it sealed, for the same purpose alone", () => {
    assert.equal(Buffer.from(key.open(sealed, "org_1 token-signing")).toString(), "a signing key")
    assert.throws(() => key.open(sealed, "org_1 log-signing"))
    assert.throws(() => key.open(sealed, "org_2 token-signing"))
  })

  it("refuses every single flipped bit", () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Uint8Array.from(sealed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.throws(() => key.open(flipped, "org_1 token-signing"))
    }
  })

  it("does not open under another key, and has another name", () => {
    const other = keyEncryptionKey(new Uint8Array(32).fill(2))
    assert.throws(() => other.open(sealed, "org_1 token-signing"))
    assert.notEqual(other.id, key.id)
  })

  it("never seals twice alike", () => {
    assert.notDeepEqual(key.seal(Buffer.from("x"), "p"), key.seal(Buffer.from("x"), "p"))
  })
})

describe("the key-encryption key's file", () => {
  it("is made once, for its owner alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tabard-kek-"))
    try {
      const path = join(folder, "kek")
      const first = await loadKeyEncryptionKey({ kind: "file", path, makeIfMissing: true }, true)
      const second = await loadKeyEncryptionKey({ kind: "file", path, makeIfMissing: true }, true)
      assert.equal(first.id, second.id)
      assert.equal((await stat(path)).mode & 0o777, 0o600)
      assert.equal(Buffer.from(await readFile(path, "utf8"), "base64").length, 32)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it("stops the start where it is missing and must not be made, or holds anything else", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tabard-kek-"))
    try {
      const path = join(folder, "kek")
      await assert.rejects(
        loadKeyEncryptionKey({ kind: "file", path, makeIfMissing: false }, true),
        /cannot be read/,
      )
      await assert.rejects(
        loadKeyEncryptionKey({ kind: "file", path, makeIfMissing: true }, false),
        /bring back the file/,
      )
      await assert.rejects(readFile(path), { code: "ENOENT" })
      await writeFile(path, "hunter2")
      await assert.rejects(
        loadKeyEncryptionKey({ kind: "file", path, makeIfMissing: true }, true),
        (error: Error) => {
          assert.match(error.message, /32 random bytes/)
          assert.ok(!error.message.includes("hunter2"))
          return true
        },
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
