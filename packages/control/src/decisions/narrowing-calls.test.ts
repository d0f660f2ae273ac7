import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import * as fc from "fast-check"
import { type CallEvaluation, evaluateCall } from "./evaluate-call.ts"
import { KnownInputs } from "./known-inputs.ts"
import {
  ACTS,
  ALLOWS,
  enforce,
  type NarrowingWorld,
  openNarrowingWorld,
  TRIED,
  type Tried,
} from "./testing/narrowing-acts.ts"

type Evaluates = (world: NarrowingWorld, call: Tried) => Promise<CallEvaluation>

/** Everything that is there to take away is taken in some order, a part of it in each run. */
const SOME = fc
  .shuffledSubarray(Object.keys(ACTS), { minLength: 4, maxLength: 7 })
  .filter((acts) => !isNoOutlived(acts))

/** A no ends with its question, after which the same may be asked again: time takes nothing from it. */
function isNoOutlived(acts: readonly string[]): boolean {
  const no = acts.indexOf("a person says no to what is asked")
  return no !== -1 && no < acts.indexOf("what was agreed to is over")
}

/** What there has to be before an act can take it. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  "what it may do is used up": ["its manifest says how often"],
}

/** Acts that take nothing by themselves: a limit that is not reached lets everything through. */
const SILENT = ["its manifest says how often"]

interface Seen {
  readonly narrowed?: Set<string>
  readonly checked?: { calls: number }
}

async function neverMore(
  evaluate: Evaluates,
  acts: readonly string[],
  { narrowed, checked }: Seen,
): Promise<void> {
  await using world = await openNarrowingWorld()
  let before = await allowed(evaluate, world)
  for (const act of acts) {
    await unlessRefused(() => ACTS[act]?.(world))
    const after = await allowed(evaluate, world)
    for (const [name, allows] of after) {
      assert.ok(allows <= (before.get(name) ?? 0), `${act}: ${name} ${before.get(name)} → ${allows}`)
      if (allows < (before.get(name) ?? 0)) narrowed?.add(act)
    }
    if (checked) checked.calls += after.size
    before = after
  }
  if (checked) await assertEnforcedAlike(evaluate, world)
}

async function allowed(evaluate: Evaluates, world: NarrowingWorld): Promise<Map<string, number>> {
  const all = new Map<string, number>()
  for (const [name, call] of Object.entries(TRIED))
    all.set(name, ALLOWS[(await evaluate(world, call)).effect])
  return all
}

/** What is enforced is used up by it, so each call is evaluated right before. */
async function assertEnforcedAlike(evaluate: Evaluates, world: NarrowingWorld): Promise<void> {
  for (const [name, call] of Object.entries(TRIED)) {
    // What a door says of the client comes to evaluations alone: the gateway sees none of it.
    const seen = { ...world, given: { ...world.given, circumstances: withoutPosture(world) } }
    const { effect } = await evaluate(seen, call)
    const done = await enforce(world, name)
    assert.equal(done.effect, effect, name)
  }
}

function withoutPosture({ given }: NarrowingWorld): NarrowingWorld["given"]["circumstances"] {
  const { ip } = given.circumstances
  return ip === undefined ? {} : { ip }
}

/** An act that there is nothing left to do for changes nothing. */
async function unlessRefused(act: () => Promise<unknown> | undefined): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Error && /was not asked about/.test(error.message)))
      throw error
  }
}

/** As calls are evaluated, with nothing remembered from before. */
function asItIs(world: NarrowingWorld, call: Tried): Promise<CallEvaluation> {
  const { caller, server, given, point } = world
  const { circumstances, asserts } = given
  return evaluateCall(
    { ...world, known: new KnownInputs() },
    { who: { token: caller }, server: server.id, point: { ...point, asserts }, circumstances, ...call },
  )
}

/** Copies that get one thing wrong, and the act that tells. */
const BROKEN: Readonly<Record<string, readonly [Evaluates, string]>> = {
  "lets through whom it cannot judge": [
    async (world, call) => {
      const answer = await asItIs(world, call)
      return answer.links.length === 0 && answer.effect === "deny" ? { ...answer, effect: "permit" } : answer
    },
    "it is suspended",
  ],
  "takes a question that was answered for one that may pass": [
    async (world, call) => {
      const answer = await asItIs(world, call)
      return answer.code === "denied_by_person" ? { ...answer, effect: "permit" } : answer
    },
    "a person says no to what is asked",
  ],
  "takes what no door says for the best": [
    (world, call) => {
      const { given } = world
      const ip = given.circumstances.ip === undefined ? "10.0.0.1" : "192.0.2.1"
      return asItIs({ ...world, given: { ...given, circumstances: { ...given.circumstances, ip } } }, call)
    },
    "its door sees no address",
  ],
}

describe("for any acts that take something away, and any call with the facts that are gathered of it", () => {
  it("none of them ever allows more, and enforcing answers as evaluating does", async () => {
    const checked = { calls: 0 }
    await fc.assert(
      fc.asyncProperty(SOME, (acts) => neverMore(asItIs, acts, { checked })),
      { numRuns: 15 },
    )
    assert.ok(checked.calls >= 400, String(checked.calls))
  })

  it("each of them takes something, by itself or with the one that goes before", async () => {
    for (const act of Object.keys(ACTS)) {
      const narrowed = new Set<string>()
      await neverMore(asItIs, [...(BEFORE[act] ?? []), act], { narrowed })
      assert.equal(narrowed.has(act), !SILENT.includes(act), act)
    }
  })

  for (const [what, [copy, act]] of Object.entries(BROKEN)) {
    it(`a copy that ${what} is told`, async () => {
      await assert.rejects(neverMore(copy, [act], {}), assert.AssertionError)
    })
  }
})
