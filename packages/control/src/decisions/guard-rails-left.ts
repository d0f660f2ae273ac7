import { effectiveFacts, type Fact, type Id } from "@tabard/core"
import { readOffers } from "@tabard/intent"
import type { Transaction } from "../transaction.ts"
import { environmentIn } from "./described-by.ts"

/** What somebody would say of where an agent acts; null takes back what was said so. */
export interface EnvironmentSaid {
  readonly agent: Id<"agent">
  readonly environment: string | null
  readonly kind: Exclude<Fact["kind"], "observed">
}

/** The stores that say which offered guard-rails hold for an agent. */
export type GuardRailReads = "facts" | "policies"

/** Answers the offered guard-rails that hold where an agent acts now, and would not where it is then said to act. */
export async function guardRailsLeft(
  { facts, policies }: Pick<Transaction, GuardRailReads>,
  said: EnvironmentSaid,
): Promise<readonly string[]> {
  const known = await facts.of([said.agent])
  const before = environmentIn(effectiveFacts(known))
  const after = environmentIn(effectiveFacts(asThen(known, said)))
  if (before === after) return []
  const offered = await offeredWhere({ policies })
  return [...offered].flatMap(([policy, where]) =>
    where.includes(before) && !where.includes(after) ? [policy.slice(policy.indexOf("/") + 1)] : [],
  )
}

/** Answers in which environments each offered guard-rail holds, by the id of its policy. */
export async function offeredWhere({
  policies,
}: Pick<Transaction, "policies">): Promise<ReadonlyMap<string, readonly string[]>> {
  const { source } = (await policies.current("guard", "offered")) ?? {}
  if (!source) return new Map()
  const { provenIdentity, rehearsed } = readOffers(source).offers
  return new Map([
    ["offered/proven-identity", provenIdentity],
    ["offered/rehearsed", rehearsed],
  ])
}

/** Within a kind the newest word counts. */
function asThen(
  facts: readonly Fact[],
  { agent: subject, environment, kind }: EnvironmentSaid,
): readonly Fact[] {
  const others = facts.filter((fact) => fact.name !== "environment" || fact.kind !== kind)
  if (environment === null) return others
  const at = new Date(0)
  return [...others, { subject, name: "environment", kind, source: "then", value: environment, at }]
}
