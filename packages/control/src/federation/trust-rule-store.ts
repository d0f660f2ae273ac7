import type { Id, TrustRule } from "@tabard/core"

/** Keeps trust rules, removed ones too. Each sentence below is a test in trust-rule-store.contract.ts. */
export interface TrustRuleStore {
  /** Keeps a rule; answers false, and keeps nothing, where its agent has a live one of that name. */
  add(rule: TrustRule): Promise<boolean>

  /** Answers undefined where there is no such rule here; a removed one is found, with when it was removed. */
  find(id: Id<"trustRule">): Promise<TrustRule | undefined>

  /** Answers at most `limit` live rules in the order of their ids: of all agents, of one, or of those that a person answers for. */
  list(query: {
    readonly agent?: Id<"agent">
    readonly answeredBy?: Id<"user">
    readonly after?: Id<"trustRule">
    readonly limit: number
  }): Promise<readonly TrustRule[]>

  /** Answers at most `limit` live rules about exactly this issuer, or of them those of one instance, in the order of their ids. */
  aboutIssuer(
    issuer: string,
    options: { readonly instance?: Id<"instance">; readonly limit: number },
  ): Promise<readonly TrustRule[]>

  /** Removes a live rule; of any number of calls at once exactly one answers true. */
  remove(id: Id<"trustRule">, at: Date): Promise<boolean>
}
