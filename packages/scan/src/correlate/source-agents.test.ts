import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceAgent } from "../sources/source-reader.ts"
import { correlate } from "./correlate.ts"

const AGENT: SourceAgent = {
  framework: "crewai",
  name: "writer",
  category: "production",
  line: 3,
  what: "Agent(…) of CrewAI",
  confidence: "high",
  level: "not_stated",
  settings: [],
  servers: [],
  credentials: [],
}

describe("agents of source files", () => {
  it("keep their key when another like them comes after them", () => {
    const alone = keysOf([AGENT])
    const two = keysOf([AGENT, { ...AGENT, line: 9 }])
    assert.equal(new Set(two).size, 2)
    assert.ok(two.includes(alone[0] ?? ""))
  })

  it("are others in another file, framework or by another name", () => {
    const keys = [
      ...keysOf([AGENT]),
      ...keysOf([AGENT], "/src/b.py"),
      ...keysOf([{ ...AGENT, framework: "agno" }]),
      ...keysOf([{ ...AGENT, name: "reader" }]),
    ]
    assert.equal(new Set(keys).size, 4)
  })
})

function keysOf(agents: readonly SourceAgent[], path = "/src/a.py"): readonly string[] {
  return correlate([], [{ path, agents, servers: [], credentials: [] }]).agents.map(({ key }) => key)
}
