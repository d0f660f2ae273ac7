import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { after, before, describe, it } from "node:test"
import { type NotesWorld, openNotesWorld, textOf } from "./fixtures/notes-world.ts"
import type { HeardProgress, Negotiation } from "./fixtures/test-gateway.ts"

const NEGOTIATIONS: Readonly<Record<string, Negotiation>> = {
  "2025-11-25": { versionNegotiation: { mode: "legacy" } },
  "whatever both speak": { versionNegotiation: { mode: "auto" } },
  "2026-07-28": { versionNegotiation: { mode: { pin: "2026-07-28" } } },
}

let world: NotesWorld
before(async () => {
  world = await openNotesWorld()
})
after(() => world[Symbol.asyncDispose]())

for (const [name, negotiation] of Object.entries(NEGOTIATIONS)) {
  describe(`an official client that speaks ${name}`, () => {
    it("sees the pinned tools that it may call, and no other", async () => {
      await using session = await world.gateway.connect(negotiation)
      const { tools } = await session.client.listTools()
      assert.deepEqual(tools.map((tool) => tool.name).toSorted(), [
        "list_directory",
        "read_text_file",
        "write_file",
      ])
    })

    it("reads a file", async () => {
      await using session = await world.gateway.connect(negotiation)
      const result = await session.call("read_text_file", { path: world.file("note.txt") })
      assert.equal(textOf(result), "buy milk")
      assert.equal(world.decisions.outcomes.at(-1)?.result, "ok")
    })

    it("is told why a call was denied, and what to look up", async () => {
      await using session = await world.gateway.connect(negotiation)
      const result = await session.call("read_text_file", { path: "/etc/passwd" })
      assert.equal(result.isError, true)
      assert.match(textOf(result), /outside the folder of your task/)
      assert.match(
        JSON.stringify(result.structuredContent),
        /"decision":"deny","code":"outside_task".*"reference":"dec_/,
      )
    })

    it("waits while a person is asked, hears of it, and writes once approved", async () => {
      await using session = await world.gateway.connect(negotiation)
      const path = world.file(`approved-${name}.txt`)
      const heard: HeardProgress[] = []

      const written = session.call(
        "write_file",
        { path, content: "yes" },
        { onprogress: (progress) => heard.push(progress) },
      )
      await world.decisions.answer("approved")

      assert.notEqual((await written).isError, true)
      assert.equal(await readFile(path, "utf8"), "yes")
      assert.match(heard[0]?.message ?? "", /the owner must approve it: a file is written/)
      assert.deepEqual(
        heard.map(({ progress }) => progress),
        heard.map((_, index) => index + 1),
      )
    })
  })
}
