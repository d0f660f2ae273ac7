import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { createKey, dpopProof, enrol, Refused, TokenSource } from "@tabard/client"
import { AGENT_STATES, isId, systemClock, type User } from "@tabard/core"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { addPerson } from "../world/people.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer, type ShiftingServer } from "../world/shifting-server.ts"

/** What came of asking: given, or the word with which it was refused. */
type Answer = "given" | (string & {})

/** Gets everything that a path needs while the agent stands, and answers what asks by that path later. */
type Path = (agent: GovernedAgent, owner: Pick<User, "id">) => Promise<() => Promise<Answer>>

interface IssuingPath {
  readonly prepare: Path
  /** The causes that it need not heed, each with its reason. */
  readonly heedsNot: Readonly<Partial<Record<CauseName, string>>>
}

/**
 * Every way by which an agent gets, or uses, what lets it act. A new grant is a line here: what it got before a cause must
 * be refused after it, and so must what it asks for then.
 */
const PATHS: Readonly<Record<string, IssuingPath>> = {
  "client_credentials under a task": {
    prepare:
      async ({ credentials, task }) =>
      async () =>
        refusedOr(new TokenSource(credentials, { task: task.id }).token()),
    heedsNot: { "its tokens are revoked": "a new one is a new judgement" },
  },
  "client_credentials without a task": {
    prepare:
      async ({ credentials }) =>
      async () =>
        refusedOr(new TokenSource(credentials).token()),
    heedsNot: {
      "its tokens are revoked": "a new one is a new judgement",
      "its task is closed": "it names none",
    },
  },
  "the enrolment of a key": {
    prepare: async ({ id }) => {
      const { code } = await ann.api.offerEnrolment({ id })
      const key = await createKey()
      return async () => refusedOr(enrol({ server: tabard.server.publicUrl, code, label: "another", key }))
    },
    heedsNot: {
      "its tokens are revoked": "a key is enrolled by a code",
      "its task is closed": "a key belongs to no task",
      "its key is revoked": "another key is enrolled in its place",
    },
  },
  "a call by a token that it has": {
    prepare: async (agent) => {
      const token = await tokenOf(agent)
      return () => called(agent, token, "read_note")
    },
    heedsNot: {},
  },
  "a call by an approval that it has": {
    prepare: async (agent, { id: by }) => {
      const token = await tokenOf(agent)
      assert.match(await called(agent, token, "write_note"), /^ask /)
      await inStore(async ({ approvals }) => {
        const pending = await approvals.list({ state: "pending", agent: agent.id, limit: 1 })
        const at = systemClock.now()
        for (const { id } of pending) assert.ok(await approvals.resolve(id, { kind: "approved", by, at }, at))
      })
      return () => called(agent, token, "write_note")
    },
    heedsNot: {},
  },
}

/** What ends an agent's standing: each alone, and nothing besides it. */
const CAUSES = {
  ...Object.fromEntries(
    AGENT_STATES.filter((state) => state !== "active").map((state) => [
      `it is ${state}`,
      async ({ id }: GovernedAgent) => {
        await inStore(({ agents }) => agents.move(id, ["active"], state))
      },
    ]),
  ),
  "a person suspends it": ({ id }: GovernedAgent) => ann.api.suspendAgent({ id, reason: "odd" }),
  "security quarantines it": ({ id }: GovernedAgent) => ann.api.quarantineAgent({ id, reason: "odd" }),
  "a person retires it": ({ id }: GovernedAgent) => ann.api.retireAgent({ id, reason: "done" }),
  "its owner is switched off": async (_: GovernedAgent, owner: Pick<User, "id">) => {
    await ann.api.deactivatePerson({ id: owner.id, reason: "moved on" })
  },
  "its mandate is over": async ({ id }: GovernedAgent, owner: Pick<User, "id">) => {
    await inStore(async ({ agents }) => {
      const mandate = (await agents.find(id))?.mandate ?? assert.fail("it has a mandate")
      const over = { ...mandate, expiresAt: systemClock.now() }
      assert.ok(await agents.renew(id, { owner: owner.id, ends: mandate.expiresAt }, over))
    })
  },
  "its key is revoked": async ({ credentials }: GovernedAgent) => {
    const { instance } = credentials
    assert.ok(isId("instance", instance))
    await inStore(({ instances }) => instances.revoke(instance, systemClock.now()))
  },
  "its tokens are revoked": async ({ id }: GovernedAgent) => {
    await inStore(({ tokens }) => tokens.revoke({ agent: id }, systemClock.now()))
  },
  "its task is closed": ({ task }: GovernedAgent) => ann.api.closeTask({ id: task.id }),
} satisfies Readonly<Record<string, (agent: GovernedAgent, owner: Pick<User, "id">) => Promise<unknown>>>

