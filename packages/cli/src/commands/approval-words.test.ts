import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { approvalsWords, approvalWords } from "./approval-words.ts"

const QUESTION = {
  id: "apr_1",
  agent: { id: "agt_1", name: "Invoice bot" },
  tool: "send_money",
  server: { id: "srv_1", name: "bank" },
  state: "pending",
  expiresAt: "2026-11-01T12:15:00.000Z",
  asked: [{ who: "2 people among the owner and security", needed: 2, agreed: 1 }],
  agreed: [{ by: { id: "usr_1", name: "Ann" }, at: "2026-11-01T12:01:00.000Z" }],
  say: ["money leaves"],
} as const

describe("a question at the command line", () => {
  it("says of whom it is asked, how many of them agreed, and who", () => {
    assert.equal(
      approvalWords(QUESTION),
      `Invoice bot: send_money on bank
  apr_1  pending, until 2026-11-01T12:15:00.000Z
  asked of  2 people among the owner and security (1 of 2 agreed)
  agreed    Ann, 2026-11-01T12:01:00.000Z
  why       money leaves`,
    )
  })

  it("says who denied it, and that there is none", () => {
    const denied = {
      ...QUESTION,
      state: "denied",
      answeredBy: { id: "usr_2", name: "Bob" },
      answeredAt: "now",
    }
    assert.match(approvalWords(denied), /denied {4}Bob, now/)
    assert.equal(approvalsWords({ items: [] }, "pending"), "No question is pending.")
    assert.equal(approvalsWords({ items: [QUESTION, QUESTION] }, "pending").split("\n\n").length, 2)
  })

  it("moves no terminal by what a stranger wrote", () => {
    const hostile = { ...QUESTION, tool: "\u001B[2Jx", say: ["\u202Ereversed"] }
    const words = approvalWords(hostile)
    assert.deepEqual([words.includes("\u001B"), words.includes("\u202E")], [false, false])
  })
})
