import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"

/** What a command came to. */
export interface CommandRun {
  readonly code: number | null
  readonly output: string
  /** The most that it and its children held at once, as last seen; null where the system does not tell. */
  readonly peakBytes: number | null
}

/** How often the memory of a running command is looked at. */
const LOOK_MS = 5

/** Runs a command to its end, with this environment alone, and answers what it wrote and how much it held. */
export async function runCommand(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<CommandRun> {
  const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", "ignore"] })
  const pieces: Buffer[] = []
  let peakBytes: number | null = null
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece))
  const looking = setInterval(() => {
    peakBytes = child.pid === undefined ? null : (peakOf(child.pid) ?? peakBytes)
  }, LOOK_MS)
  const [code] = (await once(child, "close")) as [number | null]
  clearInterval(looking)
  return { code, output: Buffer.concat(pieces).toString(), peakBytes }
}

function peakOf(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null
  }
}
