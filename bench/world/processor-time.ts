import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What the kernel counts in: hundredths of a second, on every Linux that Node runs on. */
const TICK_MS = 10

/** Answers how much of a core's time a process has taken since it began, with all its threads and the children that ended, in milliseconds. */
export function processorTime(pid: number): number {
  const [own = 0, system = 0, children = 0, childrenSystem = 0] = statOf(pid).slice(11, 15).map(Number)
  return (own + system + children + childrenSystem) * TICK_MS
}

/**
 * Answers how much of a core's time the threads that a process has now have taken, in microseconds: to the nanosecond, where
 * what is counted above comes in steps of ten milliseconds.
 */
export function threadTime(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const taken = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ", 1)[0]),
  )
  return taken.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1_000
}

/** Answers the processor's time of the PostgreSQL whose socket this address names, whichever of its processes did it. */
export function postgresTime(url: string): number {
  const directory = decodeURIComponent(new URL(url).hostname)
  const postmaster = Number(readFileSync(join(directory, "data", "postmaster.pid"), "utf8").split("\n", 1)[0])
  const living = readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && Number(statOf(Number(name))[1]) === postmaster,
  )
  return [postmaster, ...living.map(Number)].reduce((sum, pid) => sum + processorTime(pid), 0)
}

/** What the kernel says of a process; nothing of one that has ended. */
function statOf(pid: number): readonly string[] {
  try {
    // The name of the program stands in brackets and may hold anything: what is counted is behind the last one.
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
  } catch {
    return []
  }
}
