import type { TokenRecord } from "../token-store.ts"

/** What a record holds of a token that an agent was issued for itself, bound to a key of nobody's. */
export const PLAIN_TOKEN: Pick<
  TokenRecord,
  | "jkt"
  | "grant"
  | "lineage"
  | "actors"
  | "served"
  | "delegations"
  | "mayAct"
  | "scope"
  | "callsLeft"
  | "conditions"
> = {
  jkt: "a key of nobody's",
  grant: "client_credentials",
  lineage: [],
  actors: [],
  served: null,
  delegations: [],
  mayAct: null,
  scope: null,
  callsLeft: null,
  conditions: [],
}
