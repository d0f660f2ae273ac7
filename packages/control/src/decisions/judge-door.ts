import { type Id, Problem } from "@tabard/core"
import {
  type Door,
  decide,
  lookedAt,
  type PolicyBase,
  type PolicyDecision,
  type Question,
} from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { rehearsedOf } from "../observe/lets-through.ts"
import { isObserving } from "../observe/observe-store.ts"
import type { Transaction } from "../transaction.ts"
import { type Described, describedBy, UNKNOWN } from "./described-by.ts"
import { EVERY_SERVER, type PoliciesInForce, type PolicyKeeper } from "./policies-in-force.ts"
import { type AskedWhere, agentsOf, linksOf, sessionOf } from "./question.ts"
import { readBefore } from "./read-before.ts"
import type { DisputedAtDoor } from "./record-dispute.ts"

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

/** What is in force for whoever stands at a door, and whether it lets them in. */
export interface DoorJudgement {
  readonly inForce: PoliciesInForce
  /** Why policies keep them out; undefined where none does. */
  readonly keptOut: KeptOut | undefined
}

/** A refusal by policies, of somebody who would come in by a door that is no tool. */
export class KeptOut extends Problem {
  /** The policies that refused. */
  readonly reasons: readonly string[]
  /** About what two judges differ, where that is why. */
  readonly dispute: DisputedAtDoor | undefined

  constructor(
    { missing, reasons, erred, dispute }: PolicyDecision,
    { door, principal }: Pick<AtDoor, "door" | "principal">,
  ) {
    super("not_allowed", missing)
    this.reasons = [...reasons, ...erred].slice(0, 50)
    this.dispute = dispute === undefined ? undefined : { door, principal, words: dispute }
  }
}

/**
 * Judges whether policies keep somebody from a door that is no tool. What is forbidden there, or cannot be judged, is refused. That
 * nothing permits it refuses nobody: by itself the door opens nothing, and each call is judged. What people would be asked is asked about
 * calls. Nothing is read that no policy there looks at.
 */
export async function judgeDoor(
  deps: RecordContext & { readonly policies: PolicyKeeper },
  tx: Pick<Transaction, DoorStore>,
  at: AtDoor,
): Promise<DoorJudgement> {
  const inForce = await deps.policies.at(tx, at)
  const described = await lookedAtBy(deps, tx, { ...at, inForce })
  const question = questionAt(deps, at, { described, system: inForce.system })
  const refused = refusalBy(inForce.base, question)
  if (!refused) return { inForce, keptOut: undefined }
  // With fewer bounds nothing more is refused, so who is refused nothing need not be known to be observed.
  const base = await baseBinding(deps, tx, { ...at, inForce })
  const still = base === inForce.base ? refused : refusalBy(base, question)
  return { inForce, keptOut: still && new KeptOut(still, at) }
}

/** Answers what binds somebody: of an agent that is observed not its own bounds. */
export async function baseBinding(
  { clock }: RecordContext,
  tx: Pick<Transaction, "facts" | "observing" | "risks">,
  { principal, inForce }: Pick<AtDoor, "principal"> & Pick<DoorJudgement, "inForce">,
): Promise<PolicyBase> {
  const { id } = principal.agent
  const period = await tx.observing.find(id)
  if (!period) return inForce.base
  const { environment } = await describedBy(tx, [id])
  const isObserved = isObserving(period, { environment, now: clock.now() })
  return isObserved ? inForce.rehearsing(rehearsedOf(principal)) : inForce.base
}

function refusalBy(base: PolicyBase, question: Question): PolicyDecision | undefined {
  const decided = decide(base, question)
  return decided.effect === "deny" && decided.code !== "no_policy" ? decided : undefined
}

async function lookedAtBy(
  { organisation }: RecordContext,
  tx: Pick<Transaction, DoorStore>,
  { door, principal, inForce: { base } }: AtDoor & Pick<DoorJudgement, "inForce">,
): Promise<Described> {
  const links = linksOf({ ...UNKNOWN, actedFor: [], principal })
  const looked = lookedAt(base, { door, links, organisation: organisation.id })
  const described = await describedBy(tx, agentsOf(principal), looked)
  return { ...described, ...(await readBefore(tx, { base: looked, task: principal.task })) }
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