type CauseName = keyof typeof CAUSES | `it is ${(typeof AGENT_STATES)[number]}`

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let upstream: ShiftingServer
let ann: SignedInPerson

before(async () => {
  upstream = stack.use(await makeShiftingServer())
  tabard = stack.use(await runTabard({ gateway: { patienceMs: 50 } }))
  ann = await signInFirst(tabard.server, "Ann")
  await ann.api.registerServer({ name: "notes", launch: upstream.launch })
})
after(() => stack.disposeAsync())

for (const [path, { prepare, heedsNot }] of Object.entries(PATHS)) {
  describe(path, () => {
    it("is given to an agent that stands", async () => {
      const { agent, owner } = await owned()
      assert.equal(await (await prepare(agent, owner))(), "given")
    })

    for (const [cause, happens] of Object.entries(CAUSES)) {
      const reason = Object.entries(heedsNot).find(([name]) => name === cause)?.[1]
      it(`is ${reason ? `given (${reason})` : "refused"} once ${cause}`, async () => {
        const { agent, owner } = await owned()
        const ask = await prepare(agent, owner)
        const ran = await upstream.ran()
        await happens(agent, owner)
        const answer = await ask()
        if (reason) assert.equal(answer, "given")
        else assert.notEqual(answer, "given")
        if (!reason) assert.deepEqual(await upstream.ran(), ran, "nothing reached the server behind")
      })
    }
  })
}

/** An agent that a person of its own answers for, so that her leaving is hers alone. */
async function owned(): Promise<{ agent: GovernedAgent; owner: Pick<User, "id"> }> {
  const agent = await governAgent(tabard.server, ann.api)
  const { user } = await addPerson(tabard.server, "member")
  await inStore(async ({ agents, organisation }) => {
    const from = (await agents.find(agent.id))?.owner ?? null
    assert.ok(await agents.handOver(agent.id, from, user.id, systemClock.now()))
    await organisation.bumpVersion()
  })
  return { agent, owner: user }
}

function inStore<Result>(
  work: Parameters<typeof tabard.server.organisation.shelf.transact<Result>>[0],
): Promise<Result> {
  return tabard.server.organisation.shelf.transact(work)
}

async function refusedOr(asked: Promise<unknown>): Promise<Answer> {
  try {
    await asked
    return "given"
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}

async function tokenOf({ credentials, task }: GovernedAgent): Promise<string> {
  return (await new TokenSource(credentials, { task: task.id }).token()).accessToken
}

const ARGUMENTS: Readonly<Record<string, object>> = {
  read_note: { topic: "groceries" },
  write_note: { topic: "groceries", content: "milk" },
}

/** One call by exactly this token, whatever it is worth by now. */
async function called(agent: GovernedAgent, token: string, tool: string): Promise<Answer> {
  const url = `${tabard.server.publicUrl}/mcp/notes`
  const target = { method: "POST", url, accessToken: token }
  const dpop = await dpopProof(agent.credentials.key, target, () => new Date())
  const params = { name: tool, arguments: ARGUMENTS[tool] }
  const { status, text } = await rawRequest(tabard.server.publicUrl, {
    method: "POST",
    path: "/mcp/notes",
    headers: {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": "2025-11-25",
      authorization: `DPoP ${token}`,
      dpop,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
  })
  if (status !== 200) return `${status}`
  const decision = /"decision":"(\w+)","code":"(\w+)"/.exec(text)
  return decision ? `${decision[1]} ${decision[2]}` : /"isError":true/.test(text) ? text : "given"
}
