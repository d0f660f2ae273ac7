import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import type { ScanReport } from "../report.ts"
import { silentReporter } from "../reporter.ts"
import { scan } from "../scan.ts"

/** Answers what a scan of a folder with these files alone tells. */
export function scanFiles(t: TestContext, files: Readonly<Record<string, string>>): Promise<ScanReport> {
  return scanPlaces({ home: null, roots: [folderOf(t, files)] })
}

/** Answers a new folder with these files, which the test leaves no trace of. */
export function folderOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "tabard-code-"))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** Answers what a scan of a home and of roots tells. */
export function scanPlaces(where: {
  readonly home: string | null
  readonly roots: readonly string[]
}): Promise<ScanReport> {
  const fingerprintKey = new Secret("k".repeat(40))
  const clock = new ManualClock("2026-11-21T00:00:00Z")
  return scan({ ...where, os: "linux", fingerprintKey, clock }, silentReporter, AbortSignal.timeout(60_000))
}
