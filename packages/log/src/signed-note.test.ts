import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedRecord } from "./log-errors.ts"
import { formatNote, parseNote } from "./signed-note.ts"

const LINE = "— example.test/log AAECAwQF\n"

describe("a signed note", () => {
  it("is its text, a blank line, and who signed", () => {
    const note = {
      text: "one\n\ntwo\n",
      signatures: [signature("example.test/log"), signature("example.test/w")],
    }

    assert.deepEqual(parseNote(formatNote(note)), note)
    assert.deepEqual(formatNote(parseNote(utf8(`one\n\n${LINE}`))), utf8(`one\n\n${LINE}`))
  })

  it("is refused in any other spelling", () => {
    for (const text of [
      "",
      "one\n",
      "one\n\n",
      `one\n\n${LINE.trimEnd()}`,
      `one\n\n${LINE}\n`,
      `one\r\n\n${LINE}`,
      `o\tne\n\n${LINE}`,
      `one\n\n- example.test/log AAECAwQF\n`,
      `one\n\n— example.test/log  AAECAwQF\n`,
      `one\n\n— example.test/log AAECAwQF \n`,
      `one\n\n— example.test+log AAECAwQF\n`,
      `one\n\n— example.test/log\n`,
      `one\n\n—  AAECAwQF\n`,
      `one\n\n— example.test/log AAECAw==\n`,
      `one\n\n— example.test/log AAECAwQ\n`,
      `one\n\n— example.test/log AAECAwR=\n`,
      `one\n\n${LINE.repeat(101)}`,
      `${"x".repeat(1_000_000)}\n\n${LINE}`,
    ]) {
      assert.throws(() => parseNote(utf8(text)), MalformedRecord, JSON.stringify(text.slice(0, 60)))
    }
    assert.throws(() => parseNote(Uint8Array.of(0xff, 0x0a, 0x0a)), MalformedRecord)
  })

  it("keeps a byte order mark, which is signed like all else", () => {
    assert.equal(parseNote(utf8(`\ufeffone\n\n${LINE}`)).text, "\ufeffone\n")
  })
})

function signature(name: string): { name: string; keyId: string; bytes: Uint8Array } {
  return { name, keyId: "00a1b2ff", bytes: Uint8Array.of(1, 2, 3) }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
