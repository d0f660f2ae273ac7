import { performance } from "node:perf_hooks"
import { decide } from "@tabard/policy"
import { type Contestant, hold } from "../contest.ts"
import { crowds, type Figure } from "../figure.ts"
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
    return [{ title: "a decision in process (three links: person, task, agent)", standings, notes }]
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

function times(operation: () => void): Contestant["run"] {
  return async (count) => {
    for (let done = 0; done < count; done++) operation()
  }
}
