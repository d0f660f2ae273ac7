import type { Agent, Id, Settings } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import type { Snapshot, Transact, Transaction } from "../../transaction.ts"
import { type StopStores, stopWithin } from "../stop-within.ts"
import { DAY_MS, type EndAhead, endsAhead, warningDue } from "./ends-ahead.ts"

export interface SweepAgesDeps extends RecordContext {
  readonly snapshot: Snapshot<"agents" | "instances" | "organisation" | "outbox">
  readonly transact: Transact<StopStores | "warnings">
}

/** How many agents one round looks at: its cost is the same for ten agents and ten thousand. */
const PAGE = 50

/** What shows that somebody uses an agent, or means to. */
const SIGNS_OF_LIFE = [
  "token.issued",
  "call.decided",
  "agent.activated",
  "agent.resumed",
  "agent.renewed",
  "ownership.accepted",
] as const

/**
 * Looks at a page of active agents: warns of ends that are near, and suspends what lies idle and was warned of. Answers
 * behind which agent the next page begins, or undefined at the end. Stopped anywhere, it says nothing twice.
 */
export async function sweepAges(
  deps: SweepAgesDeps,
  after: Id<"agent"> | undefined,
): Promise<Id<"agent"> | undefined> {
  const now = deps.clock.now()
  const { page, settings, active } = await deps.snapshot(async (tx) => {
    const agents = await tx.agents.list({ state: "active", limit: PAGE, ...(after && { after }) })
    return {
      page: agents,
      settings: await tx.organisation.settings(),
      active: await lastActive(tx, agents),
    }
  })
  for (const agent of page) {
    const ends = endsAhead(agent, settings, active.get(agent.id) ?? agent.createdAt)
    for (const end of ends) await heed(deps, { agent, end, settings, now })
  }
  return page.length === PAGE ? page.at(-1)?.id : undefined
}

/** Answers when each was last used, as its installs and the record tell. */
async function lastActive(
  { instances, outbox }: Pick<Transaction, "instances" | "outbox">,
  agents: readonly Agent[],
): Promise<ReadonlyMap<Id<"agent">, Date>> {
  const active = new Map<Id<"agent">, Date>()
  const note = (agent: Id<"agent"> | null, at: Date | null | undefined): void => {
    const before = agent && active.get(agent)
    if (agent && at && (!before || at > before)) active.set(agent, at)
  }
  const ids = agents.map(({ id }) => id)
  for (const { id, mandate } of agents) {
    note(id, mandate?.acceptedAt)
    for (const { lastUsedAt, enrolledAt } of await instances.of(id)) note(id, lastUsedAt ?? enrolledAt)
  }
  for (const type of SIGNS_OF_LIFE)
    for (const event of await outbox.latestOf(ids, type, 1)) note(event.agent, event.at)
  return active
}

interface Heeding {
  readonly agent: Agent
  readonly end: EndAhead
  readonly settings: Settings
  readonly now: Date
}

async function heed(deps: SweepAgesDeps, { agent, end, settings, now }: Heeding): Promise<void> {
  if (now < end.due) {
    const days = warningDue(end, settings.warnDays, now)
    if (days !== undefined) await warn(deps, agent, { ...end, days })
  } else if (end.cause === "inactivity") {
    await stopIdle(deps, { agent, end, settings, now })
  }
}

/** What nobody was warned of in time (nothing ran here, or the setting is new) is warned of first, and stopped later. */
async function stopIdle(deps: SweepAgesDeps, { agent, end, settings, now }: Heeding): Promise<void> {
  const days = Math.min(...settings.warnDays)
  await warn(deps, agent, { ...end, days })
  await deps.transact(async (tx) => {
    const warned = await tx.warnings.first(end)
    const still = await tx.agents.find(agent.id)
    if (!warned || still?.state !== "active" || now.getTime() - warned.getTime() < days * DAY_MS) return
    const used = (await lastActive(tx, [still])).get(agent.id)
    if (used && used > end.since) return
    await stopWithin(deps, tx, "suspend", {
      agent: still,
      actor: { kind: "system", id: "inactivity" },
      reason: `it got no token and made no call since ${end.since.toISOString().slice(0, 10)}`,
      cause: "inactivity",
    })
  })
}

async function warn(
  deps: SweepAgesDeps,
  agent: Agent,
  { cause, due, days }: EndAhead & { readonly days: number },
): Promise<void> {
  await deps.transact(async ({ outbox, warnings }) => {
    const warning = { agent: agent.id, cause, due, days, at: deps.clock.now() }
    if (!(await warnings.add(warning))) return
    await recordEvent(deps, outbox, {
      type: "agent.warned",
      actor: { kind: "system", id: cause },
      agent: agent.id,
      owner: agent.owner,
      data: { cause, days, due: due.toISOString() },
    })
  })
}
