import { randomBytes } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { TokenSource } from "@tabard/client"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { freePort } from "../../test/world/free-port.ts"
import type { Cause, CauseName } from "../../test/world/issuing/issuing-path.ts"
import { type IssuingWorld, ownedAgent, startIssuingWorld } from "../../test/world/issuing/issuing-world.ts"
import { carried, prepared } from "../../test/world/issuing/prepare-path.ts"
import { CAUSES } from "../../test/world/issuing/revocation-causes.ts"
import { spreadOf } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { timeText } from "../print-table.ts"
import { startChild } from "../world/child.ts"
import type { ReplicaReady } from "../world/replica-process.ts"

/** What the slowest of a hundred may take. */
const LIMIT_MICROSECONDS = 1_000_000

/** How long one may take before something is broken. */
const PATIENCE_MS = 10_000

/** What ends a token at the first replica. */
const MEASURED: readonly CauseName[] = [
  "a person suspends it",
  "security quarantines it",
  "a person retires it",
  "its owner is switched off",
  "its install is revoked",
  "its key was followed by another, and its overlap is over",
  "its task is closed",
  "the token before it is given back",
  "a received session-revoked names it",
]

/** How long a token is still taken by one replica after another has answered what ends it, over PostgreSQL. */
export const revocation: Figure = {
  name: "revocation",
  async measure(measuring) {
    if (postgresMissing()) return []
    await using stack = new AsyncDisposableStack()
    const store = await stack.use(await startPostgresCluster()).createDatabase()
    const folder = await mkdtemp(join(tmpdir(), "tabard-revocation-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const kek = join(folder, "kek")
    await writeFile(kek, randomBytes(32).toString("base64"), { mode: 0o600 })
    const own = { store, env: { TABARD_KEK_FILE: kek }, port: await freePort() }
    const world = stack.use(await startIssuingWorld(own))
    const { publicUrl } = world.tabard.server
    const { ready } = stack.use(await startChild<ReplicaReady>("replica-process.ts", [store, kek, publicUrl]))
    return [await tableOf({ world, at: ready.address }, measuring)]
  },
}

/** The first replica is in this process. */
interface Replicas {
  readonly world: IssuingWorld
  /** Where the second listens. */
  readonly at: string
}

async function tableOf(replicas: Replicas, { quick, signal, say }: Measuring): Promise<Table> {
  const samples = quick ? 3 : 100
  const limit = { name: "the limit of 99 in a hundred", microseconds: spreadOf([LIMIT_MICROSECONDS]) }
  const standings: Table["standings"][number][] = [{ ...UNCOMPARED, ...limit }]
  for (const [name, cause] of CAUSES.filter(([one]) => MEASURED.includes(one))) {
    say(`revocation: ${samples} times ${name}`)
    const times: number[] = []
    while (times.length < samples) {
      signal.throwIfAborted()
      times.push(await sample(replicas, cause))
    }
    standings.push(standingOf(name, times))
  }
  return {
    title: `what ends a token at one replica, until another refuses it (two processes, PostgreSQL, ${samples} tokens each)`,
    head: "median (least–most)",
    standings,
  }
}

const UNCOMPARED = { others: null, toRival: null, toFewer: null }

function standingOf(cause: string, times: readonly number[]): Table["standings"][number] {
  const slowest = times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN
  return {
    ...UNCOMPARED,
    name: `${cause}: 99 in a hundred within ${timeText(slowest)}`,
    microseconds: spreadOf(times),
    toRival: spreadOf([slowest / LIMIT_MICROSECONDS]),
  }
}

/** Answers the microseconds from the answer to what ended the token until the other replica refuses it first. */
async function sample({ world, at }: Replicas, { happens }: Cause): Promise<number> {
  const agent = await ownedAgent(world)
  const { credentials, task } = agent
  const { accessToken } = await new TokenSource(credentials, { task: task.id }).token()
  const ask = () => carried(world, { key: credentials.key, accessToken, at })
  // So the other knows it, and would take it on its own word for as long as it does so at all.
  if ((await ask()) !== "given") throw new Error("a new token was refused")
  const parts = { task: task.id, key: credentials, parent: { token: accessToken, by: credentials } }
  await happens(world, prepared(agent, parts, ask))
  const began = performance.now()
  while ((await ask()) === "given") {
    if (performance.now() - began > PATIENCE_MS) throw new Error("it is still taken")
  }
  return (performance.now() - began) * 1_000
}
