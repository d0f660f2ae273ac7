import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type JsonObject, Problem, type User } from "@tabard/core"
import { type ControlWorld, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { NOTES_TOOLS } from "../testing/notes-server.ts"
import { registerServer } from "./register-server.ts"

const LAUNCH = { transport: "http", url: "https://notes.acme.example/mcp" } as const

describe("registering a server", () => {
  it("pins each tool as it is defined now, and tells the record its digest and effects", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { server, tools } = await register(world, admin)
    assert.deepEqual(
      tools.map(({ name }) => name),
      ["read_note", "write_note", "delete_note", "pay"],
    )
    const pinned = await world.snapshot(({ servers }) => servers.pinned(server.id))
    assert.deepEqual(new Set(pinned.map(({ digest }) => digest)), new Set(tools.map(({ digest }) => digest)))
    const [event] = await world.events("server.registered")
    assert.ok(JSON.stringify(event).includes(tools[0]?.digest ?? "none"))
    assert.ok((await world.version()) > 0)
  })

  it("tells the record as many tools as an event has room for, and how many more there are", async () => {
    for (const letter of ["a", "好", "\u202e"]) {
      await using world = await openControlWorld()
      const admin = await world.person("administrator")
      const names = Array.from({ length: 300 }, (_, n) => `${n}${letter.repeat(200)}`)
      const listTools = async () => names.map((name) => ({ name, inputSchema: { type: "object" } }))
      const { tools } = await register(world, admin, { listTools })
      assert.equal(tools.length, 300)
      const { data } = (await world.events("server.registered")).at(-1) ?? {}
      const { tools: told, moreTools } = { ...Object(data) }
      assert.ok(told.length > 10)
      assert.equal(told.length + moreTools, 300)
    }
  })

  it("is for administrators alone; for others not even the tools are listed", async () => {
    await using world = await openControlWorld()
    for (const role of ["security", "auditor", "member"] as const) {
      const by = await world.person(role)
      await assert.rejects(register(world, by, { listTools: () => assert.fail("the program was started") }), {
        code: "not_allowed",
      })
    }
  })

  it("keeps nothing where the tools cannot be listed, or one of them cannot be pinned", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    await assert.rejects(register(world, admin, { listTools: doesNotAnswer }), { code: "server_not_found" })
    for (const broken of [{ name: "" }, { name: "x" }, { name: "x", inputSchema: "any" }]) {
      await assert.rejects(register(world, admin, { listTools: async () => [...NOTES_TOOLS, broken] }), {
        code: "tool_not_found",
      })
    }
    assert.deepEqual(await world.snapshot(({ servers }) => servers.list()), [])
    assert.deepEqual(await world.snapshot(({ servers }) => servers.pinned()), [])
    assert.deepEqual(await world.events(), [])
  })

  it("takes a name once, also where twenty want it at once", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const outcomes = await twentyAtOnce(() => register(world, admin))
    assert.equal(outcomes.filter((outcome) => typeof outcome !== "string").length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === "body_invalid").length, 19)
    assert.equal((await world.snapshot(({ servers }) => servers.list())).length, 1)
    assert.equal((await world.snapshot(({ servers }) => servers.pinned())).length, NOTES_TOOLS.length)
  })

  it("does not take a server's word for its tools being harmless", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const harmless = { readOnlyHint: true, destructiveHint: false, openWorldHint: false }
    const definition = {
      name: "delete_all",
      inputSchema: { type: "object", properties: {} },
      annotations: harmless,
    }
    const { tools } = await register(world, admin, { listTools: async () => [definition] })
    assert.ok(tools[0]?.effects.includes("delete"))
  })
})

function register(
  world: ControlWorld,
  by: User,
  { listTools = async () => NOTES_TOOLS }: { listTools?: () => Promise<readonly JsonObject[]> } = {},
): ReturnType<typeof registerServer> {
  return registerServer({ ...world, listTools }, by, { name: "notes", launch: LAUNCH })
}

async function doesNotAnswer(): Promise<never> {
  throw new Problem("server_not_found", "it does not answer")
}
