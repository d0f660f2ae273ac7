import type { Id, ToolVersion } from "@tabard/core"
import type { PolicyBase } from "@tabard/policy"
import type { BudgetsInForce } from "../budgets/count-budgets.ts"
import { rehearsedBy } from "../observe/rehearsed-by.ts"
import { livePrincipal, type PresentedToken, type PrincipalStore } from "../tokens/check-token.ts"
import type { Transaction } from "../transaction.ts"
import { asIssued } from "./as-issued.ts"
import { type Described, describedBy } from "./described-by.ts"
import { type NamedAgent, namedPrincipal } from "./named-principal.ts"
import type { PolicyKeeper } from "./policies-in-force.ts"
import { type Acting, agentsOf } from "./question.ts"
import { readBefore } from "./read-before.ts"

/** Who would act: whoever a verified token speaks for, or whom a registered door names. */
export type Who =
  | { readonly token: PresentedToken }
  | {
      readonly named: NamedAgent
      /** Whether whom it acts for is held against what it was issued: a door knows no more than it was shown. */
      readonly asIssued?: boolean
    }

/** Everything that answers about somebody's calls of one server's tools are made from, of one moment. */
export interface EvaluationInputs {
  /** The version of all inputs to decisions at that moment. */
  readonly version: number
  readonly principal: Acting
  readonly described: Described
  readonly base: PolicyBase
  readonly tools: ReadonlyMap<string, ToolVersion>
  /** The system that the server works with. */
  readonly system: string
  readonly budgets: BudgetsInForce
}

/** The stores that inputs are read from. */
export type InputStore =
  | PrincipalStore
  | "decisions"
  | "facts"
  | "observing"
  | "organisation"
  | "policies"
  | "risks"
  | "servers"

/**
 * Reads all inputs as one transaction sees them.
 *
 * @throws {Problem | TokenRefused} of whoever may not act
 */
export async function readInputs(
  tx: Pick<Transaction, InputStore>,
  policies: PolicyKeeper,
  { who, server, now }: { who: Who; server: Id<"server">; now: Date },
): Promise<EvaluationInputs> {
  const principal = await principalOf(tx, who, now)
  const inForce = await policies.at(tx, { server, principal })
  const { base, tools, system, budgets, version } = inForce
  const described = {
    ...(await describedBy(tx, agentsOf(principal))),
    ...(await rehearsedBy(tx, principal, inForce)),
    ...(await readBefore(tx, { ...inForce, ...principal })),
  }
  return { version, principal, base, tools, system, budgets, described }
}

async function principalOf(tx: Pick<Transaction, InputStore>, who: Who, now: Date): Promise<Acting> {
  if ("token" in who) return livePrincipal(tx, who.token, now)
  return namedPrincipal(tx, who.asIssued ? await asIssued(tx, who.named, now) : who.named, now)
}
