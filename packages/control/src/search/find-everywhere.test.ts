import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { FOUND_KINDS, type FoundKind, newId, type ToolVersion, type User } from "@tabard/core"
import { invitePerson } from "../access/people.ts"
import { makeTeam, removeTeam } from "../directory/teams.ts"
import { mergeAgents } from "../discovery/merge-agents.ts"
import { recordScan } from "../discovery/record-scan.ts"
import { describeAgent } from "../registry/describe-agent.ts"
import { enterAgent } from "../registry/enter-agent.ts"
import { enrolReporter } from "../reporters/enrol-reporter.ts"
import { offerReporterEnrolment } from "../reporters/offer-reporter-enrolment.ts"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { NOTES_TOOLS } from "../testing/notes-server.ts"
import { scanReport, seenAgent } from "../testing/scan-report.ts"
import { enrolmentCodeHash } from "../tokens/enrolment-code.ts"
import { registerServer } from "../upstreams/register-server.ts"
import { findEverywhere } from "./find-everywhere.ts"

describe("an agent is found, from the moment that somebody says so,", () => {
  it("by what a scan saw of it, and by each word that people give it since", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", scanReport())
    for (const text of ["cursor", "ann"])
      assert.deepEqual(await found(world, text, "agent"), discovered, text)
    const [agent = ""] = discovered
    const change = { name: "Invoice clerk", purpose: "Reads receipts." }
    await describeAgent(world, admin, { agent, change })
    for (const text of ["invoice cl", "clerk", "receipts", "cursor"])
      assert.deepEqual(await found(world, text, "agent"), discovered, text)
    await describeAgent(world, admin, { agent, change: { name: null, purpose: null } })
    assert.deepEqual(await found(world, "clerk", "agent"), [])
  })

  it("by its owner together with what it is called", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator", { name: "Grace Hopper" })
    const owner = { owner: admin.email }
    const agent = await enterAgent(world, admin, { description: { name: "Compiler" }, ...owner })
    assert.deepEqual(await found(world, "comp hopper", "agent"), [agent.id])
  })

  it("as the one that it was merged into, by the names and ids of both", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const two = scanReport({ agents: [seenAgent("a"), seenAgent("b", { name: "Windsurf" })] })
    const { discovered } = await recordScan(world, "laptop", two)
    const [agent = "", other = ""] = discovered
    await mergeAgents(world, admin, { agent, other, reason: "one" })
    assert.deepEqual(await found(world, "cursor", "agent"), [agent])
    assert.deepEqual(await found(world, other, "agent"), [agent])
  })
})

describe("what is named is found at once:", () => {
  it("a server that was seen and its system, a machine, a person, a team and its end", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    await recordScan(world, "laptop", scanReport())
    assert.equal((await found(world, "git", "server")).length, 1)
    assert.deepEqual(await found(world, "GITHUB", "system"), ["github"])
    const { code } = await offerReporterEnrolment(world, admin, "build-7")
    const key = { codeHash: enrolmentCodeHash(code), jwk: KEY, thumbprint: "t" }
    const reporter = await enrolReporter(world, key)
    assert.deepEqual(await found(world, "build", "reporter"), [reporter.id])
    const invited = { name: "Ada Lovelace", email: "ada@acme.example", role: "member" } as const
    await invitePerson(world, admin, invited)
    for (const text of ["love", "ada acme"])
      assert.equal((await found(world, text, "person")).length, 1, text)
    const words = { name: "Platform", externalName: null, keptBy: "people", lead: null } as const
    const team = await makeTeam(world, admin, words)
    assert.deepEqual(await found(world, "plat", "team"), [team])
    await removeTeam(world, admin, team)
    assert.deepEqual(await found(world, "plat", "team"), [])
  })

  it("a server behind the gateway, its tools, and what was decided about them and about an agent", async () => {
    await using world = await openControlWorld()
    const { server, tools, decisions } = await decided(world, await world.person("administrator"))
    assert.deepEqual(await found(world, "notes", "upstream"), [server])
    const write = tools.find(({ name }) => name === "write_note")
    assert.deepEqual(await found(world, "write", "tool"), [write?.id])
    assert.deepEqual(await found(world, "write_note", "decision"), decisions.slice(0, 1))
    assert.deepEqual(await found(world, "clerk", "decision"), decisions.toReversed())
    assert.deepEqual(await found(world, decisions[0] ?? "", "decision"), decisions.slice(0, 1))
  })

  it("a rule, by its title and its id", async () => {
    await using world = await openControlWorld()
    assert.deepEqual(await found(world, "shadow-agent", "rule"), ["shadow-agent"])
  })
})

describe("a search", () => {
  it("finds nothing by what has no word, by an id of nothing, and by kinds that were not asked for", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", scanReport())
    for (const text of ["…!", newId("agent", world.clock), "org_1", "tok_1"])
      assert.deepEqual(await found(world, text), [], text)
    const server = await world.snapshot((tx) =>
      findEverywhere(tx, { text: "github", kinds: ["server"], limit: 5 }),
    )
    assert.deepEqual([...server.keys()], ["server"])
  })

  it("answers at most fifty things, and hides none of one kind behind the many of another", async () => {
    await using world = await openControlWorld()
    const agents = Array.from({ length: 70 }, (_, n) => seenAgent(`a-${n}`, { name: `github ${n}` }))
    await recordScan(world, "laptop", scanReport({ agents }))
    const all = await world.snapshot((tx) =>
      findEverywhere(tx, { text: "github", kinds: FOUND_KINDS, limit: 20 }),
    )
    assert.ok([...all.values()].flat().length <= 50)
    assert.ok(all.has("agent") && all.has("server") && all.has("system"))
  })
})

const KEY = { kty: "EC", crv: "P-256", x: "x", y: "y" } as const

/** A server with tools, and two decisions: one about a tool of it and another agent, one about the clerk. */
async function decided(
  world: ControlWorld,
  admin: User,
): Promise<{ server: string; tools: readonly ToolVersion[]; decisions: readonly string[] }> {
  const launch = { transport: "http", url: "https://notes.acme.example/mcp" } as const
  const deps = { ...world, listTools: async () => NOTES_TOOLS }
  const { server, tools } = await registerServer(deps, admin, { name: "notes", launch })
  const clerk = await enterAgent(world, admin, { description: { name: "Clerk" } })
  const ids = [newId("decision", world.clock), newId("decision", world.clock)].toSorted()
  const common = { task: null, resource: server.id, effect: "deny", code: "no_permit", reasons: [] } as const
  await world.transact(async (tx) => {
    for (const [at, id] of ids.entries())
      await tx.decisions.insert({
        ...common,
        id,
        call: newId("call", world.clock),
        agent: clerk.id,
        action: at === 0 ? "notes/write_note" : "notes/read_note",
        approval: null,
        observed: null,
        version: 1,
        at: new Date(world.clock.now().getTime() + at),
      })
  })
  return { server: server.id, tools, decisions: ids }
}

async function found(world: ControlWorld, text: string, kind?: FoundKind): Promise<readonly string[]> {
  const all = await world.snapshot((tx) => findEverywhere(tx, { text, kinds: FOUND_KINDS, limit: 5 }))
  return kind ? (all.get(kind) ?? []) : [...all.values()].flat()
}
