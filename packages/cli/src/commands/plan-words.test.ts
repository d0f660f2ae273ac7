import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { PlanAnswer, ToolAnswer } from "./plan-answer.ts"
import { planWords } from "./plan-words.ts"

const RISK = { score: 20, band: "medium", lower: "" }

describe("a plan in words", () => {
  it("names each guard-rail that speaks anew once, with some of the tools, and what is answered otherwise by itself", () => {
    const staying = ["a", "b", "c", "d", "e", "f", "g"].map((name) => weighed(name, "permit"))
    const words = planWords(planOf([...staying, weighed("pay", "deny")]))
    assert.deepEqual(
      words.split("\n").filter((line) => line.includes("own/held")),
      [
        "    bank/pay: permitted, then denied (own/held)",
        "    own/held may stop or ask now, by conditions: bank/a, bank/b, bank/c, bank/d, bank/e and 2 more",
      ],
    )
    assert.match(words, /Of 3 other active agents looked at, 1 would be touched/)
  })

  it("says of a plan that it touches nobody", () => {
    assert.match(planWords({ ...planOf([]), affected: [] }), /Of 3 other active agents looked at, 0 would/)
  })
})

function weighed(name: string, after: string): ToolAnswer {
  return { tool: `bank/${name}`, before: "permit", after, guardRails: ["own/held"] }
}

function planOf(tools: readonly ToolAnswer[]): PlanAnswer {
  const document = { kind: "guard", subject: "own", change: "first", version: null, adds: [], takesAway: [] }
  const affected = { id: "agt_1", name: "Payer", stops: false, tools, risk: { before: RISK, after: RISK } }
  return {
    digest: "d",
    changes: 1,
    agents: [],
    documents: [document],
    affected: [affected],
    unfiled: [],
    looked: 3,
  }
}
