import { TokenSource } from "@tabard/client"
import { postgresMissing } from "@tabard/store/testing"
import { type GovernedAgent, governAgent, NOTES_MANIFEST } from "../../test/world/governed-agent.ts"
import { called, posted } from "../../test/world/issuing/prepare-path.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { LIMIT, openReplicas, type Replicas, standingOf } from "../world/replicas.ts"

/** How long a change may take before something is broken. */
const PATIENCE_MS = 10_000

/** The manifest without the tool that is asked about. */
const NARROWER = NOTES_MANIFEST.replace("  - { server: notes, tool: read_note }\n", "")

/** Asks one replica, and answers whether it permits. */
type Ask = () => Promise<boolean>

/** How long one replica decides by a manifest after another has answered that a narrower one is in force. */
export const policyChange: Figure = {
  name: "policy-change",
  async measure(measuring) {
    if (postgresMissing()) return []
    await using replicas = await openReplicas()
    return [await tableOf(replicas, measuring)]
  },
}

async function tableOf(replicas: Replicas, { quick, signal, say }: Measuring): Promise<Table> {
  const samples = quick ? 3 : 100
  const standings = [LIMIT]
  for (const [name, asking] of [
    ["a call through the gateway", callAt],
    ["an evaluation (AuthZEN), which may know for half a second", evaluationAt],
  ] as const) {
    say(`policy change: ${samples} times ${name}`)
    const agent = await governAgent(replicas.world.tabard.server, replicas.world.ann.api)
    const times: number[] = []
    while (times.length < samples) {
      signal.throwIfAborted()
      times.push(await sample(replicas, agent, asking))
    }
    standings.push(standingOf(name, times))
  }
  return {
    title: `a manifest is put at one replica, until another denies by it (two processes, PostgreSQL, ${samples} times each)`,
    head: "median (least–most)",
    standings,
  }
}

async function sample({ world, at }: Replicas, agent: GovernedAgent, asking: typeof callAt): Promise<number> {
  const { api } = world.ann
  await api.putManifest({ id: agent.id, manifest: NOTES_MANIFEST })
  const permits = await asking({ world, at }, agent)
  await until(permits, true)
  await api.putManifest({ id: agent.id, manifest: NARROWER })
  const began = performance.now()
  await until(permits, false)
  return (performance.now() - began) * 1_000
}

async function until(permits: Ask, wanted: boolean): Promise<void> {
  const began = performance.now()
  while ((await permits()) !== wanted) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(`it still answers ${!wanted}`)
  }
}

async function callAt({ world, at }: Replicas, agent: GovernedAgent): Promise<Ask> {
  const token = await tokenOf(agent)
  return async () => (await called(world, { agent, token, tool: "read_note", at })) === "given"
}

async function evaluationAt({ world, at }: Replicas, agent: GovernedAgent): Promise<Ask> {
  const token = await tokenOf(agent)
  const body = {
    subject: { type: "agent", id: agent.id },
    action: { name: "tools/call" },
    resource: { type: "tool", id: "notes/read_note" },
    context: { task: agent.task.id, arguments: { topic: "groceries" } },
  }
  return async () => {
    const post = { path: "/access/v1/evaluation", key: agent.credentials.key, token, body, at }
    const { status, text } = await posted(world.tabard.server.publicUrl, post)
    if (status !== 200) throw new Error(`it answers ${status}: ${text}`)
    return /"decision":true/.test(text)
  }
}

async function tokenOf({ credentials, task }: GovernedAgent): Promise<string> {
  return (await new TokenSource(credentials, { task: task.id }).token()).accessToken
}
