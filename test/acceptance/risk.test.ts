import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { AgentDetail, RiskView } from "@tabard/api"
import { CANARY, filesystemServer, makeMachine } from "../world/machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { notesManifest } from "../world/seed.ts"

describe("the risk of what a scan found", () => {
  it("is a row's number and, on the agent's page, adds up from points that each name their evidence", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const rows = (await ann.api.listAgents({})).items
    assert.ok(rows.length >= 4)
    for (const row of rows) {
      const risk = riskOf(await ann.api.getAgent({ id: row.id }))
      const { score, band, low, high } = risk
      assert.deepEqual(row.risk, { score, band, low, high })
      assert.equal(score, Math.round(total(risk, "access") * total(risk, "autonomy")))
      assert.ok(risk.points.every(({ evidence }) => evidence.length > 0))
      assert.deepEqual(
        risk.history.map((kept) => kept.score),
        [score],
      )
    }
  })

  it("is a picture: each agent a point whose two sides multiply to its score, worst first, none once dismissed", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const { agents, left } = await ann.api.getRiskPicture({})
    assert.equal(left, 0)
    assert.equal(agents.length, (await ann.api.listAgents({})).items.length)
    for (const { access, autonomy, score } of agents) assert.equal(Math.round(access * autonomy), score)
    const scores = agents.map(({ score }) => score)
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    )
    const [worst = assert.fail()] = agents
    await ann.api.dismissAgent({ id: worst.id, reason: "not an agent" })
    const after = await ann.api.getRiskPicture({})
    assert.deepEqual(
      after.agents.map(({ id }) => id),
      agents.slice(1).map(({ id }) => id),
    )
  })

  it("names the file of a key in plain text and never the key, and says that the key is to go", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const risk = riskOf(await ann.api.getAgent({ id: await idOf(ann, "cursor") }))
    const key = risk.points.find(({ what }) => what === "A key lies in plain text.")
    assert.match(key?.evidence.join() ?? "", /\.cursor\/mcp\.json/)
    assert.ok(!JSON.stringify(risk).includes(CANARY))
    assert.ok((risk.counterfactual?.score ?? 100) < risk.score)
  })

  it("falls when a person adopts the agent, and again when a manifest bounds it", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const id = await idOf(ann, "claude-code")
    const found = riskOf(await ann.api.getAgent({ id }))
    const mandate = {
      purpose: "Tidies notes",
      tier: "transactional",
      expiresAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
    } as const
    const owned = riskOf(await ann.api.adoptAgent({ id, ...mandate, acceptOwnership: true }))
    const { root, notes } = machine
    await ann.api.registerServer({ name: "notes", launch: { transport: "stdio", ...filesystemServer(root) } })
    const bounded = riskOf(await ann.api.putManifest({ id, manifest: notesManifest(notes) }))
    const scores = [bounded.score, owned.score, found.score]
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => a - b),
    )
    assert.equal(new Set(scores).size, 3)
    assert.deepEqual(
      bounded.history.map(({ score }) => score),
      scores,
    )
  })
})

async function firstPerson({ server }: RunningTabard): Promise<SignedInPerson> {
  await server.scans.settled()
  return signInFirst(server, "Ann")
}

async function idOf({ api }: SignedInPerson, client: string): Promise<string> {
  return (await api.listAgents({})).items.find((row) => row.client === client)?.id ?? assert.fail()
}

function riskOf({ risk }: AgentDetail): RiskView {
  return risk ?? assert.fail("it was not scored")
}

function total({ points }: RiskView, side: "access" | "autonomy"): number {
  return points.filter((point) => point.side === side).reduce((sum, point) => sum + point.points, 0)
}
