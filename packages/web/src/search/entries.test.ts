import type { SearchHitView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { lookedFor } from "../words/match-marks.ts"
import { type Entry, hitGroups, narrowed, recentGroup, stepped, visited } from "./entries.ts"

describe("the lines of a search", () => {
  it("stand together by kind, in the order of the answer", () => {
    const groups = hitGroups([hit("agent", "a"), hit("agent", "b"), hit("tool", "a")])
    expect(groups.map(({ label, entries }) => [label, entries.map(({ id }) => id)])).toEqual([
      ["Agents", ["agent-a", "agent-b"]],
      ["Tools", ["tool-a"]],
    ])
  })

  it("lead nowhere but to addresses of the console", () => {
    const elsewhere = ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example", ""]
    expect(hitGroups(elsewhere.map((leadsTo) => ({ ...hit("agent", "a"), leadsTo })))).toEqual([])
  })

  it("offer pages and acts by the beginnings of their words", () => {
    const [pages, acts] = [[place("Findings")], [place("Invite a person"), place("Scan again")]]
    const groups = [
      { label: "Go to", entries: pages },
      { label: "Do", entries: acts },
    ]
    expect(narrowed(groups, lookedFor("inv per"))).toEqual([{ label: "Do", entries: acts.slice(0, 1) }])
    expect(narrowed(groups, [])).toEqual(groups)
    expect(narrowed(groups, lookedFor("zz"))).toEqual([])
  })

  it("offer the six places again that were visited last, each once", () => {
    const names = ["a", "b", "a", "c", "d", "e", "f", "g"]
    const recent = names.map((name) => place(name)).reduce(visited, [] as readonly Entry[])
    expect(recent.map(({ title }) => title)).toEqual(["g", "f", "e", "d", "c", "a"])
    expect(recentGroup([])).toEqual([])
  })

  it("are gone through in a circle", () => {
    expect([stepped(0, 1, 3), stepped(2, 1, 3), stepped(0, -1, 3), stepped(0, 1, 0)]).toEqual([1, 0, 2, 0])
  })
})

function hit(kind: SearchHitView["kind"], id: string): SearchHitView {
  return { kind, id, title: id, context: "", at: null, leadsTo: `/${kind}/${id}` }
}

function place(title: string): Entry {
  return { id: title, title, context: "", at: null, icon: "right", leadsTo: `/${title}` }
}
