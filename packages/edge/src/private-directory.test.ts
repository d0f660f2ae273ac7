import assert from "node:assert/strict"
import { stat } from "node:fs/promises"
import { describe, it } from "node:test"
import { privateDirectory } from "./private-directory.ts"

describe("a private directory", () => {
  it("lets nobody else in, and is gone with what it was made for", async () => {
    let path = ""
    {
      await using directory = await privateDirectory()
      path = directory.path
      assert.equal((await stat(path)).mode & 0o777, 0o700)
    }
    await assert.rejects(stat(path), { code: "ENOENT" })
  })
})
