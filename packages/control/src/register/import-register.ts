import { type Agent, type Id, Problem } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { portionsOf } from "../discovery/portions.ts"
import { reassessAgents } from "../findings/reassess-agents.ts"
import { openOffers, withdrawPending } from "../lifecycle/open-offer.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { assertMayActThere, stateFacts } from "../registry/describe-agent.ts"
import { type EnteringStores, enterAll } from "../registry/enter-agent.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { readKnown } from "./known-register.ts"
import { type PlannedLine, planImport } from "./plan-import.ts"
import { readRegister } from "./read-register.ts"
import { tookTooLong } from "./took-too-long.ts"

export interface ImportRegisterDeps extends RecordContext {
  readonly transact: Transact<EnteringStores>
  readonly snapshot: Snapshot<EnteringStores>
}

/** A register to take in, or only to look at. */
export interface RegisterToImport {
  readonly csv: string
  readonly apply: boolean
}

/** What an import did, or would do. */
export interface ImportedRegister {
  readonly applied: boolean
  readonly ignored: readonly string[]
  readonly lines: readonly PlannedLine[]
}

type Stores = Pick<Transaction, EnteringStores>

/**
 * Takes a register in: all of it, or, where one line cannot be taken, none. The same register twice changes nothing.
 * An owner who is named is asked, but for whoever imports it: that is their own word.
 *
 * @throws {Problem} register_invalid, not_allowed
 */
export async function importRegister(
  deps: ImportRegisterDeps,
  by: Caller,
  { csv, apply }: RegisterToImport,
): Promise<ImportedRegister> {
  if (!isSteward(by)) throw new Problem("not_allowed", "security and administrators import registers")
  const { lines: read, ignored } = readRegister(csv)
  const planned = async (tx: Stores): Promise<readonly PlannedLine[]> =>
    withoutLeaving(tx, by, planImport(read, await readKnown(tx, read, deps.clock.now())))
  if (!apply) return { applied: false, ignored, lines: await deps.snapshot(planned) }

  const { lines, touched } = await deps
    .transact(async (tx) => {
      const plan = await planned(tx)
      const applied = plan.every(({ does }) => does !== "refused")
      return { lines: plan, touched: applied ? await take(deps, tx, by, plan) : undefined }
    })
    .catch((cause: unknown) => {
      throw tookTooLong(cause) ? tooMuchAtOnce(cause) : cause
    })
  // All of it is in by now. Scores and findings follow in units of their own: decisions must not wait for thousands.
  for (const portion of portionsOf(touched ?? []))
    await deps.transact((tx) => reassessAgents(deps, tx, portion))
  return { applied: touched !== undefined, ignored, lines }
}

function tooMuchAtOnce(cause: unknown): Problem {
  const words = "it is too much for this machine to write at once, and nothing was changed: send it in parts"
  return new Problem("register_invalid", words, { cause })
}

/** Where an agent acts is held to what it is held to otherwise: a register says no more than whoever imports it could. */
async function withoutLeaving(
  tx: Stores,
  by: Caller,
  lines: readonly PlannedLine[],
): Promise<readonly PlannedLine[]> {
  const held: PlannedLine[] = []
  for (const line of lines) held.push(await heldToPlace(tx, by, line))
  return held
}

async function heldToPlace(tx: Stores, by: Caller, planned: PlannedLine): Promise<PlannedLine> {
  if (planned.does !== "change" || planned.change.environment === undefined) return planned
  const { agent, change, line, name } = planned
  try {
    await assertMayActThere(tx, { agent, by, change, kind: "declared" })
    return planned
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { line, name, does: "refused", says: [`environment: ${error.message}`], agent }
  }
}

/** Does what was planned, and answers the agents that it touched. */
async function take(
  deps: RecordContext,
  tx: Stores,
  by: Caller,
  lines: readonly PlannedLine[],
): Promise<readonly Id<"agent">[]> {
  const entering = lines.filter((line) => line.does === "enter")
  const changing = lines.filter((line) => line.does === "change")
  if (entering.length + changing.length === 0) return []

  const entered = await enterAll(deps, tx, by, entering)
  await stateFacts(
    deps,
    tx,
    changing.map(({ agent, change }) => ({ agent, by, change, kind: "declared" })),
  )
  await askOwners(deps, tx, by, changing)
  await tx.organisation.bumpVersion()
  await recordEvent(deps, tx.outbox, {
    type: "register.imported",
    actor: { kind: "user", id: by.id },
    data: { entered: entering.length, changed: changing.length, lines: lines.length },
  })
  return [...entered, ...changing.map(({ agent }) => agent)].map(({ id }) => id)
}

async function askOwners(
  deps: RecordContext,
  tx: Stores,
  by: Caller,
  lines: readonly Extract<PlannedLine, { does: "change" }>[],
): Promise<void> {
  const asked = lines.flatMap(({ agent, owner }) => (owner ? [{ agent, to: owner.id }] : []))
  const isOwnWord = ({ agent, to }: (typeof asked)[number]): boolean => to === by.id && agent.owner === null
  for (const { agent } of asked.filter(isOwnWord)) await takeOver(deps, tx, by, agent)
  const others = asked.filter((one) => !isOwnWord(one))
  await openOffers(
    deps,
    tx,
    others.map(({ agent, to }) => ({ agent, by, to, note: null, terms: null })),
  )
}

/** Of what is nobody's nothing stands that would have to end: it can act only once it was somebody's. */
async function takeOver(deps: RecordContext, tx: Stores, by: Caller, agent: Agent): Promise<void> {
  const actor: Actor = { kind: "user", id: by.id }
  await withdrawPending(deps, tx, { agent, actor, why: "somebody took the agent over" })
  if (!(await tx.agents.handOver(agent.id, null, by.id, deps.clock.now()))) {
    throw new Problem(
      "agent_state_conflict",
      `the agent ${agent.id} is ${agent.state}: nobody can take it over`,
    )
  }
  const data = { from: null }
  await recordEvent(deps, tx.outbox, {
    type: "ownership.accepted",
    actor,
    agent: agent.id,
    owner: by.id,
    data,
  })
}
