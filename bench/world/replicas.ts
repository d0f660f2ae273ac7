import { randomBytes } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startPostgresCluster } from "@tabard/store/testing"
import { freePort } from "../../test/world/free-port.ts"
import { type IssuingWorld, startIssuingWorld } from "../../test/world/issuing/issuing-world.ts"
import { spreadOf } from "../contest.ts"
import type { Table } from "../figure.ts"
import { timeText } from "../print-table.ts"
import { startChild } from "./child.ts"
import type { ReplicaReady } from "./replica-process.ts"

type Row = Table["standings"][number]

/** What the slowest of a hundred may take. */
const LIMIT_MICROSECONDS = 1_000_000

/** The first replica is in this process. */
export interface Replicas {
  readonly world: IssuingWorld
  /** Where the second listens. */
  readonly at: string
}

/** Starts two processes over one PostgreSQL, of which this is the first. */
export async function openReplicas(): Promise<Replicas & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const store = await stack.use(await startPostgresCluster()).createDatabase()
  const folder = await mkdtemp(join(tmpdir(), "tabard-replicas-"))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const kek = join(folder, "kek")
  await writeFile(kek, randomBytes(32).toString("base64"), { mode: 0o600 })
  const own = { store, env: { TABARD_KEK_FILE: kek }, port: await freePort() }
  const world = stack.use(await startIssuingWorld(own))
  const { publicUrl } = world.tabard.server
  const { ready } = stack.use(await startChild<ReplicaReady>("replica-process.ts", [store, kek, publicUrl]))
  const kept = stack.move()
  return { world, at: ready.address, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

const UNCOMPARED = { others: null, toRival: null, toFewer: null }

/** A row of times: the slowest of a hundred against the limit. */
export function standingOf(cause: string, times: readonly number[]): Row {
  const slowest = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN
  return {
    ...UNCOMPARED,
    name: `${cause}: 99 in a hundred within ${timeText(slowest)}`,
    microseconds: spreadOf(times),
    toRival: spreadOf([slowest / LIMIT_MICROSECONDS]),
  }
}

/** What is wanted, as a row to stand before the others. */
export const LIMIT: Row = {
  ...UNCOMPARED,
  name: "the limit of 99 in a hundred",
  microseconds: spreadOf([LIMIT_MICROSECONDS]),
}
