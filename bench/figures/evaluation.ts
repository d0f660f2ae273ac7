import { type Contestant, hold, type Standing } from "../contest.ts"
import type { Figure, Measuring, Table } from "../figure.ts"
import { evaluationWorld } from "../world/evaluation-world.ts"
import { policyPeers } from "../world/policy-peers.ts"

/** What it costs to judge one call by the policies of its agent, and nothing else; Cedar itself is the rival. */
export const evaluation: Figure = {
  name: "evaluation",
  async measure(measuring) {
    const tables: Table[] = []
    for (const policies of [10, 100, 1000]) tables.push(await measureWith(policies, measuring))
    return tables
  },
}

async function measureWith(policies: number, measuring: Measuring): Promise<Table> {
  measuring.say(`evaluation: ${policies} policies of one agent`)
  const world = evaluationWorld(policies)
  const { peers, missing } = await policyPeers(world)
  const others = peers.map(({ name, ask }) => {
    const refused = [{ amount: 501 }, { path: "/etc/passwd" }, { origin: "stranger" }, { tool: "none" }]
    if (refused.some((change) => ask({ ...world.call, ...change })))
      throw new Error(`${name} has other policies`)
    return contestant(name, () => ask(world.call))
  })
  const standings = await hold(
    [
      contestant("cedar-wasm, stateful, policies and schema parsed before", world.askCedar),
      contestant("compiled, the request read from JSON each time", world.askCompiled),
      contestant("compiled, the request ready", world.askCompiledReady),
      ...others,
    ],
    measuring,
  )
  return {
    title: `Cedar evaluation alone, ${policies} policies of the agent`,
    standings,
    notes: [
      ...standings.slice(1, 3).map(timesAsFast),
      ...missing.map((name) => `${name} is not here: scripts/policy-peers.sh brings it`),
    ],
  }
}

function timesAsFast({ name, toRival }: Standing): string {
  return `${name}: ${(1 / (toRival?.median ?? Number.NaN)).toFixed(0)} times as fast as cedar-wasm`
}

function contestant(name: string, ask: () => boolean): Contestant {
  return {
    name,
    async run(count) {
      for (let done = 0; done < count; done++) {
        if (!ask()) throw new Error(`${name} does not permit`)
      }
    },
  }
}
