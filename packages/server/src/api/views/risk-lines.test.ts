import assert from "node:assert/strict"
import { it } from "node:test"
import { type Agent, ManualClock, newId } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { riskLines } from "./risk-lines.ts"

const NOW = new Date("2026-11-22T12:00:00.000Z")
const ago = (days: number, hours = 0) => new Date(NOW.getTime() - days * 86_400_000 - hours * 3_600_000)

it("a line begins with the score that stood sixty days ago, and has one point a day at most", async () => {
  const clock = new ManualClock(NOW.toISOString())
  await using opened = await openTemporarySqlite({ clock })
  const organisation = await opened.store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const { transact, snapshot } = opened.store.shelf(organisation.id)
  const agent: Agent = {
    id: newId("agent", clock),
    state: "active",
    owner: null,
    mandate: null,
    createdAt: ago(100),
  }
  await transact(async ({ agents, risks }) => {
    await agents.insert(agent)
    for (const [at, score] of [
      [ago(90), 10],
      [ago(70), 20],
      [ago(3, 2), 30],
      [ago(3, 1), 40],
      [ago(1), 50],
    ] as const)
      await risks.put({ agent: agent.id, at, score, low: 0, high: 100, sides: null })
  })
  const shown = await snapshot((tx) => riskLines(tx, [agent.id, newId("agent", clock), "no id"], NOW))
  assert.deepEqual(shown, {
    since: "2026-09-23T00:00:00.000Z",
    lines: [
      {
        agent: agent.id,
        points: [
          { at: "2026-09-23T00:00:00.000Z", score: 20 },
          { at: ago(3, 1).toISOString(), score: 40 },
          { at: ago(1).toISOString(), score: 50 },
        ],
      },
    ],
  })
})
