import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { effectiveFacts, type Id } from "@tabard/core"
import type { ScanReport, SeenAgent } from "@tabard/scan"
import { adoptAgent } from "../lifecycle/adopt-agent.ts"
import { dismissAgent } from "../lifecycle/stop-agent.ts"
import { type ControlWorld, DAY, openControlWorld } from "../testing/control-world.ts"
import { scanReport, seenAgent } from "../testing/scan-report.ts"
import { recordScan } from "./record-scan.ts"

describe("recording a scan", () => {
  it("discovers what was not known: agents, servers, credentials, each told in the record", async () => {
    await using world = await openControlWorld()
    const { discovered } = await recordScan(world, "laptop", reportOf([CURSOR]))
    assert.equal(discovered.length, 1)
    const told = (await world.events()).map(({ type }) => type)
    assert.deepEqual(told, [
      "server.discovered",
      "credential.discovered",
      "agent.discovered",
      "finding.opened",
      "scan.finished",
    ])
    const links = await world.snapshot(({ observations }) => observations.linksOf(discovered))
    assert.deepEqual(
      [...links.values()].map(({ servers, credentials }) => [servers.length, credentials.length]),
      [[1, 1]],
    )
  })

  it("changes nothing but the time of sight when it sees the same again", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", reportOf([CURSOR]))
    const before = await inventory(world)
    world.clock.advance(DAY)
    const again = await recordScan(world, "laptop", reportOf([CURSOR]))
    assert.deepEqual(again.discovered, [])
    assert.deepEqual(await inventory(world), before)
    assert.equal((await world.events("agent.discovered")).length, 1)
    const [seen] = await world.snapshot(({ observations }) => observations.listServers({ limit: 10 }))
    assert.equal((seen?.lastSeen.getTime() ?? 0) - (seen?.firstSeen.getTime() ?? 0), DAY)
  })

  it("takes what two reporters of one machine see under one key for one thing, and keeps what each saw", async () => {
    await using world = await openControlWorld()
    const first = await recordScan(world, { name: "laptop", machine: "m1" }, reportOf([CURSOR]))
    const renamed = reportOf([{ ...CURSOR, name: "Cursor on a server" }])
    const second = await recordScan(world, { name: "server", machine: "m1" }, renamed)
    assert.deepEqual(second.discovered, [])
    const seen = await world.snapshot(({ observations }) => observations.of(first.discovered))
    assert.deepEqual(seen.map(({ reporter }) => reporter).toSorted(), ["laptop", "server"])
    const facts = await world.snapshot((tx) => tx.facts.of(first.discovered))
    assert.equal(facts.filter(({ name }) => name === "name").length, 2)
  })

  it("takes one key of two reporters for two things, and lets neither touch what the other saw", async () => {
    await using world = await openControlWorld()
    const ours = await recordScan(world, "laptop", reportOf([CURSOR]))
    const before = await everythingOf(world, ours.discovered)
    world.clock.advance(DAY)
    const hostile = reportOf([{ ...CURSOR, name: "Nothing to see", mcpServers: [], credentials: [] }])
    const theirs = await recordScan(world, "stranger", { ...hostile, host: "laptop" })
    world.clock.advance(DAY)
    await recordScan(world, "stranger", { ...reportOf([]), mcpServers: [], credentials: [] })
    assert.equal(theirs.discovered.length, 1)
    assert.notDeepEqual(theirs.discovered, ours.discovered)
    assert.deepEqual(await everythingOf(world, ours.discovered), before)
  })

  it("never overwrites a person's word: the name they gave stays, whatever is seen later", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", reportOf([CURSOR]))
    const [agent = assert.fail()] = discovered
    const expiresAt = new Date(world.clock.now().getTime() + DAY)
    const adoption = { agent, name: "Notes helper", purpose: "x", tier: "read-only", expiresAt } as const
    await adoptAgent(world, admin, { ...adoption, acceptOwnership: true })
    world.clock.advance(DAY / 2)
    await recordScan(world, "laptop", reportOf([{ ...CURSOR, name: "Renamed" }]))

    const facts = effectiveFacts(await world.snapshot((tx) => tx.facts.of([agent])))
    assert.equal(facts.get("name")?.value, "Notes helper")
    assert.equal((await world.found({ id: agent }))?.state, "active")
  })

  it("leaves a dismissed discovery dismissed, however often it is seen", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { discovered } = await recordScan(world, "laptop", reportOf([CURSOR]))
    const [agent = assert.fail()] = discovered
    await dismissAgent(world, admin, { agent, reason: "no agent" })
    assert.deepEqual((await recordScan(world, "laptop", reportOf([CURSOR]))).discovered, [])
    assert.equal((await world.found({ id: agent }))?.state, "dismissed")
  })

  it("brings the same in once where it is reported twice at the same time", async () => {
    await using world = await openControlWorld()
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        recordScan(world, { name: `r${n % 4}`, machine: "m1" }, reportOf([CURSOR])),
      ),
    )
    assert.equal((await world.snapshot(({ agents }) => agents.list({ limit: 10 }))).length, 1)
  })

  it("keeps of a credential its kind, place and fingerprint", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", reportOf([CURSOR]))
    const [credential] = await world.snapshot(({ observations }) =>
      observations.listCredentials({ limit: 10 }),
    )
    assert.deepEqual(
      { ...credential, id: null },
      {
        id: null,
        key: "cred-1",
        kind: "github-token",
        provider: "github",
        storedAs: "plaintext",
        fingerprint: "hmac-cred-1",
        locations: ["/home/ann/.cursor/mcp.json:7"],
        firstSeen: world.clock.now(),
        lastSeen: world.clock.now(),
      },
    )
  })

  it("takes an empty scan, and keeps what an earlier one saw", async () => {
    await using world = await openControlWorld()
    await recordScan(world, "laptop", reportOf([CURSOR]))
    await recordScan(world, "laptop", { ...reportOf([]), mcpServers: [], credentials: [] })
    assert.equal((await world.snapshot(({ agents }) => agents.list({ limit: 10 }))).length, 1)
  })
})

const CURSOR = seenAgent("agent-1", { mcpServers: ["server-1", "server-1"] })

function reportOf(agents: readonly SeenAgent[]): ScanReport {
  return scanReport({ agents })
}

async function inventory({ snapshot }: ControlWorld): Promise<unknown> {
  return snapshot(async (tx) => {
    const agents = await tx.agents.list({ limit: 100 })
    const links = await tx.observations.linksOf(agents.map(({ id }) => id))
    const facts = await tx.facts.of(agents.map(({ id }) => id))
    return { agents, links: [...links], facts: facts.map((fact) => ({ ...fact, at: "any" })) }
  })
}

async function everythingOf({ snapshot }: ControlWorld, ids: readonly Id<"agent">[]): Promise<unknown> {
  return snapshot(async ({ agents, facts, observations }) => {
    const links = await observations.linksOf(ids)
    return {
      agents: await agents.findAll(ids),
      facts: await facts.of(ids),
      seen: await observations.of(ids),
      links: [...links],
      servers: await observations.findServers([...links.values()].flatMap(({ servers }) => servers)),
      credentials: await observations.findCredentials(
        [...links.values()].flatMap(({ credentials }) => credentials),
      ),
      vanished: await observations.vanished(ids),
    }
  })
}
