import { describe, expect, it } from "vitest"
import { isFoundBy, lookedFor, markedParts } from "./match-marks.ts"

/** The text with brackets around what is marked. */
function told(text: string, query: string): string {
  return markedParts(text, lookedFor(query))
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("")
}

describe("marking what was looked for", () => {
  it.each([
    ["mcp-server-git", "git", "mcp-server-[git]"],
    ["GitHub gitter digit", "git", "[Git]Hub [git]ter digit"],
    ["GitHub", "hub", "Git[Hub]"],
    ["Invoice bot", "BOT inv", "[Inv]oice [bot]"],
    ["Größe Été", "grosse ete", "[Größe] [Été]"],
    ["gi\u200Bt\u202Ehub", "gith", "[gi\u200Bt\u202Eh]ub"],
    ["nothing", "x", "nothing"],
    ["a.b", "…", "a.b"],
    ["", "x", ""],
  ])("tells %j for %j as %j", (text, query, marked) => {
    expect(told(text, query)).toBe(marked)
  })

  it("loses no letter of a text, whatever it is", () => {
    const text = "\u202E<b>é\u0301 日本語 🎉 ﬁn</b>\uD800"
    for (const query of ["b", "日", "fin", "é"])
      expect(
        markedParts(text, lookedFor(query))
          .map((part) => part.text)
          .join(""),
      ).toBe(text)
  })

  it("finds a text by the beginnings of its words alone", () => {
    expect(isFoundBy("Invite a person", lookedFor("per inv"))).toBe(true)
    expect(isFoundBy("Invite a person", lookedFor("son"))).toBe(false)
  })
})
