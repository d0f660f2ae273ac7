import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { TestDecisions } from "./fixtures/test-decisions.ts"
import { TestGateway } from "./fixtures/test-gateway.ts"
import { oddServer, pinTools } from "./fixtures/test-upstreams.ts"

describe("a permit", () => {
  it("is not acted on where nobody knows which arguments are paths", async () => {
    const server = oddServer()
    const decisions = new TestDecisions(await pinTools(server), () => "permit")
    decisions.reviewed = async () => undefined
    await using gateway = await TestGateway.open(server, decisions)

    const answer = await gateway.post({ id: 1, method: "tools/call", params: { name: "echo" } })

    assert.match(await answer.text(), /"decision":"deny","code":"decision_unavailable"/)
  })

  it("is not acted on where the agent was stopped while the server started", async () => {
    const server = oddServer()
    const decisions = new TestDecisions(await pinTools(server), () => "permit")
    decisions.standing = false
    await using gateway = await TestGateway.open(server, decisions)

    const answer = await gateway.post({ id: 1, method: "tools/call", params: { name: "echo" } })

    assert.match(await answer.text(), /"decision":"deny","code":"no_longer_allowed"/)
    assert.deepEqual(
      decisions.outcomes.map(({ result }) => result),
      ["cancelled"],
    )
  })

  it("is not acted on where it is for another tool", async () => {
    const server = oddServer()
    const tools = await pinTools(server)
    const decisions = new TestDecisions(tools, () => "permit")
    const enforce = decisions.enforce.bind(decisions)
    decisions.enforce = (attempt) => enforce({ ...attempt, tool: "count" })
    await using gateway = await TestGateway.open(server, decisions)

    const answer = await gateway.post({ id: 1, method: "tools/call", params: { name: "echo" } })

    assert.match(await answer.text(), /"decision":"deny","code":"decision_unavailable"/)
  })
})
