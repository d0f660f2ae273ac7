import type { Clock, Id } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Shelf, Transact } from "../transaction.ts"
import { assertMayGovern, SelfGovernment } from "./assert-may-govern.ts"
import { changedNodes, type NamedChange } from "./changed-nodes.ts"
import type { Hand } from "./government-node.ts"
import { keepingMade } from "./keeping-made.ts"
import { pathInWords } from "./path-in-words.ts"
import { type KeptManifests, keepersOf, keepPipeline } from "./pipeline-token.ts"

/** An act that somebody asks for, by a way that an agent could have in its hands. */
export interface AskedAct {
  readonly operation: string
  /** The token or the command line by which it is asked for. */
  readonly actor: Hand
  readonly caller: Id<"user">
  /** What it changes of what constrains agents. */
  readonly changes: readonly NamedChange[] | "everybodys"
  /** Where what it puts in force is kept, of an act that puts in force what others keep. */
  readonly kept?: KeptManifests | undefined
}

type Context = RecordContext & { readonly clock: Clock }

/**
 * Lets an act through that no agent would govern itself by, before anything of it is done. What is refused so is recorded,
 * since whoever tries has more in its hands than it should.
 *
 * @throws {Problem} self_government
 */
export async function assertGoverned(context: Context, shelf: Shelf, act: AskedAct): Promise<void> {
  if (act.changes.length === 0) return
  await recordingRefusal(context, shelf, act, () => shelf.snapshot((tx) => assertWithin(context, tx, act)))
}

/**
 * Answers the shelf on which an act is done: each of its transactions first looks whether an agent would govern itself by
 * it, and refuses. What came into somebody's hands since the act was admitted is seen there. Agents that it makes are known
 * as made by that hand from then on.
 */
export function governedShelf(context: Context, shelf: Shelf, act: AskedAct): Shelf {
  return {
    snapshot: shelf.snapshot,
    transact: (work) =>
      recordingRefusal(context, shelf, act, () =>
        shelf.transact(async (tx) => {
          await assertWithin(context, tx, act)
          const done = await work(keepingMade(context.clock, tx, act))
          if (act.kept) await keepPipeline(context.clock, tx, { ...act, kept: act.kept })
          return done
        }),
      ),
  }
}

async function assertWithin(
  { clock }: Context,
  tx: Parameters<Parameters<Shelf["transact"]>[0]>[0],
  { actor, caller, changes, kept }: AskedAct,
): Promise<void> {
  if (changes.length === 0) return
  const changed =
    changes === "everybodys" ? (["organisation"] as const) : await changedNodes(tx, changes, caller)
  const keepers = kept ? await keepersOf(tx, { actor, changed, kept }) : []
  await assertMayGovern(tx, { actor, changed, keepers }, clock.now())
}

/** Does a work, and records its refusal where an agent would govern itself by it: once, however many look at it. */
export async function recordingRefusal<Result>(
  context: RecordContext,
  shelf: { readonly transact: Transact<"outbox"> },
  act: Pick<AskedAct, "caller" | "operation">,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SelfGovernment && !RECORDED.has(error)) {
      RECORDED.add(error)
      await recordRefusal(context, shelf, act, error)
    }
    throw error
  }
}

/** Refusals that are on record, so that an act that is looked at twice is told once. */
const RECORDED = new WeakSet<SelfGovernment>()

async function recordRefusal(
  context: RecordContext,
  { transact }: { readonly transact: Transact<"outbox"> },
  { operation, caller }: Pick<AskedAct, "caller" | "operation">,
  { agent, hand, bond }: SelfGovernment,
): Promise<void> {
  await transact(({ outbox }) =>
    recordEvent(context, outbox, {
      type: "reach.refused",
      actor: { kind: "user", id: caller },
      agent,
      data: { operation, hand: pathInWords(hand), bond: pathInWords(bond) },
    }),
  )
}
