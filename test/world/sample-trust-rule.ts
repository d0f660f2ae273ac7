import type { TrustRuleInput } from "@tabard/api"
import { type Agent, type Id, newId, systemClock, type TrustRule, UNBOUND } from "@tabard/core"

/** A rule about an issuer that nobody asks for its keys, for an agent. */
export function sampleTrustRule(agent: string, name: string): TrustRuleInput {
  const fields = { form: "openid", issuer: "https://id.example", subject: `ci/${name}` } as const
  const key = { kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43), kid: "1" }
  return { agent, name, fields, keys: { kind: "inline", keys: [key] } }
}

/** The same as a row of the store. */
export function keptTrustRule(agent: Agent["id"], madeBy: Id<"user">, name: string): TrustRule {
  const { fields, keys = { kind: "discovery" } } = sampleTrustRule(agent, name)
  return {
    id: newId("trustRule", systemClock),
    agent,
    instance: newId("instance", systemClock),
    name,
    fields,
    form: "openid",
    issuer: "https://id.example",
    audience: "https://tabard.example/oauth",
    keys,
    conditions: [{ claim: ["sub"], test: "is", values: [`ci/${name}`] }],
    oneTime: false,
    maxLifeSeconds: 600,
    counts: UNBOUND,
    madeBy,
    madeAt: systemClock.now(),
    removedAt: null,
  }
}
