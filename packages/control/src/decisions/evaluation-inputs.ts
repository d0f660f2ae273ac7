import type { Id, ToolVersion } from "@tabard/core"
import type { PolicyBase } from "@tabard/policy"
import type { BudgetsInForce } from "../budgets/count-budgets.ts"
import { rehearsedBy } from "../observe/rehearsed-by.ts"
import { livePrincipal, type PresentedToken, type PrincipalStore } from "../tokens/check-token.ts"
import type { Transaction } from "../transaction.ts"
import { type Described, describedBy } from "./described-by.ts"
import { type NamedAgent, namedPrincipal } from "./named-principal.ts"
import type { PolicyKeeper } from "./policies-in-force.ts"
import { type Acting, agentsOf } from "./question.ts"

/** Who would act: whoever a verified token speaks for, or whom a registered door names. */
export type Who = { readonly token: PresentedToken } | { readonly named: NamedAgent }

/** Everything that answers about somebody's calls of one server's tools are made from, of one moment. */
export interface EvaluationInputs {
  /** The version of all inputs to decisions at that moment. */
  readonly version: number
  readonly principal: Acting
  readonly described: Described
  readonly base: PolicyBase
  readonly tools: ReadonlyMap<string, ToolVersion>
  readonly budgets: BudgetsInForce
}

/** The stores that inputs are read from. */
export type InputStore =
  | PrincipalStore
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
  const principal: Acting =
    "token" in who ? await livePrincipal(tx, who.token, now) : await namedPrincipal(tx, who.named, now)
  const inForce = await policies.at(tx, { server, principal })
  const { base, tools, budgets, version } = inForce
  const described = {
    ...(await describedBy(tx, agentsOf(principal))),
    ...(await rehearsedBy(tx, principal, inForce)),
  }
  return { version, principal, base, tools, budgets, described }
}
