import type { TriedTokenView, TrustRuleView, TrustTermsView } from "@tabard/api"
import {
  conditionWords,
  ruleWarnings,
  type Transaction,
  type Tried,
  type WorkloadFault,
} from "@tabard/control"
import type { TrustFields, TrustRule, TrustTerms } from "@tabard/core"
import { namesOf } from "./names.ts"

/** Shows which tokens terms take, and what to know of that. */
export function trustTermsView(fields: TrustFields, terms: TrustTerms, ownAudience: string): TrustTermsView {
  const { form, issuer, audience, keys, conditions, oneTime, maxLifeSeconds, counts } = terms
  return {
    form,
    issuer,
    audience,
    keys,
    conditions: conditions.map((condition) => ({ ...condition, said: conditionWords(condition) })),
    oneTime,
    maxLifeSeconds,
    ...counts,
    warnings: ruleWarnings(fields, terms, ownAudience),
  }
}

/** Shows trust rules, with the names of their agents and makers and when each was last used. */
export async function trustRuleViews(
  tx: Pick<Transaction, "facts" | "instances" | "users">,
  rules: readonly TrustRule[],
  ownAudience: string,
): Promise<readonly TrustRuleView[]> {
  const names = await namesOf(tx, {
    agents: rules.map(({ agent }) => agent),
    people: rules.map(({ madeBy }) => madeBy),
  })
  const views: TrustRuleView[] = []
  for (const { id, agent, instance, name, fields, madeBy, madeAt, ...terms } of rules) {
    const used = (await tx.instances.find(instance))?.lastUsedAt ?? null
    views.push({
      ...trustTermsView(fields, terms, ownAudience),
      id,
      agent,
      agentName: names.agent(agent).name,
      instance,
      name,
      fields,
      madeBy: names.person(madeBy).name,
      madeAt: madeAt.toISOString(),
      lastUsedAt: used && used.toISOString(),
    })
  }
  return views
}

/** Shows what was made of a made-up token. */
export function triedView({ title, claims, faults }: Tried): TriedTokenView {
  return { title, from: "made-up", ...judged(faults), claims }
}

/** Shows what was made of a token that was sent; it is not told again. */
export function sentView(faults: readonly WorkloadFault[]): TriedTokenView {
  return { title: "The token that was sent", from: "sent", ...judged(faults), claims: null }
}

function judged(faults: readonly WorkloadFault[]): Pick<TriedTokenView, "accepted" | "faults"> {
  return { accepted: faults.length === 0, faults: faults.map(({ code, said }) => ({ code, said })) }
}
