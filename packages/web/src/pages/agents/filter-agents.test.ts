import { describe, expect, it } from "vitest"
import { agentSummary as agent } from "../../testing/agent-summary.fixture.ts"
import { parseAgentsSearch } from "./agents-search.ts"
import { countChips, filterAgents } from "./filter-agents.ts"

const HIGH = { score: 50, band: "high", low: 50, high: 50 } as const
const CLAUDE = agent({
  id: "agt_1",
  name: "Claude Code",
  state: "active",
  owner: { id: "usr_1", name: "Ann Lee" },
  orphaned: false,
  vanishedAt: "2026-03-10T12:00:00Z",
})
const CURSOR = agent({
  id: "agt_2",
  name: "Cursor",
  place: "/tmp/notes",
  plaintextCredentials: 2,
  risk: HIGH,
  shadow: true,
})
const GONE = agent({ id: "agt_3", name: "Old bot", category: "production", state: "retired" })
const ALL = [CLAUDE, CURSOR, GONE]

describe("the list of agents", () => {
  it("leaves out what is gone unless it is asked for", () => {
    expect(filterAgents(ALL, {})).toEqual([CLAUDE, CURSOR])
    expect(filterAgents(ALL, { state: "retired" })).toEqual([GONE])
  })

  it("finds every word in names, clients, owners and places", () => {
    expect(filterAgents(ALL, { q: "ANN claude" })).toEqual([CLAUDE])
    expect(filterAgents(ALL, { q: "ann cursor" })).toEqual([])
    expect(filterAgents(ALL, { q: "notes" })).toEqual([CURSOR])
  })

  it("narrows with each chip", () => {
    expect(filterAgents(ALL, { orphaned: "yes", plaintext: "yes" })).toEqual([CURSOR])
    expect(filterAgents(ALL, { category: "production" })).toEqual([])
    expect(filterAgents(ALL, { owner: "usr_1" })).toEqual([CLAUDE])
    expect(filterAgents(ALL, { band: "high" })).toEqual([CURSOR])
    expect(filterAgents(ALL, { shadow: "yes" })).toEqual([CURSOR])
    expect(filterAgents(ALL, { vanished: "yes" })).toEqual([CLAUDE])
  })

  it("counts behind each chip what choosing it will show", () => {
    const chips = countChips(ALL)
    expect([chips.orphaned, chips.plaintext, chips.states.get("retired")]).toEqual([1, 1, 1])
    expect([...chips.bands, ...chips.owners]).toEqual([
      ["high", 1],
      { id: "usr_1", name: "Ann Lee", agents: 1 },
    ])
  })
})

describe("the address of the list", () => {
  it("means nothing where it says what is not known", () => {
    expect(
      parseAgentsSearch({
        state: "asleep",
        category: 7,
        orphaned: "1",
        band: 3,
        owner: "Ann",
        sort: "<b>",
        q: "",
      }),
    ).toEqual({})
  })

  it("keeps what a person could send to a colleague", () => {
    const said = {
      state: "active",
      category: "local",
      orphaned: "yes",
      plaintext: "yes",
      band: "critical",
      owner: "usr_01a2-3b",
      q: "ann",
      sort: "-name",
    }
    expect(parseAgentsSearch(said)).toEqual(said)
  })
})
