import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as passes } from "node:timers/promises"
import type { Clock } from "@tabard/core"
import { Client } from "pg"
import { openPostgres } from "../postgres/open-postgres.ts"
import type { PostgresStore } from "../postgres/postgres-store.ts"

/** A PostgreSQL store that lives as long as its test. */
export interface TemporaryPostgres extends AsyncDisposable {
  readonly store: PostgresStore
  /** The database's address, as the owner of its tables, for a second process or a look behind the store. */
  readonly url: string
}

/** A PostgreSQL of our own that nobody else reaches: it listens on a socket in its own directory alone. */
export interface PostgresCluster extends AsyncDisposable {
  /** The address of a database of this cluster as this user. */
  url(database: string, user?: string): string
  /** Makes an empty database, owned by a user that row-level security binds, and answers its address. */
  createDatabase(): Promise<string>
}

/** Who owns the tables in tests: an ordinary user, as in production. */
const OWNER = "tabard"

/** As long as a machine may need to start an empty PostgreSQL. */
const START_MS = 180_000

const PROGRAMS = "/usr/lib/postgresql"

/** Why PostgreSQL cannot be tried here, for the `skip` of a suite, or false where it can. */
export function postgresMissing(): string | false {
  return programs() === undefined ? "PostgreSQL is not installed" : false
}

/** Starts a cluster. It refuses to run as root, so there it runs as the user `postgres`. */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const bin = programs()
  if (bin === undefined) throw new Error("PostgreSQL is not installed")
  const directory = mkdtempSync(join(tmpdir(), "tabard-pg-"))
  const user = unprivileged()
  if (user) chownSync(directory, user.uid, user.gid)
  const data = join(directory, "data")
  const settings = { cwd: directory, stdio: "ignore", ...user } as const
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"],
    settings,
  )
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-k", directory, "-c", "listen_addresses=", "-c", "fsync=off"],
    settings,
  )
  // A run that ends in the middle of a test leaves no server behind.
  const end = () => server.kill("SIGQUIT")
  process.once("exit", end)

  const url = (database: string, as = OWNER) =>
    `postgres://${as}@${encodeURIComponent(directory)}/${database}`
  await answering(url("postgres", "postgres"), server)
  await asSuperuser(url, `create role ${OWNER} login nosuperuser nobypassrls`)
  return {
    url,
    async createDatabase() {
      const name = `tabard_${crypto.randomUUID().replaceAll("-", "")}`
      await asSuperuser(url, `create database ${name} owner ${OWNER}`)
      return url(name)
    },
    async [Symbol.asyncDispose]() {
      process.off("exit", end)
      await stopped(server)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** Opens an empty store in a database of its own. */
export async function openTemporaryPostgres(
  cluster: PostgresCluster,
  settings: { clock?: Clock } = {},
): Promise<TemporaryPostgres> {
  const url = await cluster.createDatabase()
  const store = await openPostgres({ url, ...settings })
  return { store, url, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}

function programs(): string | undefined {
  try {
    const [newest] = readdirSync(PROGRAMS).toSorted((a, b) => Number(b) - Number(a))
    return newest && join(PROGRAMS, newest, "bin")
  } catch {
    return undefined
  }
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  return { uid: idOfPostgres("-u"), gid: idOfPostgres("-g") }
}

function idOfPostgres(which: "-u" | "-g"): number {
  return Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }))
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  const until = performance.now() + START_MS
  for (;;) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (cause) {
      const dead = server.exitCode !== null || performance.now() > until
      if (dead) throw new Error("PostgreSQL did not start", { cause })
    }
    await passes(50)
  }
}

async function asSuperuser(url: PostgresCluster["url"], sql: string): Promise<void> {
  const client = new Client({ connectionString: url("postgres", "postgres") })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  server.once("exit", () => resolve())
  server.kill("SIGINT")
  await promise
}
