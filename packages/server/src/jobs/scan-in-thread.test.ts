import assert from "node:assert/strict"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { scanInThread } from "./scan-in-thread.ts"

const KEY = Buffer.alloc(32, 7).toString("base64")
const clock = new ManualClock("2026-11-22T03:00:00.000Z")
let home: string

before(async () => {
  home = await mkdtemp(join(tmpdir(), "tabard-"))
  await mkdir(join(home, ".cursor"))
  const servers = { notes: { command: "npx", args: ["-y", "@acme/notes-mcp"] } }
  await writeFile(join(home, ".cursor", "mcp.json"), JSON.stringify({ mcpServers: servers }))
})
after(() => rm(home, { recursive: true, force: true }))

describe("a scan in a thread of its own", () => {
  it("answers what it saw, at the times of whoever asked, and tells how far it is", async () => {
    const places: string[] = []
    const report = await scanInThread(question(), {
      clock,
      onProgress: ({ place }) => {
        places.push(place)
        clock.advance(1000)
      },
      signal: new AbortController().signal,
    })
    assert.deepEqual(
      report.mcpServers.map(({ name }) => name),
      ["notes"],
    )
    assert.ok(places.length > 0)
    assert.equal(report.startedAt, "2026-11-22T03:00:00.000Z")
    assert.equal(report.finishedAt, clock.now().toISOString())
  })

  it("ends where it is stopped, before it began and half-way", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"))
    await assert.rejects(
      scanInThread(question(), { clock, onProgress: () => undefined, signal: stopped }),
      /stopped/,
    )
    const stop = new AbortController()
    const onProgress = (): void => stop.abort(new Error("stopped half-way"))
    await assert.rejects(
      scanInThread(question(), { clock, onProgress, signal: stop.signal }),
      /stopped half-way/,
    )
  })

  it("rejects where its thread cannot go on, instead of ending the process", async () => {
    const tooShort = { ...question(), fingerprintKey: "short" }
    const { signal } = new AbortController()
    await assert.rejects(scanInThread(tooShort, { clock, onProgress: () => undefined, signal }), Error)
  })
})

function question(): Parameters<typeof scanInThread>[0] {
  return { places: { roots: [], home, environment: {} }, fingerprintKey: KEY }
}
