import type { LogView, SinkView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { exporting, wholeness, witnessing } from "./record-standing.ts"

describe("how the record stands", () => {
  it("is whole only while the server says that what is published is what was recorded", () => {
    const kept = wholeness(logWith({}), { parts: [recordPart("ok")] })
    expect(kept).toMatchObject({ words: "Whole as the server sees it", rests: "7 entries signed" })
    const words = "Not known to be whole"
    for (const parts of [[recordPart("failing")], []])
      expect(wholeness(logWith({}), { parts })).toMatchObject({ words, tone: "deny" })
    expect(wholeness(logWith({}), { parts: [recordPart("degraded")] })).toMatchObject({ words, tone: "ask" })
  })

  it("says how many events are on their way to a signature", () => {
    const { rests } = wholeness(logWith({ sequenced: 9 }), { parts: [recordPart("ok")] })
    expect(rests).toBe("7 entries signed, 2 events on the way")
  })

  it("is witnessed by a quorum, and as of when", () => {
    const at = "2026-01-01T00:00:00.000Z"
    const log = logWith({ evidence: "green", quorum: { size: 7, at }, witnesses: [witness(null)] })
    expect(witnessing(log)).toMatchObject({ words: "Witnessed", at, rests: "by a quorum of 1 witness" })
    expect(witnessing({ ...log, evidence: "red" })).toMatchObject({ words: "Not witnessed", tone: "deny" })
    expect(witnessing(logWith({}))).toMatchObject({ words: "Not witnessed", tone: "calm" })
  })

  it("never calls witnessed what a witness has seen another history of", () => {
    const trouble = { kind: "split-view", said: "another root" } as const
    const log = logWith({ evidence: "green", witnesses: [witness(null), witness(trouble)] })
    expect(witnessing(log)).toMatchObject({ words: "A witness has seen another history", tone: "deny" })
  })

  it("is exported only where each running sink keeps up", () => {
    const well = sinkWith({ met: true })
    expect(exporting([])).toMatchObject({ words: "Not exported", tone: "calm" })
    expect(exporting([well, well])).toMatchObject({ words: "Exported", rests: "to 2 sinks, in time" })
    expect(exporting([well, sinkWith({ met: false })])).toMatchObject({
      rests: "at 1 of 2 sinks",
      tone: "deny",
    })
    expect(exporting([sinkWith({ met: true, standing: "later" })])).toMatchObject({ tone: "deny" })
  })

  it("tells paused sinks apart from failing ones", () => {
    const paused = { ...sinkWith({ met: false }), state: "paused" as const }
    expect(exporting([paused])).toMatchObject({ words: "Export is paused", tone: "ask" })
    expect(exporting([paused, sinkWith({ met: true })]).rests).toBe("to 1 of 2 sinks in time; paused at 1")
  })
})

function recordPart(status: "ok" | "degraded" | "failing") {
  return { part: "record", status, words: "It is as it is.", since: null }
}

function witness(trouble: LogView["witnesses"][number]["trouble"]): LogView["witnesses"][number] {
  const cosignedAt = "2026-01-01T00:00:00.000Z"
  return {
    name: "north",
    url: "https://north.example/",
    verifierKey: "north+1+a",
    size: 7,
    cosignedAt,
    trouble,
    due: null,
  }
}

function logWith(told: Partial<LogView>): LogView {
  return {
    generation: 1,
    base: 0,
    origin: "audit.example.test/default/1",
    published: 7,
    sequenced: 7,
    checkpoint: null,
    verifierKey: "key",
    evidence: null,
    evidenceSaid: "No witnesses are configured.",
    quorum: null,
    witnesses: [],
    ...told,
  }
}

function sinkWith(told: Partial<SinkView["progress"]>): Pick<SinkView, "state" | "progress"> {
  const never = { checkpointAt: null, said: null, nextTryAt: null, troubledSince: null, failedAt: null }
  return {
    state: "running",
    progress: {
      ...never,
      place: 7,
      size: 7,
      waitingSince: null,
      checkpoint: 7,
      standing: "well",
      failures: 0,
      succeededAt: "2026-01-01T00:00:00.000Z",
      deadLetters: 0,
      lastDay: { entries: 0, late: 0 },
      met: true,
      ...told,
    },
  }
}
