import type { Id } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { AgentAct } from "./agent-act.ts"

/** What hangs on agents, and goes with an act on them. */
export interface Attached {
  /** Live tokens that would end. */
  readonly tokens: number
  /** Questions and unspent approvals that would be withdrawn. */
  readonly approvals: number
  /** Open tasks that would close. */
  readonly tasks: number
  /** Enrolled keys that would be revoked. */
  readonly keys: number
  /** Pending offers of ownership that would be withdrawn, or replaced by another. */
  readonly offers: number
  /** Agents that would stay *retiring*, because others' credentials of theirs are known. */
  readonly unsettled: number
}

const NOTHING: Attached = { tokens: 0, approvals: 0, tasks: 0, keys: 0, offers: 0, unsettled: 0 }

type Reads = Pick<Transaction, "approvals" | "instances" | "observations" | "offers" | "tasks" | "tokens">

interface Touched {
  readonly agents: readonly Id<"agent">[]
  readonly now: Date
}

/** Counts what an act of this kind would take with these agents, in as many questions for hundreds as for one. */
export async function attachedTo(tx: Reads, kind: AgentAct["kind"], touched: Touched): Promise<Attached> {
  switch (kind) {
    case "suspend":
      return { ...NOTHING, ...(await standingOf(tx, touched)) }
    case "retire":
      return {
        ...(await standingOf(tx, touched)),
        tasks: await tx.tasks.countUnclosed(touched.agents),
        keys: await tx.instances.countLive(touched.agents),
        offers: await offersOf(tx, touched),
        unsettled: await unsettledAmong(tx, touched),
      }
    case "dismiss":
    case "offer-ownership":
      return { ...NOTHING, offers: await offersOf(tx, touched) }
    case "resume":
    case "add-maintainer":
    case "set-next-review":
      return NOTHING
  }
}

async function standingOf(
  { tokens, approvals }: Reads,
  { agents, now }: Touched,
): Promise<Pick<Attached, "tokens" | "approvals">> {
  return {
    tokens: await tokens.countLive(agents, now),
    approvals: await approvals.countCancellable(agents),
  }
}

async function offersOf({ offers }: Reads, { agents, now }: Touched): Promise<number> {
  return (await offers.pendingOf(agents, now)).length
}

async function unsettledAmong({ observations }: Reads, { agents }: Touched): Promise<number> {
  const uses = await observations.linksOf(agents)
  return agents.filter((id) => (uses.get(id)?.credentials.length ?? 0) > 0).length
}
