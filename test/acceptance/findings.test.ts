import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { FindingView } from "@tabard/api"
import { CANARY, makeMachine } from "../world/machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

const DAY_MS = 86_400_000

describe("what is to be put right", () => {
  it("is there after the first scan, the worst first, page by page, each with what to do and no secret", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const all = (await ann.api.listFindings({ state: "open" })).items
    assert.ok(all.length > 4)
    const worst = ["critical", "high", "medium", "low"]
    const ranks = all.map(({ severity }) => worst.indexOf(severity))
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
    )
    for (const { title, remediation, controls, subject, message } of all) {
      assert.ok(title && remediation && message && subject.name, title)
      assert.ok(controls.length > 0 && controls.every((control) => control.title), title)
    }
    assert.ok(!JSON.stringify(all).includes(CANARY))

    const paged: FindingView[] = []
    let after: string | undefined
    do {
      const page = await ann.api.listFindings({ state: "open", limit: 3, ...(after && { after }) })
      paged.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    assert.deepEqual(paged, all)
  })

  it("is counted on the overview and by rule, and shown on the page of each agent that it concerns", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const all = (await ann.api.listFindings({ state: "open" })).items
    const overview = await ann.api.getOverview({})
    assert.deepEqual(overview.worstFindings, all.slice(0, 5))
    const total = Object.values(overview.findingsBySeverity).reduce((sum, count) => sum + count, 0)
    assert.equal(total, all.length)
    const agents = (await ann.api.listAgents({})).items
    assert.equal(
      overview.agentsByCategory.local,
      agents.filter(({ category }) => category === "local").length,
    )

    const rules = (await ann.api.listRules({})).items
    assert.equal(
      rules.reduce((sum, { open }) => sum + open, 0),
      all.length,
    )
    for (const { id, open } of rules) assert.equal(all.filter(({ rule }) => rule === id).length, open, id)

    for (const { id } of agents) {
      const { findings } = await ann.api.getAgent({ id })
      const concerning = all.filter((finding) => finding.agents.some((agent) => agent.id === id))
      assert.deepEqual(
        findings.map((finding) => finding.id),
        concerning.map((finding) => finding.id),
      )
      assert.deepEqual((await ann.api.listFindings({ agent: id, state: "open" })).items, findings)
    }
  })

  it("is told apart where it is about agents that one answers for oneself", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const mine = async (): Promise<readonly FindingView[]> =>
      (await ann.api.listFindings({ state: "open", mine: true })).items
    assert.deepEqual(await mine(), [])
    // Its key still lies in plain text when somebody answers for it.
    const found = (await ann.api.listFindings({ state: "open" })).items
    const { agents } = found.find(({ rule }) => rule === "plaintext-credential") ?? assert.fail()
    const [{ id } = assert.fail()] = agents
    const expiresAt = new Date(Date.now() + 30 * DAY_MS).toISOString()
    await ann.api.adoptAgent({ id, purpose: "x", tier: "read-only", expiresAt, acceptOwnership: true })
    assert.deepEqual(await mine(), (await ann.api.listFindings({ state: "open", agent: id })).items)
    assert.ok((await mine()).length > 0)
  })

  it("is put right by adopting an agent, in the same moment, and stays resolved when it is scanned again", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const [{ id } = assert.fail()] = (await ann.api.listAgents({})).items
    const before = await ann.api.getAgent({ id })
    assert.ok(before.findings.some(({ rule }) => rule === "no-owner"))
    const expiresAt = new Date(Date.now() + 30 * DAY_MS).toISOString()
    const mandate = { purpose: "Tidies notes", tier: "read-only", expiresAt } as const
    const after = await ann.api.adoptAgent({ id, ...mandate, acceptOwnership: true })
    assert.ok(!after.findings.some(({ rule }) => rule === "no-owner"))
    await ann.api.startScan({})
    await tabard.server.scans.settled()
    const [resolved] = (await ann.api.listFindings({ subject: id, rule: "no-owner" })).items
    assert.deepEqual([resolved?.state, resolved?.resolvedAt !== null], ["resolved", true])
  })

  it("is lived with until a date by a person's word, which they can take back", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    const [{ id } = assert.fail()] = (await ann.api.listFindings({ rule: "plaintext-credential" })).items
    const until = new Date(Date.now() + 30 * DAY_MS).toISOString()
    const accepted = await ann.api.acceptFinding({ id, reason: "a key of the test account", until })
    assert.deepEqual(
      [accepted.state, accepted.acceptance?.reason, accepted.acceptance?.until],
      ["accepted", "a key of the test account", until],
    )
    assert.equal(accepted.acceptance?.by.name, "Ann")
    assert.deepEqual((await ann.api.listFindings({ state: "accepted" })).items, [accepted])
    await assert.rejects(ann.api.acceptFinding({ id, reason: "again", until }), {
      code: "finding_state_conflict",
    })
    const reopened = await ann.api.reopenFinding({ id, reason: "it was no test account" })
    assert.deepEqual([reopened.state, reopened.acceptance], ["open", null])
    const sentences = (await ann.api.listEvents({})).items.map(({ sentence }) => sentence)
    assert.ok(sentences.some((sentence) => /accepted a finding/.test(sentence)))
  })

  it("is refused in words where it is not there, or asked for in the wrong way", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const ann = await firstPerson(tabard)
    await assert.rejects(ann.api.getFinding({ id: "fnd_none" }), { code: "finding_not_found" })
    await assert.rejects(ann.api.listFindings({ after: "fnd_none" }), { code: "body_invalid" })
    await assert.rejects(ann.api.listFindings({ agent: "agt_none" }), { code: "agent_not_found" })
    await assert.rejects(ann.api.listFindings({ limit: 1001 }), { code: "body_invalid" })
  })
})

async function firstPerson({ server }: RunningTabard): Promise<SignedInPerson> {
  await server.scans.settled()
  return signInFirst(server, "Ann")
}
