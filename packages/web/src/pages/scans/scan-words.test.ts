import { describe, expect, it } from "vitest"
import { changeWords, tookWords } from "./scan-words.ts"

const SAW = { agents: 9, servers: 9, credentials: 9 }

describe("what a scan brought", () => {
  it.each([
    [{ discovered: 0, changed: 0, vanished: 0 }, "nothing changed"],
    [{ discovered: 1, changed: 1, vanished: 0 }, "1 new agent"],
    [{ discovered: 2, changed: 9, vanished: 1 }, "2 new agents, 7 other changes and 1 thing gone"],
    [{ discovered: 0, changed: 1, vanished: 0 }, "1 change"],
  ])("%o is told as %s", (changes, words) => {
    expect(changeWords({ result: { ...SAW, ...changes } })).toBe(words)
  })

  it("is not told where nobody kept it", () => {
    expect(changeWords({ result: null })).toBe("not told")
  })

  it.each([
    ["2026-11-22T10:00:00.400Z", "under a second"],
    ["2026-11-22T10:00:42Z", "42 s"],
    ["2026-11-22T10:03:05Z", "3 min 5 s"],
    ["2026-11-22T12:03:05Z", "2 h 3 min"],
    ["2026-11-22T09:00:00Z", "not known"],
  ])("took, until %s, %s", (finishedAt, words) => {
    expect(tookWords({ startedAt: "2026-11-22T10:00:00Z", finishedAt })).toBe(words)
  })
})
