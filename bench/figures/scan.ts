import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Contestant, hold } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { configureHome } from "../world/configured-home.ts"
import { agenticRadar, agentScan, type Scanner, tabardScanner } from "../world/scanners.ts"
import { agentsIn, writeRepository } from "../world/source-repository.ts"

/** A scan as a person types it, in a process of its own: a home directory, and a repository of many files. */
export const scan: Figure = {
  name: "scan",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), "tabard-bench-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    return [await homeTable(folder, measuring), ...(await repositoryTables(folder, measuring))]
  },
}

async function homeTable(folder: string, measuring: Measuring): Promise<Table> {
  measuring.say("scan: a home directory")
  const home = join(folder, "home")
  const servers = await configureHome(home)
  const bare = { name: "the same files read by cat", run: () => cat(home) }
  const { contestants, notes } = measured([tabardScanner([]), ...agentScan()], { HOME: home })
  const standings = await hold([bare, ...contestants], eachAlone(measuring))
  return {
    title: `a home directory with 20 configured clients and ${servers} servers, each time in a new process`,
    standings,
    notes: notes(),
  }
}

async function repositoryTables(folder: string, measuring: Measuring): Promise<readonly Table[]> {
  const files = measuring.quick ? 1_000 : 10_000
  measuring.say(`scan: a repository of ${files} files`)
  const root = join(folder, "repository")
  await mkdir(root)
  await writeRepository(root, files)
  const rivals = measuring.quick ? [] : agenticRadar(root, "crewai", join(folder, "graph.json"))
  const title = `a repository of ${files.toLocaleString("en")} files, ${agentsIn(files)} agents declared`
  return [
    await repositoryTable(`${title}, its files in the page cache`, [tabardScanner([root]), ...rivals], {
      root,
      measuring,
    }),
    await repositoryTable(`${title}, read from the disk`, [tabardScanner([root])], {
      root,
      measuring,
      forget: forgetFiles,
    }),
  ]
}

async function repositoryTable(
  title: string,
  scanners: readonly Scanner[],
  { root, measuring, forget }: { root: string; measuring: Measuring; forget?: () => Promise<void> },
): Promise<Table> {
  const bare = { name: "the same files read by cat", run: () => cat(root) }
  const { contestants, notes } = measured(scanners, { HOME: join(root, "..", "nobody") })
  const before = forget ? { prepare: forget } : {}
  const all = [bare, ...contestants].map((each) => ({ ...each, ...before }))
  return { title, standings: await hold(all, eachAlone(measuring)), notes: notes() }
}

/** Each scanner as a contestant, and what it found and held at its last run. */
function measured(
  scanners: readonly Scanner[],
  home: NodeJS.ProcessEnv,
): { contestants: readonly Contestant[]; notes: () => readonly string[] } {
  const said = new Map<string, string>()
  const environment = { ...home, PATH: process.env["PATH"] }
  const contestants = scanners.map(({ name, run, found }) => ({
    name,
    run: async () => {
      const { output, peakBytes } = await run(environment)
      const held = peakBytes === null ? "" : `, at most ${Math.round(peakBytes / 1e6)} MB resident`
      said.set(name, `${name}: ${found(output)}${held}`)
    },
  }))
  return { contestants, notes: () => [...said.values()] }
}

/** Each run takes long enough to be a round of its own. */
function eachAlone(measuring: Measuring): Measuring {
  return { ...measuring, rounds: Math.min(measuring.rounds, 5), roundMs: 1 }
}

async function cat(folder: string): Promise<void> {
  const reading = 'find "$0" -type f -print0 | xargs -0 cat > /dev/null'
  await once(spawn("sh", ["-c", reading, folder], { stdio: "ignore" }), "exit")
}

/** Makes the system read from the disk again; where that is not allowed, the table says the same as the one before. */
async function forgetFiles(): Promise<void> {
  await once(spawn("sync", [], { stdio: "ignore" }), "exit")
  await writeFile("/proc/sys/vm/drop_caches", "3").catch(() => undefined)
}
