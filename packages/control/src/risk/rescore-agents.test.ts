import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import type { ScanReport, SeenAgent, SeenMcpServer } from "@tabard/scan"
import { describedBy } from "../decisions/described-by.ts"
import { putManifest } from "../decisions/put-manifest.ts"
import { recordScan } from "../discovery/record-scan.ts"
import { adoptAgent } from "../lifecycle/adopt-agent.ts"
import { dismissAgent } from "../lifecycle/stop-agent.ts"
import { type ControlWorld, DAY, openControlWorld } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import { scanReport, seenAgent, seenServer } from "../testing/scan-report.ts"
import { type ExplainedRisk, explainRisk } from "./explain-risk.ts"
import { rescoreAgents } from "./rescore-agents.ts"
import type { KeptRisk } from "./risk-store.ts"

describe("the risk of an agent in the inventory", () => {
  it("is scored when a scan sees it, with the file behind every point that a file is behind", async () => {
    await using world = await openControlWorld()
    const agent = await scan(world)
    const [kept] = await history(world, agent)
    const risk = await explain(world, agent)
    assert.deepEqual([kept?.score, kept?.low, kept?.high], [risk.score, risk.low, risk.high])
    assert.equal(risk.band, "high")
    assert.deepEqual(risk.unknown, [])
    const proof = risk.points.find(({ factor }) => factor === "proof")
    assert.deepEqual(proof?.evidence, ["github-token at /home/ann/.cursor/mcp.json:7"])
  })

  it("keeps nothing new, and changes no input of decisions, when the same is seen again", async () => {
    await using world = await openControlWorld()
    const agent = await scan(world)
    const [before, version] = [await history(world, agent), await world.version()]
    world.clock.advance(DAY)
    await scan(world)
    assert.deepEqual(await history(world, agent), before)
    assert.equal(await world.version(), version)
  })

  it("keeps nothing new where a side of the score has more decimals than are kept", async () => {
    await using world = await openControlWorld()
    const { id } = await world.agent()
    const category = {
      subject: id,
      name: "category",
      kind: "observed",
      source: "laptop",
      value: "local",
    } as const
    await world.transact(({ facts }) => facts.put({ ...category, at: world.clock.now() }))
    await world.transact((tx) => rescoreAgents(world, tx, [id]))
    const [before, version] = [await history(world, id), await world.version()]
    world.clock.advance(DAY)
    await world.transact((tx) => rescoreAgents(world, tx, [id]))
    assert.deepEqual([await history(world, id), await world.version()], [before, version])
  })

  it("is that of nobody's agent once its owner is not active any more", async () => {
    await using world = await openControlWorld()
    const [admin, ann] = [await world.person("administrator"), await world.person("member")]
    const agents = [
      await world.agent({ owner: ann.id }),
      await world.agent({ owner: admin.id }),
      await world.agent(),
    ]
    await world.transact(({ users }) => users.setActive(ann.id, false))
    const [left, owned, free] = await world.snapshot((tx) =>
      Promise.all(agents.map((one) => explainRisk(tx, one))),
    )
    assert.equal(left?.score, free?.score)
    assert.ok((left?.score ?? 0) > (owned?.score ?? 100))
  })

  it("rises in history when a scan sees more, and tells decisions so", async () => {
    await using world = await openControlWorld()
    const agent = await scan(world, { autonomy: "partial" })
    const version = await world.version()
    world.clock.advance(DAY)
    await scan(world, { autonomy: "unrestricted" })
    const [now, before, ...older] = await history(world, agent)
    assert.ok((now?.score ?? 0) > (before?.score ?? 100))
    assert.deepEqual(older, [])
    assert.ok((await world.version()) > version)
  })

  it("falls when somebody answers for it, and again when a manifest bounds it", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const agent = await scan(world)
    world.clock.advance(1000)
    const expiresAt = new Date(world.clock.now().getTime() + DAY)
    const adoption = { agent, purpose: "x", tier: "transactional", expiresAt, acceptOwnership: true } as const
    await adoptAgent(world, admin, adoption)
    world.clock.advance(1000)
    await notesServer(world, admin)
    await putManifest(world, admin, { agent, text: MANIFEST })
    const [bounded, owned, found, ...older] = (await history(world, agent)).map(({ score }) => score)
    assert.ok(
      (bounded ?? 100) < (owned ?? 0) && (owned ?? 100) < (found ?? 0),
      `${found} ${owned} ${bounded}`,
    )
    assert.deepEqual(older, [])
  })

  it("widens where a server reaches a system that nobody knows, and says which server", async () => {
    await using world = await openControlWorld()
    const server = { ...SERVER, system: null, capabilities: [] }
    const risk = await explain(world, await scan(world, { server }))
    assert.ok(risk.low < risk.score && risk.score < risk.high)
    assert.ok(risk.unknown.includes("server github: which system it reaches"))
    assert.ok(risk.unknown.includes("server github: what it can do"))
  })

  it("takes nothing for harmless that no scan saw", async () => {
    await using world = await openControlWorld()
    const { id } = await world.agent()
    const risk = await explain(world, id)
    assert.deepEqual([risk.low, risk.high, risk.access], [0, 100, 5])
  })

  it("is no longer followed once a person said that it is no agent", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const agent = await scan(world, { autonomy: "partial" })
    await dismissAgent(world, admin, { agent, reason: "no agent" })
    world.clock.advance(DAY)
    await scan(world, { autonomy: "unrestricted" })
    assert.equal((await history(world, agent)).length, 1)
  })

  it("stands in decisions with what is unknown at its worst, and as the worst where there is no score", async () => {
    await using world = await openControlWorld()
    const agent = await scan(world, { server: { ...SERVER, system: null } })
    const [kept] = await history(world, agent)
    const described = (id: Id<"agent">) => world.snapshot((tx) => describedBy(tx, [id]))
    assert.ok((kept?.high ?? 0) > (kept?.score ?? 100))
    assert.equal((await described(agent)).risk, kept?.high)
    assert.deepEqual(await described((await world.agent()).id), {
      category: "production",
      risk: 100,
      environment: "default",
      actedFor: [],
    })
  })
})

const MANIFEST = `
purpose: Keeps the notes tidy
tier: transactional
tools:
  - { server: notes, tool: read_note, arguments: { path: { under: /notes } } }
`

const SERVER = seenServer("server-1", {
  system: "GitHub",
  capabilities: ["read", "write", "delete"],
  flags: ["unpinned"],
})

interface Sighting {
  readonly autonomy?: SeenAgent["autonomy"]["level"]
  readonly server?: SeenMcpServer
}

/** Scans a machine with one agent on it, and answers its id. */
async function scan(world: ControlWorld, sighting: Sighting = {}): Promise<Id<"agent">> {
  await recordScan(world, "laptop", reportOf(sighting))
  const [agent] = await world.snapshot(({ agents }) => agents.list({ limit: 1 }))
  return agent?.id ?? assert.fail()
}

function reportOf({ autonomy = "unrestricted", server = SERVER }: Sighting): ScanReport {
  const agent = seenAgent("agent-1", {
    autonomy: { level: autonomy, effective: [] },
    mcpServers: [server.key],
  })
  return scanReport({ agents: [agent], mcpServers: [server] })
}

function history({ snapshot }: ControlWorld, agent: Id<"agent">): Promise<readonly KeptRisk[]> {
  return snapshot(({ risks }) => risks.history(agent, 10))
}

async function explain(world: ControlWorld, id: Id<"agent">): Promise<ExplainedRisk> {
  const agent = (await world.found({ id })) ?? assert.fail()
  return world.snapshot((tx) => explainRisk(tx, agent))
}
