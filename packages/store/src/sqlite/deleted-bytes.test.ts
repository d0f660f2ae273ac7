import assert from "node:assert/strict"
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { GroupCommit } from "./group-commit.ts"
import { SqliteWriter } from "./sqlite-writer.ts"

describe("what was deleted", () => {
  it("stands in no file of the store any more, be it short or long, once the store was closed", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tabard-deleted-"))
    try {
      const [short, long] = ["He drinks", `He drinks ${"at work ".repeat(2000)}`]
      {
        await using writer = await SqliteWriter.open(join(directory, "tabard.db"))
        await using commits = new GroupCommit(writer)
        const commit = (sql: string, ...parameters: (string | number)[]) =>
          commits.submit((run) => run({ sql, parameters }))
        await commit("create table said (id integer primary key, words text) strict")
        for (let n = 0; n < 300; n++)
          await commit("insert into said values (?, ?)", n, n % 2 === 0 ? short : long)
        assert.ok((await bytesIn(directory)).includes(short))
        await commit("delete from said where id <> 299")
        await commit("update said set words = 'nothing'")
      }
      assert.equal((await bytesIn(directory)).includes(short), false)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })
})

async function bytesIn(directory: string): Promise<string> {
  const names = await readdir(directory)
  const files = await Promise.all(names.map((name) => readFile(join(directory, name), "latin1")))
  return files.join("\n")
}
