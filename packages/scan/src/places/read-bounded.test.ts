import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { readBounded, reasonOf } from "./read-bounded.ts"

describe("reading a file within bounds", () => {
  it("answers its text, whether it is UTF-8 or what Windows writes", async (t) => {
    const root = folder(t)
    writeFileSync(join(root, "a"), "ä")
    writeFileSync(join(root, "b"), Buffer.from("\uFEFFä", "utf16le"))
    assert.equal(await readBounded(join(root, "a"), root, 100), "ä")
    assert.equal(await readBounded(join(root, "b"), root, 100), "\uFEFFä")
  })

  it("answers nothing where there is no file", async (t) => {
    const root = folder(t)
    writeFileSync(join(root, "a"), "")
    assert.equal(await readBounded(join(root, "none"), root, 100), undefined)
    assert.equal(await readBounded(join(root, "a", "inside"), root, 100), undefined)
  })

  it("takes a file of exactly the limit, and refuses one byte more", async (t) => {
    const root = folder(t)
    writeFileSync(join(root, "a"), "x".repeat(100))
    assert.equal((await readBounded(join(root, "a"), root, 100))?.length, 100)
    await assert.rejects(readBounded(join(root, "a"), root, 99), /larger than 99 bytes/)
  })

  it("does not take a folder whose name only begins like the root for one beneath it", async (t) => {
    const root = folder(t)
    const beside = `${root}-beside`
    writeFileSync(beside, "x")
    t.after(() => rmSync(beside))
    await assert.rejects(readBounded(beside, root, 100), /leads out/)
  })
})

describe("the reason why a place was not read", () => {
  it("is told in words for what the system answers", () => {
    assert.match(reasonOf(systemError("EACCES")), /no permission/)
    assert.match(reasonOf(systemError("ELOOP")), /circle/)
    assert.equal(reasonOf(systemError("EIO")), "it could not be read (EIO)")
  })

  it("quotes nothing of an error that it does not know", () => {
    assert.equal(reasonOf(new Error("token abc")), "it could not be read")
    assert.equal(reasonOf("token abc"), "it could not be read")
  })
})

function systemError(code: string): Error {
  return Object.assign(new Error("token abc"), { code })
}

function folder(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), "tabard-read-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  return root
}
