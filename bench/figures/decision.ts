import { performance } from "node:perf_hooks"
import { besideOracle, decide, evaluateSlice } from "@tabard/policy"
import { type Contestant, hold, inFlight } from "../contest.ts"
import { crowds, type Figure, type Measuring, type Table } from "../figure.ts"
import { timeText } from "../print-table.ts"
import { askCedar, bareCalls } from "../world/bare-cedar.ts"
import { type DecisionWorld, decisionWorld } from "../world/decision-world.ts"
import { evaluatingWorld } from "../world/evaluating-world.ts"

/** What half of the decisions may take. */
const LIMIT_MICROSECONDS = 40

/** A whole decision in process, against the calls of Cedar that it would be made of; and beside ever more other agents. */
export const decision: Figure = {
  name: "decision",
  async measure(measuring) {
    return [
      await withPolicies(100, measuring),
      await besideOthers(measuring),
      ...(await besideOthersInStore(measuring)),
    ]
  },
}

/** Links, slices, facts, arguments, entities, policies and words: all that is between a call and its answer. */
async function withPolicies(ofTool: number, measuring: Measuring): Promise<Table> {
  measuring.say(`decision: with ${ofTool} policies of the agent`)
  const world = decisionWorld({ ofTool })
  const beside = { ...world, base: { ...world.base, judge: besideOracle(evaluateSlice) } }
  const calls = bareCalls(world)
  const standings = await hold(
    [
      { name: `cedar-wasm, ${calls.length} calls with all prepared`, run: times(() => askCedar(calls)) },
      { name: "Tabard decides", run: times(() => permitted(world)) },
      { name: "Tabard decides beside the oracle", run: times(() => permitted(beside)) },
    ],
    measuring,
  )
  const taken = oneByOne(world)
  return {
    title: `a decision, ${ofTool} policies of the agent for the tool (three links: person, task, agent)`,
    standings,
    notes: [
      `one by one: half within ${timeText(taken(0.5))} (at most ${LIMIT_MICROSECONDS} µs is wanted), 99 in a hundred within ${timeText(taken(0.99))}`,
    ],
  }
}

/** Answers what so great a part of many decisions took at most. */
function oneByOne(world: DecisionWorld): (part: number) => number {
  const sorted = Array.from({ length: 20_000 }, () => {
    const started = performance.now()
    permitted(world)
    return (performance.now() - started) * 1000
  }).toSorted((a, b) => a - b)
  return (part) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
}

/** All others' policies in one base, which the product never does: looking the agent's up does not care. */
async function besideOthers(measuring: Measuring): Promise<Table> {
  const worlds = crowds(measuring).map((others) => {
    measuring.say(`decision: putting the policies of ${others} other agents into force`)
    const started = performance.now()
    return { others, world: decisionWorld({ others }), tookMs: performance.now() - started }
  })
  const standings = await hold(
    worlds.map(({ others, world }) => ({
      name: "Tabard decides",
      others,
      run: times(() => permitted(world)),
    })),
    measuring,
  )
  const notes = worlds.map(
    ({ others, world: { policies }, tookMs }) =>
      `${others} others: ${policies} policies, put into force from nothing in ${(tookMs / 1000).toFixed(2)} s`,
  )
  return { title: "a decision beside the policies of other agents", standings, notes }
}

/** From the store, as the product does: what is known for half a second, and what has to be read. */
async function besideOthersInStore(measuring: Measuring): Promise<readonly Table[]> {
  await using stack = new AsyncDisposableStack()
  const known: Contestant[] = []
  const read: Contestant[] = []
  for (const others of measuring.quick ? [10, 1_000] : [10, 1_000, 10_000, 100_000]) {
    measuring.say(`decision: ${others} other agents with manifests in the store`)
    const world = stack.use(await evaluatingWorld(others))
    known.push({ name: "what is known", others, run: inFlight(1, () => world.known()) })
    read.push({ name: "everything read", others, run: inFlight(1, () => world.read()) })
  }
  return [
    {
      title: "an evaluation by what was read less than half a second ago",
      standings: await hold(known, measuring),
    },
    { title: "an evaluation that reads everything (SQLite)", standings: await hold(read, measuring) },
  ]
}

function permitted({ base, question }: DecisionWorld): void {
  const { effect, missing } = decide(base, question)
  if (effect !== "permit") throw new Error(`decided ${effect}: ${missing}`)
}

function times(operation: () => void): Contestant["run"] {
  return async (count) => {
    for (let done = 0; done < count; done++) operation()
  }
}
