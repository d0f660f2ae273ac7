import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts"
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import { ed25519Signer, verifySignature } from "./node-crypto.ts"
import { signText } from "./note-signatures.ts"
import { openCheckpoint } from "./open-checkpoint.ts"
import { formatNote } from "./signed-note.ts"

const ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))

describe("a checkpoint", () => {
  it("reads back, with the lines that other logs add", () => {
    for (const text of [`example.test/log\n0\n${ROOT}\n`, `example.test/log\n12\n${ROOT}\nmore\nlines\n`]) {
      assert.equal(formatCheckpoint(parseCheckpoint(text)), text)
    }
  })

  it("(tlog-checkpoint) may have an origin of any form", () => {
    for (const origin of ["an example", "a+b", "Ὀδύσσεια"]) {
      assert.equal(parseCheckpoint(`${origin}\n0\n${ROOT}\n`).origin, origin)
    }
  })

  it("is refused in any other spelling", () => {
    for (const text of [
      "",
      `\n0\n${ROOT}\n`,
      `example.test\n-1\n${ROOT}\n`,
      `example.test\n01\n${ROOT}\n`,
      `example.test\n1e3\n${ROOT}\n`,
      `example.test\n9007199254740993\n${ROOT}\n`,
      `example.test\n0\n${ROOT}`,
      `example.test\n0\n${ROOT}\n\n`,
      `example.test\n0\nAAAA\n`,
      `example.test\n0\n${ROOT.slice(0, -1)}\n`,
    ]) {
      assert.throws(() => parseCheckpoint(text), MalformedRecord, JSON.stringify(text))
    }
  })

  it("is opened where its own log has signed it, and for no other log", async () => {
    assert.equal((await opened(`example.test/log\n7\n${ROOT}\n`)).size, 7)
    await assert.rejects(opened(`example.test/other\n7\n${ROOT}\n`), MalformedRecord)
    const { key } = ed25519Signer("example.test/log", new Uint8Array(32).fill(2))
    await assert.rejects(opened(`example.test/log\n7\n${ROOT}\n`, key), UntrustedNote)
  })
})

async function opened(text: string, key = SIGNER.key): ReturnType<typeof openCheckpoint> {
  const note = formatNote({ text, signatures: [await signText(SIGNER, text)] })
  return openCheckpoint(verifySignature, note, key)
}
