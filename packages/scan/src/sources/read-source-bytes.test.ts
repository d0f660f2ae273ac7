import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { sourceBytesReader } from "./read-source-bytes.ts"

describe("reading the bytes of source files", () => {
  it("answers the whole of a file up to the limit, and says so beyond it", (t) => {
    const folder = freshFolder(t)
    writeFileSync(join(folder, "a.py"), "12345678")
    writeFileSync(join(folder, "b.py"), "123456789")
    const bytesOf = sourceBytesReader(8)
    assert.equal(bytesOf(join(folder, "a.py")).toString(), "12345678")
    assert.equal(bytesOf(join(folder, "b.py")), "too-large")
  })

  it("follows no link, and waits for no pipe", (t) => {
    const folder = freshFolder(t)
    writeFileSync(join(folder, "a.py"), "x")
    symlinkSync(join(folder, "a.py"), join(folder, "link.py"))
    mkdirSync(join(folder, "folder.py"))
    execFileSync("mkfifo", [join(folder, "pipe.py")])
    const bytesOf = sourceBytesReader(8)
    for (const name of ["link.py", "pipe.py", "folder.py", "gone.py"])
      assert.equal(bytesOf(join(folder, name)), "not-a-file", name)
  })
})

function freshFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "tabard-source-"))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
