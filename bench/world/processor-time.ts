import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What the kernel counts in: hundredths of a second, on every Linux that Node runs on. */
const TICK_MS = 10

/** Answers how much of a core's time a process has taken since it began, with all its threads, in milliseconds. */
export function processorTime(pid: number): number {
  // The name of the program stands in brackets and may hold anything: what is counted is behind the last one.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Answers the processes of the PostgreSQL whose socket this address names. */
export function postgresProcesses(url: string): readonly number[] {
  const directory = decodeURIComponent(new URL(url).hostname)
  const postmaster = Number(readFileSync(join(directory, "data", "postmaster.pid"), "utf8").split("\n", 1)[0])
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
    .map(Number)
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    )
  } catch {
    return undefined
  }
}
