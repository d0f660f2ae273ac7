import assert from "node:assert/strict"
import { readFile, symlink } from "node:fs/promises"
import { after, before, describe, it } from "node:test"
import { type NotesWorld, openNotesWorld } from "./fixtures/notes-world.ts"
import { until } from "./fixtures/test-decisions.ts"

let world: NotesWorld
before(async () => {
  world = await openNotesWorld()
})
after(() => world[Symbol.asyncDispose]())

describe("a call that waits for a person", () => {
  it("is answered with a handle when patience ends, and runs when it comes back approved", async () => {
    await using world = await openNotesWorld({ patienceMs: 100 })
    await using session = await world.gateway.connect()
    const args = { path: world.file("later.txt"), content: "later" }

    const asked = await session.call("write_file", args)
    assert.equal(asked.isError, true)
    const { approval } = asked.structuredContent as { approval: { handle: string } }
    assert.ok(approval.handle)
    await world.decisions.answer("approved")

    const params = { name: "write_file", arguments: args, _meta: { "tabard/approval": approval.handle } }
    const again = await world.gateway.post({ id: 7, method: "tools/call", params })
    assert.doesNotMatch(await again.text(), /isError/)
    assert.equal(world.decisions.attempts.at(-1)?.handle, approval.handle)
    assert.equal(await readFile(args.path, "utf8"), "later")
  })

  it("keeps one call id through the wait, so that spending twice is spending once", async () => {
    await using session = await world.gateway.connect()
    const from = world.decisions.attempts.length
    const written = session.call("write_file", { path: world.file("one-id.txt"), content: "x" })
    await world.decisions.answer("approved")
    await written

    const ids = world.decisions.attempts.slice(from).map(({ call }) => call)
    assert.ok(ids.length >= 2)
    assert.equal(new Set(ids).size, 1)
  })

  for (const why of ["denied", "suspended"] as const) {
    it(`is ended when it is ${why}, long before patience does`, async () => {
      await using session = await world.gateway.connect()
      const path = world.file(`${why}.txt`)
      const written = session.call("write_file", { path, content: "x" })
      await world.decisions.answer(why)

      const result = await written
      assert.match(JSON.stringify(result.structuredContent), new RegExp(`"decision":"deny","code":"${why}"`))
      await assert.rejects(readFile(path))
    })
  }

  it("forwards nothing after its client has gone, even if it is approved then", async () => {
    await using session = await world.gateway.connect()
    const path = world.file("gone.txt")
    const gone = new AbortController()
    const written = session.call("write_file", { path, content: "x" }, { signal: gone.signal })
    await until(() => world.decisions.pending !== undefined)
    gone.abort()
    await assert.rejects(written)
    await until(() => world.decisions.outcomes.at(-1)?.result === "cancelled")

    await world.decisions.answer("approved")
    await new Promise((resolve) => setTimeout(resolve, 150))
    await assert.rejects(readFile(path))
  })

  it("forwards nothing after its connection was closed", async () => {
    const path = world.file("closed.txt")
    const gone = new AbortController()
    const params = { name: "write_file", arguments: { path, content: "x" }, _meta: { progressToken: "p" } }
    const response = await world.gateway.post(
      { id: 1, method: "tools/call", params },
      { signal: gone.signal },
    )
    assert.equal(response.headers.get("content-type"), "text/event-stream")
    const from = world.decisions.outcomes.length
    gone.abort()

    await until(() => world.decisions.outcomes.length > from)
    assert.equal(world.decisions.outcomes.at(-1)?.result, "cancelled")
    await world.decisions.answer("approved")
    await assert.rejects(readFile(path))
  })

  it("is judged again by where its path leads after the wait", async () => {
    await using session = await world.gateway.connect()
    const path = world.file("swapped.txt")
    const written = session.call("write_file", { path, content: "x" }, { onprogress: () => undefined })
    await until(() => world.decisions.pending !== undefined)
    await symlink("/etc/swapped.txt", path)
    await world.decisions.answer("approved")

    assert.match(JSON.stringify((await written).structuredContent), /"decision":"deny"/)
  })

  it("is not held beyond the number that one agent may hold", async () => {
    await using session = await world.gateway.connect()
    const answers: string[] = []
    const calls = Array.from({ length: 5 }, async (_, index) => {
      const call = await session.call("write_file", { path: world.file(`many-${index}.txt`), content: "x" })
      answers.push(JSON.stringify(call.structuredContent))
    })
    await until(() => answers.length === 2)
    for (const answer of answers) assert.match(answer, /"decision":"ask"/)
    for (const _ of calls) await world.decisions.answer("denied")
    await Promise.all(calls)
  })
})
