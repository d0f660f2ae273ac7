import assert from "node:assert/strict"
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import type { ScanReport } from "@tabard/scan"
import { unsentReports } from "./unsent-reports.ts"

describe("reports that could not be sent", () => {
  it("wait for their user alone, the oldest first, and are gone once they are dropped", async () => {
    await using folder = await temporaryFolder()
    const unsent = unsentReports(folder.path)
    await unsent.keep(reportOf(2, ["/b"]), "second")
    await unsent.keep(reportOf(1, ["/a"]), "first")
    const waiting = await unsent.waiting()
    assert.deepEqual(await Promise.all(waiting.map((name) => unsent.read(name))), ["first", "second"])
    for (const name of waiting) assert.equal((await stat(join(folder.path, name))).mode & 0o777, 0o600)
    for (const name of waiting) await unsent.drop(name)
    assert.deepEqual(await readdir(folder.path), [])
  })

  it("are the last of each set of places, and sixteen at most", async () => {
    await using folder = await temporaryFolder()
    const unsent = unsentReports(folder.path)
    for (let n = 0; n < 20; n++) await unsent.keep(reportOf(n, ["/same"]), `same ${n}`)
    assert.deepEqual(await Promise.all((await unsent.waiting()).map((name) => unsent.read(name))), [
      "same 19",
    ])
    for (let n = 20; n < 40; n++) await unsent.keep(reportOf(n, [`/root ${n}`]), String(n))
    const kept = await Promise.all((await unsent.waiting()).map((name) => unsent.read(name)))
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [16, "24", "39"])
  })

  it("are no other file that lies in their folder, and none where there is no folder", async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, "notes.json"), "{}")
    assert.deepEqual(await unsentReports(folder.path).waiting(), [])
    assert.deepEqual(await unsentReports(join(folder.path, "nowhere")).waiting(), [])
  })
})

function reportOf(second: number, roots: readonly string[]): ScanReport {
  const at = new Date(Date.UTC(2026, 10, 1, 12, 0, second)).toISOString()
  return {
    schema: "tabard.scan/1",
    startedAt: at,
    finishedAt: at,
    host: null,
    roots,
    agents: [],
    mcpServers: [],
    credentials: [],
    findings: [],
    unreadable: [],
    coverage: {
      clientsKnown: 0,
      clientsChecked: 0,
      filesRead: 0,
      filesSkipped: 0,
      knowledge: { version: "1", date: "2026-11-01" },
    },
  }
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "tabard-unsent-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
