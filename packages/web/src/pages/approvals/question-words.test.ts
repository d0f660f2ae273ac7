import { describe, expect, it } from "vitest"
import { consequencesOf, effectWords, questionWords, targetOf, waitWords } from "./question-words.ts"

describe("a question", () => {
  it("says who wants to use what, where", () => {
    const agent = { id: "agt_1", name: "Claude Code" }
    const server = { id: "srv_1", name: "notes" }
    const call = { agent, tool: "write_file", server, token: null, onBehalfOf: null }
    expect(questionWords(call)).toBe("Claude Code wants to use write_file on notes")
  })

  it("says for whom an agent asks to act, by which effects, and what follows", () => {
    const agent = { id: "agt_1", name: "Claude Code" }
    const token = { message: null, scope: null, calls: null, mayAct: null }
    const onBehalfOf = { id: "usr_1", name: "Ada" }
    const question = { agent, tool: "token.issue", server: null, token, onBehalfOf }
    expect(questionWords(question)).toBe("Claude Code asks to act for Ada")
    expect(effectWords({ effects: ["read", "egress"], token })).toBe(
      "With it, it reads and sends data out, within its manifest.",
    )
    expect(effectWords({ effects: [], token })).toBe("With it, it does whatever its manifest lets it.")
    expect(consequencesOf({ token, asked: [] }).approved).not.toBe(
      consequencesOf({ token: null, asked: [] }).approved,
    )
  })

  it("says what follows from the first yes where several have to agree, and whom it waits for then", () => {
    const one = { who: "the owner", needed: 1, agreed: 0 }
    const two = { who: "2 people of security", needed: 2, agreed: 0 }
    const alone = consequencesOf({ token: null, asked: [one] }).approved
    for (const asked of [[two], [one, { ...two, needed: 1 }]])
      expect(consequencesOf({ token: null, asked }).approved).not.toBe(alone)
    expect(
      consequencesOf({
        token: null,
        asked: [
          { ...one, agreed: 1 },
          { ...two, agreed: 1 },
        ],
      }).approved,
    ).toBe(alone)
    expect(waitWords({ asked: [one], agreed: [] })).toBe("Another person answers this one.")
    const agreed = [{ by: { id: "usr_1", name: "Ada" }, at: "2026-11-01T12:00:00.000Z" }]
    expect(waitWords({ asked: [one, { ...two, agreed: 1 }], agreed })).toBe(
      "It waits for the owner and 1 more person of those who are asked.",
    )
  })

  it("names what the call acts on, and never its server a second time", () => {
    const server = { id: "srv_1", name: "notes" }
    const question = { resource: "notes", server, arguments: { path: "/tmp/notes/a.md" } }
    expect(targetOf({ ...question, resource: "/tmp/b.md" })).toBe("/tmp/b.md")
    expect(targetOf(question)).toBe("/tmp/notes/a.md")
    expect(targetOf({ ...question, arguments: { path: 7 } })).toBeUndefined()
    expect(targetOf({ ...question, arguments: null })).toBeUndefined()
  })

  it("says what the tool does, and admits what it does not know", () => {
    const words = (effects: readonly string[]): string => effectWords({ effects, token: null })
    expect(words(["write", "delete", "egress"])).toBe("It changes data, deletes and sends data out.")
    expect(words(["toString"])).toBe("It toString.")
    expect(words([])).toBe("What it does is not known.")
  })
})
