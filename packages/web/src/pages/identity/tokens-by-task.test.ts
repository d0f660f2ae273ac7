import type { TokenView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { tokensByTask } from "./tokens-by-task.ts"

describe("live tokens by task", () => {
  it("puts what is for one task together, and what is for none", () => {
    const tokens = [token("a", "tsk_1"), token("b", null), token("c", "tsk_1"), token("d", null)]
    const groups = tokensByTask(tokens, [])
    expect(groups.map(({ task, tokens: held }) => [task, held.map(({ jti }) => jti)])).toEqual([
      ["tsk_1", ["a", "c"]],
      [null, ["b", "d"]],
    ])
  })
})

function token(jti: string, task: string | null): TokenView {
  return {
    jti,
    instance: "ins_1",
    task,
    audience: "https://tabard.example/mcp",
    grant: "client_credentials",
    bound: "key",
    scope: null,
    callsLeft: null,
    chain: [],
    person: null,
    below: 0,
    issuedAt: "2026-01-01T00:00:00.000Z",
    expiresAt: "2026-01-01T00:05:00.000Z",
  }
}
