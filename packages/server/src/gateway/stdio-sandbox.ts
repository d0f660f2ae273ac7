import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, realpath, rm, stat } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { delimiter, dirname, isAbsolute, join } from "node:path"
import type { UpstreamLaunch } from "@tabard/core"
import { bubblewrapArguments } from "./bubblewrap-arguments.ts"
import { findProgram } from "./find-program.ts"
import { ownFolderIn } from "./governing-folders.ts"
import { UpstreamFault } from "./upstream-fault.ts"

/** How third-party code is kept apart. There is no default: whoever wires the gateway chooses. */
export type Sandbox = (
  | { readonly kind: "bubblewrap"; readonly command: string }
  | { readonly kind: "none" }
) & {
  /** Folders of our own, which no root may reach. */
  readonly ownFolders?: readonly string[]
  /** Told of a program that ended by itself, with its exit code; null where a signal ended it. */
  readonly ended?: (code: number | null) => void
}

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
    const roots = await realRoots(launch.roots)
    const own = await ownFolderIn(roots, sandbox.ownFolders ?? [])
    if (own) throw new UpstreamFault(`the folder ${brief(own.root)} reaches ${own.what}`, false)
    const child = await spawned(await commandLine({ ...launch, roots }, sandbox), {
      cwd: launch.roots[0] ?? home,
      env: { PATH, HOME: home, LANG: "C.UTF-8" },
    })
    let ending: Promise<void> | undefined
    child.once("exit", (code) => {
      if (!ending) sandbox.ended?.(code)
    })
    return { child, end: () => (ending ??= endGroup(child, home)) }
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error instanceof UpstreamFault ? error : unstartable(error)
  }
}

async function commandLine(
  launch: Extract<UpstreamLaunch, { transport: "stdio" }>,
  sandbox: Sandbox,
): Promise<readonly [string, ...string[]]> {
  const program = await findProgram(launch.command, PATH)
  if (!program) throw new UpstreamFault(`there is no program ${brief(launch.command)}`, false)
  if (sandbox.kind === "none") return [program, ...launch.args]
  const view = {
    program,
    args: launch.args,
    roots: launch.roots,
    path: PATH,
    home: homedir(),
  }
  return [sandbox.command, ...(await bubblewrapArguments(view))]
}

/** The roots as they are called and as they really are. */
async function realRoots(roots: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(roots.map(realRoot))
  return [...new Set([...real, ...roots])]
}

async function realRoot(root: string): Promise<string> {
  if (!isAbsolute(root)) throw badRoot(`${brief(root)} is not absolute`)
  const real = await realpath(root).catch(() => undefined)
  if (real === undefined || !(await stat(real)).isDirectory()) {
    throw badRoot(`${brief(root)} does not exist`)
  }
  if (real === "/") throw badRoot("/ is everything")
  return real
}

function badRoot(why: string): UpstreamFault {
  return new UpstreamFault(`the folder ${why}: a root must be an absolute path below / that is there`, false)
}

/** A file that the system misses is named: whoever registers a server wrote its path themselves. */
function unstartable(cause: unknown): UpstreamFault {
  const missing =
    cause instanceof Error && "code" in cause && cause.code === "ENOENT" && "path" in cause
      ? `: there is no ${brief(String(cause.path))}`
      : ""
  return new UpstreamFault(`it could not be started${missing}`, false, { cause })
}

function brief(text: string): string {
  return text.slice(0, 200)
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
