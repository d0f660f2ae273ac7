import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { claimInThread } from "./claim-in-thread.ts"
import { reportOf, sawAgent } from "./testing/pushed-report.ts"

const NOW = new Date("2026-11-01T12:00:00.000Z")

describe("reading a report in a thread of its own", () => {
  it("answers what is believed of it", async () => {
    const { report, scrubbed } = await claimed(JSON.stringify(reportOf([sawAgent("a")])))
    assert.deepEqual(
      report.agents.map(({ key }) => key),
      ["a"],
    )
    assert.equal(scrubbed, 0)
  })

  it("cuts what is longer than anybody reads, and refuses no honest report for it", async () => {
    const locations = Array.from({ length: 600 }, (_, line) => ({ path: "/repo/agent.py", line }))
    const unreadable = Array.from({ length: 20_000 }, (_, n) => ({
      path: `/closed/${n}`,
      reason: "not permitted",
    }))
    const { report } = await claimed(JSON.stringify(reportOf([sawAgent("a", { locations })], { unreadable })))
    assert.deepEqual([report.agents[0]?.locations.length, report.unreadable.length], [500, 10_000])
  })

  it("refuses what is no report, with the places that are wrong, and not all ten thousand of them", async () => {
    await assert.rejects(claimed("["), { code: "report_invalid", message: /expected object/ })
    const agents = Array.from({ length: 10_000 }, () => ({ key: 1 }))
    await assert.rejects(claimed(JSON.stringify({ ...reportOf([]), agents })), (error: Error) => {
      assert.match(error.message, /agents\[0\]/)
      return error.message.length <= 2000
    })
  })

  it("refuses what only nests, and what takes more memory than a report may", async () => {
    const deep = `{"schema":${"[".repeat(4_000_000)}${"]".repeat(4_000_000)}}`
    await assert.rejects(claimed(deep), { code: "report_invalid" })
    const wide = `[${"[],".repeat(5_000_000)}0]`
    await assert.rejects(claimed(wide), { code: "report_invalid" })
  })
})

function claimed(body: string): ReturnType<typeof claimInThread> {
  return claimInThread({ body, name: "build-7", now: NOW })
}
