import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { isId } from "@tabard/core"
import { openSqlite } from "./open-sqlite.ts"

const WRITER = fileURLToPath(new URL("./killed-writer.fixture.ts", import.meta.url))

describe("a process that is killed while it writes", () => {
  for (const answers of [1, 50, 500]) {
    it(`leaves behind all that it had answered, and no lock (after ${answers} answers)`, async () => {
      const directory = await mkdtemp(join(tmpdir(), "tabard-killed-"))
      const path = join(directory, "tabard.db")
      try {
        const answered = await killedAfter(path, answers)
        assert.ok(answered.length >= answers)

        await using store = await openSqlite({ path })
        const [organisation] = await store.organisations()
        assert.ok(organisation)
        await store.shelf(organisation.id).snapshot(async (tx) => {
          for (const id of answered)
            assert.ok(isId("event", id) && (await tx.outbox.find(id)), `${id} is lost`)
          // Event and version were one unit: neither is there without the other.
          const kept = await tx.outbox.unsequenced(1_000)
          assert.equal(Math.min(1_000, await tx.organisation.version()), kept.length)
        })
      } finally {
        await rm(directory, { recursive: true, force: true })
      }
    })
  }
})

describe("a second process", () => {
  it("is refused while the first one lives", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tabard-second-"))
    const path = join(directory, "tabard.db")
    const first = spawn(process.execPath, [WRITER, path], { stdio: ["ignore", "pipe", "inherit"] })
    const exited = once(first, "exit")
    try {
      await once(first.stdout, "data")
      await assert.rejects(openSqlite({ path }), /in use by another process/)
    } finally {
      first.kill("SIGKILL")
      await exited
      await rm(directory, { recursive: true, force: true })
    }
  })
})

/** Lets the writer answer so many times, kills it without warning, and tells all that it had answered until then. */
async function killedAfter(path: string, answers: number): Promise<string[]> {
  const writer = spawn(process.execPath, [WRITER, path], { stdio: ["ignore", "pipe", "inherit"] })
  const exited = once(writer, "exit")
  const answered: string[] = []
  for await (const line of createInterface({ input: writer.stdout })) {
    answered.push(line)
    if (answered.length === answers) writer.kill("SIGKILL")
  }
  await exited
  return answered
}
