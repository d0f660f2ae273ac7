import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, realpath, rm } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import type { UpstreamLaunch } from "@tabard/core"
import { bubblewrapArguments } from "./bubblewrap-arguments.ts"
import { findProgram } from "./find-program.ts"
import { UpstreamFault } from "./upstream-fault.ts"

/** How third-party code is kept apart. There is no default: whoever wires the gateway chooses. */
export type Sandbox = { readonly kind: "bubblewrap"; readonly command: string } | { readonly kind: "none" }

/** A running upstream, and the way to end it with all that it started. */
export interface SandboxedProcess {
  readonly child: ChildProcess
  /** Resolves once all of it has ended; asked again, it is the same end. */
  end(): Promise<void>
}

/** Programs are looked for here and beside the runtime, never in a PATH of the gateway's own. */
const PATH = ["/usr/local/bin", "/usr/bin", "/bin", dirname(process.execPath)].join(delimiter)

/** How long a process may take to end by itself, in milliseconds. */
const GRACE_MS = 1_000

/**
 * Starts a stdio upstream that inherits nothing of the gateway's: no variable, no open file, no working directory.
 * Under bubblewrap it has no network either, and sees and writes only what its registration names.
 *
 * @throws {UpstreamFault} where it cannot be started.
 */
export async function startSandboxed(
  launch: Extract<UpstreamLaunch, { transport: "stdio" }>,
  sandbox: Sandbox,
): Promise<SandboxedProcess> {
  const home = await mkdtemp(join(tmpdir(), "tabard-upstream-"))
  try {
    const child = await spawned(await commandLine(launch, sandbox), {
      cwd: launch.roots[0] ?? home,
      env: { PATH, HOME: home, LANG: "C.UTF-8" },
    })
    let ending: Promise<void> | undefined
    return { child, end: () => (ending ??= endGroup(child, home)) }
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error instanceof UpstreamFault
      ? error
      : new UpstreamFault("it could not be started", false, { cause: error })
  }
}

async function commandLine(
  launch: Extract<UpstreamLaunch, { transport: "stdio" }>,
  sandbox: Sandbox,
): Promise<readonly [string, ...string[]]> {
  const program = await findProgram(launch.command, PATH)
  if (!program) throw new UpstreamFault(`there is no program ${launch.command.slice(0, 200)}`, false)
  if (sandbox.kind === "none") return [program, ...launch.args]
  const view = {
    program,
    args: launch.args,
    roots: await realRoots(launch.roots),
    path: PATH,
    home: homedir(),
  }
  return [sandbox.command, ...(await bubblewrapArguments(view))]
}

async function realRoots(roots: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(roots.map((root) => realpath(root)))
  if ([...roots, ...real].some((root) => !root.startsWith("/") || root === "/")) {
    throw new UpstreamFault("a root must be an absolute path below /", false)
  }
  return [...new Set([...real, ...roots])]
}

async function spawned(
  [command, ...args]: readonly [string, ...string[]],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<ChildProcess> {
  // What it says on stderr may hold secrets of its own, and is dropped. `detached` makes it lead a process group.
  const child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "ignore"], detached: true })
  await once(child, "spawn")
  return child
}

async function endGroup(child: ChildProcess, home: string): Promise<void> {
  const gone = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit")
  signalGroup(child, "SIGTERM")
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS)
  await gone
  clearTimeout(timer)
  // The leader is gone; what it left behind in its group goes too.
  signalGroup(child, "SIGKILL")
  await rm(home, { recursive: true, force: true })
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // No such group: all of it has ended.
  }
}
