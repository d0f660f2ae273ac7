import { describe, expect, it } from "vitest"
import { effectWords, questionWords, targetOf } from "./question-words.ts"

describe("a question", () => {
  it("says who wants to use what, where", () => {
    const agent = { id: "agt_1", name: "Claude Code" }
    expect(questionWords({ agent, tool: "write_file", server: { id: "srv_1", name: "notes" } })).toBe(
      "Claude Code wants to use write_file on notes",
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
    expect(effectWords(["write", "delete", "egress"])).toBe("It changes data, deletes and sends data out.")
    expect(effectWords(["toString"])).toBe("It toString.")
    expect(effectWords([])).toBe("What it does is not known.")
  })
})
