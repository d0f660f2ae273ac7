import { describe, expect, it } from "vitest"
import { foldDifference } from "./fold-difference.ts"

const same = (text: string) => ({ kind: "same" as const, text })

describe("a difference", () => {
  it("shows a change with two lines around it, and counts the others", () => {
    const lines = "abcd".split("").map(same)
    const changed = [...lines, { kind: "added" as const, text: "new" }, ..."efgh".split("").map(same)]
    expect(foldDifference(changed)).toEqual([
      { kind: "folded", lines: 2 },
      same("c"),
      same("d"),
      { kind: "added", text: "new" },
      same("e"),
      same("f"),
      { kind: "folded", lines: 2 },
    ])
  })

  it("loses no change, wherever it stands", () => {
    const lines = [
      { kind: "removed" as const, text: "first" },
      ..."abcdef".split("").map(same),
      { kind: "added" as const, text: "last" },
    ]
    const kinds = foldDifference(lines).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === "removed" || kind === "added")).toHaveLength(2)
  })
})
