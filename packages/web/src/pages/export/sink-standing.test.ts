import type { SinkView } from "@tabard/api"
import { expect, it } from "vitest"
import { inTime, sinkStanding } from "./sink-standing.ts"

const well: SinkView["progress"] = {
  place: 10,
  size: 10,
  waitingSince: null,
  checkpoint: 10,
  checkpointAt: null,
  standing: "well",
  failures: 0,
  said: null,
  nextTryAt: null,
  troubledSince: null,
  succeededAt: "2026-11-01T12:00:00Z",
  failedAt: null,
  deadLetters: 0,
  lastDay: { entries: 0, late: 0 },
  met: true,
}

it("says how a sink does, the worst first", () => {
  const words = (differs: Partial<typeof well>, state: SinkView["state"] = "running") =>
    sinkStanding({ state, progress: { ...well, ...differs } }).words
  expect(words({})).toBe("Up to date")
  expect(words({ succeededAt: null })).toBe("Nothing carried yet")
  expect(words({ place: 9 })).toBe("Catching up")
  expect(words({ place: 9, standing: "later" })).toBe("Trying again")
  expect(words({ standing: "held" })).toBe("Needs a person")
  expect(words({ standing: "held" }, "paused")).toBe("Paused")
})

it("never says all where not all came in time", () => {
  const said = (entries: number, late: number) => inTime({ ...well, lastDay: { entries, late } })
  expect(said(0, 0)).toBe(undefined)
  expect(said(3, 0)).toBe("100 % of the last day’s entries in time")
  expect(said(100_000, 1)).toBe("99.9 % of the last day’s entries in time")
})
