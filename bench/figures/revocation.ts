import { TokenSource } from "@tabard/client"
import { postgresMissing } from "@tabard/store/testing"
import type { Cause, CauseName } from "../../test/world/issuing/issuing-path.ts"
import { ownedAgent } from "../../test/world/issuing/issuing-world.ts"
import { carried, prepared } from "../../test/world/issuing/prepare-path.ts"
import { CAUSES } from "../../test/world/issuing/revocation-causes.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { LIMIT, openReplicas, type Replicas, standingOf } from "../world/replicas.ts"

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
    await using replicas = await openReplicas()
    return [await tableOf(replicas, measuring)]
  },
}

async function tableOf(replicas: Replicas, { quick, signal, say }: Measuring): Promise<Table> {
  const samples = quick ? 3 : 100
  const standings = [LIMIT]
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
