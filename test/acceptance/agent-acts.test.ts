import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { ApiProblem, type Client, createClient, MOST_ACTED_ON } from "@tabard/api"
import { type Agent, newId, type Role, systemClock } from "@tabard/core"
import { addPerson } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const REASON = "an incident"

let tabard: RunningTabard
before(async () => {
  tabard = await runTabard()
})
after(async () => {
  assert.deepEqual(tabard.faults, [])
  await tabard[Symbol.asyncDispose]()
})

describe("an act on many agents over the API", () => {
  it("says what it will do, does it, and tells who was passed over and why", async () => {
    const ada = await person("security")
    const agents = [await active(), await active(), await active({ state: "suspended" })]
    const ids = agents.map(({ id }) => id)
    const act = { kind: "suspend", reason: REASON } as const
    const told = await ada.api.previewActs({ act, agents: ids })
    assert.deepEqual([told.agents, told.attached.tokens], [2, 0])
    assert.deepEqual(told.skipped, [
      {
        agent: ids[2],
        code: "agent_state_conflict",
        says: "the agent is suspended; only active or quarantined can be changed so",
      },
    ])
    const report = await ada.api.actOnAgents({ act, agents: ids })
    assert.equal(report.done, 2)
    assert.deepEqual(
      report.outcomes.map(({ agent, outcome, code }) => [agent, outcome, code]),
      [
        [ids[0], "done", null],
        [ids[1], "done", null],
        [ids[2], "refused", "agent_state_conflict"],
      ],
    )
    for (const id of ids) assert.equal((await ada.api.getAgent({ id })).state, "suspended")
  })

  it("is for a member the act on their own agents; another's is not there", async () => {
    const [bob, cora] = [await person("member"), await person("member")]
    const own = await active({ owner: bob.id })
    const others = await active({ owner: cora.id })
    const asked = { act: { kind: "suspend", reason: REASON } as const, agents: [own.id, others.id] }
    const { agents, skipped } = await bob.api.previewActs(asked)
    assert.deepEqual(
      [agents, skipped.map(({ agent, code }) => [agent, code])],
      [1, [[others.id, "agent_not_found"]]],
    )
    const { done, outcomes } = await bob.api.actOnAgents(asked)
    assert.deepEqual([done, outcomes[1]?.code], [1, "agent_not_found"])
    assert.equal((await cora.api.getAgent({ id: others.id })).state, "active")
  })

  it("is no way around who may act on one", async () => {
    const bob = await person("member")
    const { id } = await active({ owner: bob.id, state: "proposed" })
    const asked = { act: { kind: "dismiss", reason: REASON } as const, agents: [id] }
    await refused(bob.api.dismissAgent({ id, reason: REASON }), "not_allowed")
    await refused(bob.api.previewActs(asked), "not_allowed")
    await refused(bob.api.actOnAgents(asked), "not_allowed")
    assert.equal((await bob.api.getAgent({ id })).state, "proposed")
    const auditor = await person("auditor")
    const { done, outcomes } = await auditor.api.actOnAgents({
      ...asked,
      act: { kind: "retire", reason: REASON },
    })
    assert.deepEqual([done, outcomes[0]?.code], [0, "not_allowed"])
  })

  it("offers, adds a maintainer and sets the next review as the single acts do", async () => {
    const [ada, bob] = [await person("administrator"), await person("member")]
    const ids = [(await active()).id, (await active()).id]
    await ada.api.actOnAgents({ act: { kind: "offer-ownership", to: bob.id, note: "Yours?" }, agents: ids })
    await ada.api.actOnAgents({ act: { kind: "add-maintainer", user: bob.id }, agents: ids })
    await ada.api.actOnAgents({ act: { kind: "set-next-review", day: "2027-05-01" }, agents: ids })
    for (const id of ids) {
      const { offer, maintainers, nextReview } = await ada.api.getAgent({ id })
      assert.deepEqual(
        [offer?.to.id, offer?.note, maintainers.map((one) => one.id), nextReview],
        [bob.id, "Yours?", [bob.id], "2027-05-01"],
      )
    }
  })

  it("is bounded, names each agent once, and needs what the single act needs", async () => {
    const { api } = await person("administrator")
    const { id } = await active()
    const many = Array.from({ length: MOST_ACTED_ON + 1 }, () => newId("agent", systemClock))
    const act = { kind: "suspend", reason: REASON } as const
    await refused(api.actOnAgents({ act, agents: many }), "body_invalid")
    await refused(api.actOnAgents({ act, agents: [] }), "body_invalid")
    await refused(api.actOnAgents({ act, agents: [id, id] }), "body_invalid")
    await refused(api.actOnAgents({ act: { kind: "suspend", reason: " " }, agents: [id] }), "body_invalid")
    assert.equal((await api.getAgent({ id })).state, "active")
  })

  it("is done once under one Idempotency-Key, and answered as it was", async () => {
    const { cookie, api } = await person("administrator")
    const { id } = await active()
    const send = (kind: string) =>
      rawRequest(tabard.server.publicUrl, {
        method: "POST",
        path: "/api/v1/agents/acts",
        headers: {
          cookie,
          "x-tabard": "1",
          "content-type": "application/json",
          "idempotency-key": "one-act",
        },
        body: JSON.stringify({ act: { kind, reason: REASON }, agents: [id] }),
      })
    const first = await send("suspend")
    await api.resumeAgent({ id, reason: "it was nothing" })
    const again = await send("suspend")
    assert.deepEqual([first.status, again.status, again.text], [200, 200, first.text])
    assert.equal(again.headers["idempotency-replayed"], "true")
    assert.equal((await api.getAgent({ id })).state, "active")
    assert.equal((await send("retire")).status, 422)
  })
})

interface SignedIn {
  readonly id: `usr_${string}`
  readonly cookie: string
  readonly api: Client
}

async function person(role: Role): Promise<SignedIn> {
  const { user, cookie } = await addPerson(tabard.server, role)
  const api = createClient(tabard.server.publicUrl, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["cookie", cookie]] }),
  )
  return { id: user.id, cookie, api }
}

async function active(differences: Partial<Agent> = {}): Promise<Agent> {
  const owner = (await addPerson(tabard.server, "member")).user
  const createdAt = systemClock.now()
  const agent: Agent = {
    id: newId("agent", systemClock),
    state: "active",
    owner: owner.id,
    mandate: null,
    createdAt,
    ...differences,
  }
  await tabard.server.organisation.shelf.transact(({ agents }) => agents.insert(agent))
  return agent
}

async function refused(asking: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(asking, (error) => error instanceof ApiProblem && error.code === code)
}
