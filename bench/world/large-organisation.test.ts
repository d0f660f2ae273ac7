import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Transaction } from "@tabard/control"
import { type Id, newId, systemClock } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { makeLargeOrganisation } from "./large-organisation.ts"

describe("a large organisation", () => {
  it("has ten credentials, twenty findings and eighty events for each agent, and a member with twenty of them", async () => {
    await using opened = await openTemporarySqlite()
    const organisation = await opened.store.ensureOrganisation("default", () => ({
      id: newId("organisation", systemClock),
      slug: "default",
      name: "Default organisation",
      trustDomain: "tabard.localhost",
    }))
    const shelf = opened.store.shelf(organisation.id)
    const size = { agents: 40 }
    const made = await makeLargeOrganisation({ shelf, organisation, size })
    await shelf.snapshot(async ({ agents, findings, observations, outbox }) => {
      const all = await agents.list({ limit: 1000 })
      const links = await observations.linksOf(all.map(({ id }) => id))
      assert.equal(all.length, 40)
      assert.ok([...links.values()].every(({ credentials }) => credentials.length === 10))
      assert.equal((await observations.listCredentials({ limit: 1000 })).length, 400)
      assert.equal((await findings.list({ now: systemClock.now(), limit: 1000 })).length, 800)
      assert.equal(await countEvents(outbox), 3_200)
      assert.equal((await agents.list({ owner: made.member, limit: 1000 })).length, 20)
    })
  })
})

async function countEvents(outbox: Transaction["outbox"]): Promise<number> {
  let count = 0
  let after: Id<"event"> | undefined
  do {
    const page = await outbox.list({ limit: 1000, ...(after && { after }) })
    count += page.length
    after = page.at(-1)?.id
  } while (after)
  return count
}
