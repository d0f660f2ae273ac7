import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { eventSentence } from "./event-sentence.ts"

describe("what happened, in a sentence", () => {
  it("counts one as one, and none or more as many", () => {
    const sentences = [1, 0, 2].flatMap((count) => [
      told("scan.finished", { filesRead: count, agents: count }),
      told("token.revoked", { tokens: count }),
    ])
    assert.deepEqual(sentences, [
      "A scan read 1 file and saw 1 agent",
      "1 token of Notes helper was ended",
      "A scan read 0 files and saw 0 agents",
      "0 tokens of Notes helper were ended",
      "A scan read 2 files and saw 2 agents",
      "2 tokens of Notes helper were ended",
    ])
  })

  it("names a finding by its rule's title, and the agent where it is about one", () => {
    const data = { rule: "no-owner" }
    assert.equal(told("finding.opened", data), "A finding was opened: Agent without an owner")
    const agent = { actor: "Ann", agent: "Notes helper", body: { data, agent: "agt_1" } }
    assert.equal(
      eventSentence("finding.accepted", agent),
      "Ann accepted a finding about Notes helper: Agent without an owner",
    )
    assert.equal(told("finding.resolved", { rule: "a-newer-rule" }), "A finding was put right: a-newer-rule")
  })

  it("names the reporter whose scan it was", () => {
    const body = { data: { filesRead: 1, agents: 2 } }
    const sentence = eventSentence("scan.finished", { actor: "Tabard", agent: "", body, reporter: "build-7" })
    assert.equal(sentence, "A scan by build-7 read 1 file and saw 2 agents")
  })

  it("names the agent that may act for another", () => {
    const told = { actor: "Ann", agent: "Invoice bot", other: "Data checker", body: { data: { tokens: 1 } } }
    assert.equal(eventSentence("delegation.allowed", told), "Ann let Data checker act for Invoice bot")
    assert.equal(
      eventSentence("delegation.withdrawn", told),
      "Ann withdrew that Data checker may act for Invoice bot, and 1 token ended",
    )
  })

  it("tells an event of a newer program by its type", () => {
    assert.equal(told("agent.applauded", {}), "agent.applauded")
  })
})

function told(type: string, data: Readonly<Record<string, unknown>>): string {
  return eventSentence(type, { actor: "Ann", agent: "Notes helper", body: { data } })
}
