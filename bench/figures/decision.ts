import { performance } from "node:perf_hooks"
import { compilePolicies, decide } from "@tabard/policy"
import { type Contestant, hold } from "../contest.ts"
import { crowds, type Figure, type Table } from "../figure.ts"
import { askCedar, bareCalls } from "../world/bare-cedar.ts"
import { type DecisionWorld, decisionWorld } from "../world/decision-world.ts"

/** A decision in process, against the calls of Cedar that it cannot do without. */
export const decision: Figure = {
  name: "decision",
  async measure(measuring) {
    const worlds = crowds(measuring).map((others) => {
      measuring.say(`decision: putting the policies of ${others} other agents into force`)
      const started = performance.now()
      const world = decisionWorld(others)
      return { others, world, tookMs: performance.now() - started }
    })
    const [first] = worlds
    if (!first) return []
    const calls = bareCalls(first.world)
    measuring.say("decision: deciding")
    const standings = await hold(
      [
        { name: `bare Cedar, ${calls.length} calls on the same slices`, run: times(() => askCedar(calls)) },
        ...worlds.map(({ others, world }) => contestant(others, world)),
      ],
      measuring,
    )
    const notes = worlds.map(
      ({ others, world: { policies }, tookMs }) =>
        `${others} others: ${policies} policies, put into force from nothing in ${(tookMs / 1000).toFixed(2)} s`,
    )
    return [
      { title: "a decision in process (three links: person, task, agent)", standings, notes },
      await change(worlds, measuring),
    ]
  },
}

function contestant(others: number, { base, question }: DecisionWorld): Contestant {
  return {
    name: "Tabard decides",
    others,
    run: times(() => {
      const { effect, missing } = decide(base, question)
      if (effect !== "permit") throw new Error(`decided ${effect}: ${missing}`)
    }),
  }
}

/** What the first decision after a change pays: policies that did not change are parsed and checked no more. */
async function change(
  worlds: readonly { others: number; world: DecisionWorld }[],
  measuring: Parameters<Figure["measure"]>[0],
): Promise<Table> {
  measuring.say("decision: changing a policy")
  const standings = await hold(
    worlds.map(({ others, world: { base } }) => {
      const policies = [...base.policies.values()].map(({ id, text }) => ({ id, text }))
      return {
        name: "Tabard puts one version after another into force",
        others,
        run: times(() => {
          compilePolicies({ schema: base.schema, policies, version: 2, previous: base, invalid: "deny" })
        }),
      }
    }),
    { ...measuring, rounds: Math.min(3, measuring.rounds) },
  )
  return { title: "a change of policy, before the next decision", standings }
}

function times(operation: () => void): Contestant["run"] {
  return async (count) => {
    for (let done = 0; done < count; done++) operation()
  }
}
