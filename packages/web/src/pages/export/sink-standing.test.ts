import type { SinkView } from "@tabard/api"
import { expect, it } from "vitest"
import { evidenceOf, sinkStanding } from "./sink-standing.ts"

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

it("never says all where not all came in time, and names each thing that is not as it should be", () => {
  const said = (differs: Partial<typeof well>, state: SinkView["state"] = "running") =>
    evidenceOf({ state, progress: { ...well, ...differs } }).map(({ words, tone }) => `${tone}: ${words}`)
  const all = { entries: 3, late: 0 }
  expect(said({})).toEqual([])
  expect(said({ lastDay: all })).toEqual(["permit: 100 % of the last day’s entries in time"])
  expect(said({ lastDay: { entries: 100_000, late: 1 } })).toEqual([
    "permit: 99.9 % of the last day’s entries in time",
  ])
  expect(said({ lastDay: { entries: 100, late: 6 }, met: false })).toEqual([
    "deny: 94 % of the last day’s entries in time",
  ])
  expect(said({ deadLetters: 2, met: false })).toEqual(["deny: 2 dead letters"])
  expect(said({ met: false })).toEqual(["deny: An entry waits for longer than five minutes"])
  expect(said({ met: false }, "paused")).toEqual([])
})
