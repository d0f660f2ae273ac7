import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { boundFetch } from "@tabard/client"
import { connectAgent } from "../world/agent.ts"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

const TRACE = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" }
const TRACEPARENT = `00-${TRACE.traceId}-${TRACE.spanId}-01`

describe("the trace that a caller names", () => {
  const stack = new AsyncDisposableStack()
  let tabard: RunningTabard
  let ann: SignedInPerson
  let agent: GovernedAgent

  before(async () => {
    tabard = stack.use(await runTabard())
    ann = await signInFirst(tabard.server, "Ann")
    const { launch } = stack.use(await makeShiftingServer())
    await ann.api.registerServer({ name: "notes", launch })
    agent = await governAgent(tabard.server, ann.api)
  })
  after(() => stack.disposeAsync())

  it("is in the event of what was done over the API, and nothing where it is none", async () => {
    await enterAgent(TRACEPARENT)
    assert.deepEqual(
      [(await latest("agent.entered"))["trace"], (await latest("agent.entered"))["door"]],
      [TRACE, "api"],
    )
    await enterAgent("00-nonsense")
    assert.equal((await latest("agent.entered"))["trace"], undefined)
  })

  it("is in the attempt of a call and in its outcome, with who acts for whom and by which tool", async () => {
    const bound = boundFetch(agent.credentials, { task: agent.task.id })
    const traced: typeof fetch = (url, init) =>
      bound(url, { ...init, headers: [...new Headers(init?.headers), ["traceparent", TRACEPARENT]] })
    await using hands = await connectAgent(tabard.server.publicUrl, traced)
    assert.notEqual((await hands.call("read_note", { topic: "a" })).isError, true)
    const [decided, finished] = [await latest("call.decided"), await latest("call.finished")]
    const { user } = await ann.api.getSession({})
    for (const event of [decided, finished]) {
      assert.deepEqual(event["trace"], TRACE)
      assert.deepEqual(event["chain"], [user.id, agent.id])
      assert.deepEqual([event["owner"], event["onBehalfOf"], event["door"]], [user.id, user.id, "gateway"])
      assert.deepEqual(Object(event["tool"]).name, "read_note")
    }
    assert.equal(decided["call"], finished["call"])
    assert.deepEqual([decided["outcome"], finished["outcome"]], ["permit", "ok"])
    assert.ok(Object(finished["data"]).bytesOut > 0)
  })

  async function enterAgent(traceparent: string): Promise<void> {
    const headers = { "content-type": "application/json", "x-tabard": "1", cookie: ann.cookie(), traceparent }
    const body = JSON.stringify({ name: "Somebody's" })
    const answer = await fetch(`${tabard.server.publicUrl}/api/v1/agents`, { method: "POST", headers, body })
    assert.equal(answer.status, 200, await answer.text())
  }

  async function latest(type: string): Promise<Readonly<Record<string, unknown>>> {
    const { items } = await ann.api.listEvents({ type, limit: 1 })
    return Object(items[0]?.body ?? assert.fail(`there is no ${type}`))
  }
})
