import { dirname, join, parse } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { Secret } from "@tabard/core"
import { systemProcesses } from "@tabard/scan"
import { machineKey } from "../machine-key.ts"
import { settingsFolder } from "../settings-folder.ts"
import type { Surroundings } from "../surroundings.ts"
import { operatingSystem } from "./operating-system.ts"
import { reporterCredentials, reporterFile } from "./reporter-file.ts"
import { runScan, SCAN_EXIT, type ScanDeps } from "./scan.ts"
import { parseScan } from "./scan-arguments.ts"
import { SCAN_HELP } from "./scan-help.ts"
import { pushScan } from "./scan-push.ts"
import { type WatchArguments, watchScans } from "./scan-watch.ts"
import { unsentReports } from "./unsent-reports.ts"
import { holdWatchLock } from "./watch-lock.ts"

/** `tabard scan`, on this machine. Its key is kept where the person's other settings are. */
export async function scanCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parseScan(args)
  if (!asked) {
    surroundings.stdout.write(SCAN_HELP)
    return SCAN_EXIT.done
  }
  const deps = await scanDeps(surroundings, asked.push)
  return asked.every === null
    ? runScan(asked, deps)
    : watchAlone({ ...asked, every: asked.every }, deps, settingsFolder(surroundings))
}

async function watchAlone(asked: WatchArguments, deps: ScanDeps, settings: string): Promise<number> {
  const lock = await holdWatchLock(settings)
  const pause = (ms: number): Promise<void> =>
    wait(ms, undefined, { signal: deps.signal }).catch(() => undefined)
  try {
    return await watchScans(asked, { ...deps, pause, random: Math.random })
  } finally {
    await lock[Symbol.asyncDispose]()
  }
}

/** Whoever pushes makes fingerprints under the organisation's key: under its own they would say nothing there. */
async function scanDeps(surroundings: Surroundings, origin: string | null): Promise<ScanDeps> {
  const os = operatingSystem()
  const machine = {
    ...surroundings,
    os,
    listProcesses: systemProcesses(os, surroundings.home),
    systemRoot: parse(process.execPath).root,
  }
  if (origin === null) {
    const ownKey = join(settingsFolder(surroundings), "scan-key")
    return { ...machine, fingerprintKey: () => machineKey(ownKey) }
  }
  const credentials = await reporterCredentials(surroundings, origin)
  const folder = join(
    dirname(reporterFile(surroundings, origin)),
    `${new URL(origin).host.replaceAll(":", "_")}.unsent`,
  )
  const unsent = unsentReports(folder)
  return {
    ...machine,
    fingerprintKey: async () => new Secret(credentials.fingerprintKey),
    push: (report) => pushScan({ ...surroundings, credentials, unsent }, report),
  }
}
