import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { healthView } from "./health-view.ts"

const SINCE = new Date("2026-11-01T12:00:00.000Z")
const WELL = { part: "store", now: async () => ({ status: "ok", words: "Well.", since: null }) as const }
const LATE = {
  part: "record",
  now: async () => ({ status: "degraded", words: "Late.", since: SINCE }) as const,
}
const GONE = { part: "sinks", now: () => Promise.reject(new Error("secret-host is gone")) }

describe("how the installation does", () => {
  it("is as its worst part does, with what each says", async () => {
    const { status, parts, stopped } = await viewOf([WELL, LATE])
    assert.deepEqual([status, stopped], ["degraded", false])
    assert.deepEqual(parts[1], {
      part: "record",
      status: "degraded",
      words: "Late.",
      since: SINCE.toISOString(),
    })
  })

  it("fails where a part does not answer, and only the operator's log hears why", async () => {
    const faults: unknown[] = []
    const view = await viewOf([WELL, GONE], faults)
    assert.equal(view.status, "failing")
    assert.doesNotMatch(JSON.stringify(view), /secret-host/)
    assert.match(String(faults[0]), /secret-host/)
  })

  function viewOf(
    parts: Parameters<typeof healthView>[0],
    faults: unknown[] = [],
  ): ReturnType<typeof healthView> {
    const record = { stop: async () => undefined }
    return healthView(parts, { record, onFault: (error) => faults.push(error) })
  }
})
