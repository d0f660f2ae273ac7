import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { problemResponse } from "./problem-response.ts"

describe("an error over HTTP", () => {
  it("that a caller is meant to read is a problem with type, title, status, code and detail", async () => {
    const response = problemResponse(new Problem("agent_not_found", "there is no agent agt_1"))
    assert.equal(response.status, 404)
    assert.equal(response.headers.get("content-type"), "application/problem+json")
    assert.deepEqual(await response.json(), {
      type: "urn:tabard:problem:agent_not_found",
      title: "agent not found",
      status: 404,
      code: "agent_not_found",
      detail: "there is no agent agt_1",
    })
  })

  it("that is a fault of ours says nothing of it: no words, no cause, no stack", async () => {
    const cause = new Error("password=hunter2")
    for (const fault of [
      new Error("select * from agent", { cause }),
      "a text",
      null,
      { secret: "hunter2" },
    ]) {
      const response = problemResponse(fault)
      assert.equal(response.status, 500)
      const text = await response.text()
      assert.doesNotMatch(text, /select|hunter2|Error|at .*:\d+|a text/)
      assert.equal(JSON.parse(text).code, "internal_error")
    }
  })

  it("says to whoever is nobody how to be somebody, and to nobody else", () => {
    const challenge = (code: "session_required" | "api_token_invalid" | "not_allowed"): string | null =>
      problemResponse(new Problem(code, "x")).headers.get("www-authenticate")
    assert.equal(challenge("session_required"), 'Bearer realm="tabard"')
    assert.equal(challenge("api_token_invalid"), 'Bearer realm="tabard"')
    assert.equal(challenge("not_allowed"), null)
  })
})
