import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import type { PersonDetail, TeamDetail, TeamView } from "@tabard/api"
import type { Role } from "@tabard/core"
import { addPerson, type Person } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

let tabard: RunningTabard
let people: Readonly<Record<"administrator" | "owner" | "helper" | "stranger", Person>>
let agent: string
let team: TeamDetail

before(async () => {
  tabard = await runTabard()
  const add = (role: Role): Promise<Person> => addPerson(tabard.server, role)
  people = {
    administrator: await add("administrator"),
    owner: await add("member"),
    helper: await add("member"),
    stranger: await add("member"),
  }
  const { administrator, owner, helper } = people
  const entered = await done<{ id: string }>(administrator, "POST", "/agents", {
    name: "Invoices",
    category: "production",
    purpose: "Pays invoices",
    owner: owner.user.email,
  })
  agent = entered.id
  const { items } = await done<{ items: { id: string }[] }>(owner, "GET", "/offers")
  await done(owner, "POST", `/offers/${items[0]?.id}/acceptance`)
  team = await done<TeamDetail>(administrator, "POST", "/teams", { name: "Payments", lead: helper.user.id })
  await done(administrator, "POST", `/teams/${team.id}/members`, { user: helper.user.id })
  await done(owner, "POST", `/agents/${agent}/maintaining-teams`, { team: team.id })
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("a team that helps with an agent", () => {
  it("is told with the agent to its people, and without it to everybody else", async () => {
    for (const [who, sees] of [
      ["helper", true],
      ["owner", true],
      ["administrator", true],
      ["stranger", false],
    ] as const) {
      const detail = await done<TeamDetail>(people[who], "GET", `/teams/${team.id}`)
      assert.deepEqual(detail.helpsWith, sees ? [{ id: agent, name: "Invoices" }] : [], who)
      assert.deepEqual(
        detail.people.map(({ id }) => id),
        [people.helper.user.id],
      )
      const { items } = await done<{ items: TeamView[] }>(people[who], "GET", "/teams")
      assert.deepEqual(
        items.map(({ agents, members, yours }) => [agents, members, yours]),
        [[sees ? 1 : 0, 1, who === "helper"]],
        who,
      )
    }
  })

  it("stands at the agent, and so do the people who help by themselves", async () => {
    const detail = await done<{ maintainingTeams: unknown; maintainers: unknown }>(
      people.helper,
      "GET",
      `/agents/${agent}`,
    )
    assert.deepEqual([detail.maintainingTeams, detail.maintainers], [[{ id: team.id, name: "Payments" }], []])
  })
})

describe("a person of the directory", () => {
  it("is told with the agents that whoever asks may see, and with the ways in to administrators alone", async () => {
    const { owner, administrator, stranger, helper } = people
    const asked = (by: Person, of: Person) => done<PersonDetail>(by, "GET", `/people/${of.user.id}`)
    const whole = await asked(administrator, owner)
    assert.deepEqual([whole.owns, whole.ownsCount], [[{ id: agent, name: "Invoices" }], 1])
    assert.deepEqual(whole.waysIn, { identities: [], invitedUntil: null, sessions: 1 })
    const narrow = await asked(stranger, owner)
    assert.deepEqual([narrow.owns, narrow.ownsCount, narrow.waysIn], [[], 0, null])
    assert.deepEqual((await asked(stranger, helper)).helpsWith, [])
    const helps = await asked(helper, helper)
    assert.deepEqual([helps.helpsWith, helps.teams], [whole.owns, [{ id: team.id, name: "Payments" }]])
  })

  it("who leaves names, by their manager, who is asked first to take their agents over", async () => {
    const { administrator, owner, helper } = people
    const detail = await done<PersonDetail>(administrator, "PUT", `/people/${owner.user.id}/manager`, {
      manager: helper.user.id,
    })
    assert.deepEqual(detail.manager, { id: helper.user.id, name: helper.user.name })
    const suggested = async () =>
      (await done<{ suggestedOwner: unknown }>(administrator, "GET", `/agents/${agent}`)).suggestedOwner
    assert.equal(await suggested(), null)
    await done(administrator, "POST", `/people/${owner.user.id}/deactivation`, { reason: "left" })
    assert.deepEqual(await suggested(), detail.manager)
  })
})

async function done<Answer>(by: Person, method: string, path: string, body?: object): Promise<Answer> {
  const { status, text } = await rawRequest(tabard.server.publicUrl, {
    method,
    path: `/api/v1${path}`,
    headers: { cookie: by.cookie, "x-tabard": "1", "content-type": "application/json" },
    ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
  })
  assert.equal(status, 200, `${method} ${path}: ${text}`)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the operation answers is held by its own tests
  return JSON.parse(text) as Answer
}
