import { type Id, Problem } from "@tabard/core"
import { type Door, decide, type Question } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { rehearsedOf } from "../observe/lets-through.ts"
import { isObserving } from "../observe/observe-store.ts"
import type { Transaction } from "../transaction.ts"
import { type Described, describedBy } from "./described-by.ts"
import type { PoliciesInForce, PolicyKeeper } from "./policies-in-force.ts"
import { type AskedWhere, agentsOf, linksOf, sessionOf } from "./question.ts"
import { readBefore } from "./read-before.ts"

/** Every server behind the gateway: what a token is for. No server has this id. */
export const EVERY_SERVER: Id<"server"> = "srv_every"

/** The stores that say whether somebody may come in by a door that is no tool. */
export type DoorStore =
  | "decisions"
  | "facts"
  | "observing"
  | "organisation"
  | "policies"
  | "risks"
  | "servers"

/** Who would come in by a door that is no tool, and where it leads. */
export interface AtDoor extends Omit<AskedWhere, "counted" | "environment"> {
  readonly door: Door
  readonly server: Id<"server">
}

/** What is in force for whoever stands at a door, and how they are described. */
export interface DoorJudgement {
  readonly inForce: PoliciesInForce
  readonly described: Described
  /** What binds them there: of an agent that is observed not its own bounds. */
  readonly base: PoliciesInForce["base"]
  /** Why policies keep them out; undefined where none does. */
  readonly keptOut: KeptOut | undefined
}

/** A refusal by policies, of somebody who would come in by a door that is no tool. */
export class KeptOut extends Problem {
  /** The policies that refused. */
  readonly reasons: readonly string[]

  constructor(words: string, reasons: readonly string[]) {
    super("not_allowed", words)
    this.reasons = reasons
  }
}

/**
 * Judges whether policies keep somebody from a door that is no tool. What is forbidden there, or cannot be judged, is refused. That
 * nothing permits it refuses nobody: by itself the door opens nothing, and each call is judged. What people would be asked is asked about calls.
 */
export async function judgeDoor(
  deps: RecordContext & { readonly policies: PolicyKeeper },
  tx: Pick<Transaction, DoorStore>,
  at: AtDoor,
): Promise<DoorJudgement> {
  const { principal, server } = at
  const inForce = await deps.policies.at(tx, { server, principal })
  const described = {
    ...(await describedBy(tx, agentsOf(principal))),
    ...(await readBefore(tx, { ...inForce, ...principal })),
  }
  const period = await tx.observing.find(principal.agent.id)
  const isObserved = isObserving(period, { environment: described.environment, now: deps.clock.now() })
  const base = isObserved ? inForce.rehearsing(rehearsedOf(principal)) : inForce.base
  const decided = decide(base, questionAt(deps, at, { described, system: inForce.system }))
  const refuses = decided.effect === "deny" && decided.code !== "no_policy"
  const keptOut = refuses
    ? new KeptOut(decided.missing, [...decided.reasons, ...decided.erred].slice(0, 50))
    : undefined
  return { inForce, described, base, keptOut }
}

function questionAt(
  { organisation, clock }: RecordContext,
  { door, server, ...asked }: AtDoor,
  { described, system }: { readonly described: Described; readonly system: string },
): Question {
  const { environment, read } = described
  return {
    organisation: organisation.id,
    action: { door },
    server: { id: server, ...(server !== EVERY_SERVER && { system }) },
    links: linksOf({ ...described, principal: asked.principal }),
    session: sessionOf({ clock }, { ...asked, environment, ...(read && { read }), counted: [] }),
  }
}
