import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { boundFetch, exchange, Refused, type TokenOptions, TokenSource } from "@tabard/client"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { connectAgent, structured, type ToolAnswer, textOf } from "../world/agent.ts"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

delegation("SQLite", async () => undefined)
delegation(
  "PostgreSQL",
  async (stack) => stack.use(await startPostgresCluster()).createDatabase(),
  postgresMissing(),
)

/** A person's task, that an agent hands on to another, and that one to a third. Each step stands on those before it. */
function delegation(
  store: string,
  database: (stack: AsyncDisposableStack) => Promise<string | undefined>,
  skip: string | false = false,
): void {
  describe(`a task that is handed from agent to agent, kept in ${store}`, { skip }, () => {
    const stack = new AsyncDisposableStack()
    let tabard: RunningTabard
    let ann: SignedInPerson
    let lead: GovernedAgent
    let helper: GovernedAgent
    let last: GovernedAgent

    before(async () => {
      const gateway = { patienceMs: 300, patienceWithProgressMs: 300, progressEveryMs: 100 }
      tabard = stack.use(await runTabard({ store: await database(stack), gateway }))
      ann = await signInFirst(tabard.server, "Ann")
      const upstream = stack.use(await makeShiftingServer())
      await ann.api.registerServer({ name: "notes", launch: upstream.launch })
      lead = await governAgent(tabard.server, ann.api)
      helper = await governAgent(tabard.server, ann.api)
      last = await governAgent(tabard.server, ann.api)
    })
    after(() => stack.disposeAsync())

    const leadToken: NonNullable<TokenOptions["subject"]> = async () => {
      const { accessToken } = await new TokenSource(lead.credentials, { task: lead.task.id }).token()
      return accessToken
    }
    /** What the helper hands on; it exchanges anew each time. */
    const helperToken = async (): Promise<string> => {
      const { accessToken } = await exchange(helper.credentials, { subject: await leadToken() })
      return accessToken
    }
    const calling = async (
      agent: GovernedAgent,
      options: TokenOptions,
      [tool, args]: readonly [string, Record<string, unknown>],
    ): Promise<ToolAnswer> => {
      const bound = boundFetch(agent.credentials, options)
      await using hands = await connectAgent(tabard.server.publicUrl, bound)
      return await hands.call(tool, args)
    }
    const READ = ["read_note", { topic: "a" }] as const
    const WRITE = ["write_note", { topic: "a", content: "b" }] as const

    it("is refused until the person has let the one act for the other", async () => {
      await assert.rejects(
        helperToken(),
        (error) => error instanceof Refused && error.code === "invalid_request",
      )
      await ann.api.allowDelegation({ id: lead.id, to: helper.id })
      await ann.api.allowDelegation({ id: helper.id, to: last.id, scope: ["read", "write"] })
      const { items } = await ann.api.listAgentDelegations({ id: helper.id })
      assert.deepEqual(
        items.map(({ from, to }) => [from.id, to.id]),
        [
          [helper.id, last.id],
          [lead.id, helper.id],
        ],
      )
    })

    it("lets the last one read, for the person, under their task, and says for whom in the record", async () => {
      const answer = await calling(last, { subject: helperToken }, READ)
      assert.ok(!answer.isError, textOf(answer))
      const { items } = await ann.api.listEvents({ agent: last.id, type: "call.decided" })
      const body: { chain: unknown; task: unknown } = Object(items[0]?.body)
      const [person] = (await ann.api.listPeople({})).items
      assert.deepEqual(body.chain, [person?.id, lead.id, helper.id, last.id])
      assert.equal(body.task, lead.task.id)
      const { tokens } = await ann.api.getAgent({ id: last.id })
      assert.deepEqual(
        tokens.map(({ grant, chain, scope, bound }) => [grant, chain.map(({ id }) => id), scope, bound]),
        tokens.map(() => ["token-exchange", [helper.id, lead.id], ["read", "write"], "key"]),
      )
    })

    it("asks the person about a write, and serves no other chain with what they say", async () => {
      const asked = structured(await calling(last, { subject: helperToken }, WRITE))
      assert.equal(asked["decision"], "ask", JSON.stringify(asked))
      const [question] = (await ann.api.listApprovals({ state: "pending" })).items
      assert.ok(question)
      await ann.api.answerApproval({ id: question.id, verdict: "approved" })
      const shorter = structured(await calling(helper, { subject: leadToken }, WRITE))
      assert.equal(shorter["decision"], "ask", JSON.stringify(shorter))
      const agreed = await calling(last, { subject: helperToken }, WRITE)
      assert.ok(!agreed.isError, textOf(agreed))
    })

    it("holds a token to its scope", async () => {
      const subject = leadToken
      const answer = structured(await calling(helper, { subject, scope: "egress" }, READ))
      assert.equal(answer["code"], "insufficient_scope", JSON.stringify(answer))
    })

    it("lets fifty at once make exactly as many calls as there are, over the whole chain", async () => {
      const { accessToken } = await new TokenSource(lead.credentials, {
        task: lead.task.id,
        calls: 10,
      }).token()
      const bound = boundFetch(helper.credentials, { subject: async () => accessToken })
      await using hands = await connectAgent(tabard.server.publicUrl, bound)
      const answers = await Promise.all(Array.from({ length: 50 }, () => hands.call(...READ)))
      assert.equal(answers.filter(({ isError }) => !isError).length, 10)
      const over = answers.filter(({ isError }) => isError).map((answer) => structured(answer)["code"])
      assert.deepEqual(new Set(over), new Set(["calls_spent"]))
    })

    it("ends for the last one as the one in the middle is suspended, at the very next call", async () => {
      const bound = boundFetch(last.credentials, { subject: helperToken })
      await using hands = await connectAgent(tabard.server.publicUrl, bound)
      assert.ok(!(await hands.call(...READ)).isError)
      await ann.api.suspendAgent({ id: helper.id, reason: "to see what follows" })
      await assert.rejects(hands.call(...READ))
      assert.deepEqual((await ann.api.getAgent({ id: last.id })).tokens, [])
      // What the first one has is its own.
      assert.ok(!(await calling(lead, { task: lead.task.id }, READ)).isError)
    })

    it("ends as a permission is withdrawn, and says how many tokens did", async () => {
      await ann.api.resumeAgent({ id: helper.id, reason: "seen" })
      const bound = boundFetch(last.credentials, { subject: helperToken })
      await using hands = await connectAgent(tabard.server.publicUrl, bound)
      assert.ok(!(await hands.call(...READ)).isError)
      const { items } = await ann.api.listAgentDelegations({ id: lead.id })
      const given = items.find(({ to }) => to.id === helper.id) ?? assert.fail()
      const { tokens } = await ann.api.withdrawDelegation({ id: given.id })
      assert.ok(tokens >= 2, `${tokens} ended`)
      await assert.rejects(hands.call(...READ))
      await assert.rejects(helperToken(), (error) => error instanceof Refused)
    })
  })
}
