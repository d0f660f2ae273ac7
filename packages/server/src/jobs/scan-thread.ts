/** The thread that scans for the server: what it reads was made by strangers, and decisions go on meanwhile. */
import { hostname } from "node:os"
import { parse } from "node:path"
import { parentPort, workerData } from "node:worker_threads"
import { Secret } from "@tabard/core"
import { type OperatingSystem, type ScanOptions, scan, silentReporter, systemProcesses } from "@tabard/scan"
import type { ScanQuestion, ScanWord } from "./scan-protocol.ts"

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- scanInThread alone starts this file, and types what it gives
const question = workerData as ScanQuestion

const reporter = {
  ...silentReporter,
  progress: ({ filesSeen, filesRead, place }: { filesSeen: number; filesRead: number; place: string }) =>
    say({ kind: "progress", progress: { filesSeen, filesRead, place } }),
}
// It is stopped from outside, all of it at once.
const { signal } = new AbortController()
say({ kind: "report", report: await scan(optionsOf(question), reporter, signal) })

function optionsOf({ places, fingerprintKey, now }: ScanQuestion): ScanOptions {
  const { home, roots, environment } = places
  const os = operatingSystem()
  return {
    home,
    os,
    environment,
    systemRoot: parse(process.execPath).root,
    listProcesses: home === null ? undefined : systemProcesses(os, home),
    roots,
    fingerprintKey: new Secret(fingerprintKey),
    // Whoever asked says when it ended: only they know their clock.
    clock: { now: () => new Date(now) },
    host: hostname(),
  }
}

function operatingSystem(): OperatingSystem {
  if (process.platform === "win32") return "windows"
  return process.platform === "darwin" ? "macos" : "linux"
}

function say(word: ScanWord): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(word)
}
