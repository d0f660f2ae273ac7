import type { AgentDetail } from "@tabard/api"
import type { TokenRecord, Transaction } from "@tabard/control"
import { namesOf } from "./names.ts"

/** Shows live tokens, with whom each acts for and what it is good for. Their bytes are kept nowhere. */
export async function tokenViews(
  tx: Pick<Transaction, "facts" | "tokens" | "users">,
  tokens: readonly TokenRecord[],
  now: Date,
): Promise<AgentDetail["tokens"]> {
  const acted = tokens.flatMap(({ actors }) => actors.map(({ agent }) => agent))
  const names = await namesOf(tx, { agents: acted, people: tokens.map(({ served }) => served) })
  const below = await tx.tokens.liveBelow(
    tokens.map(({ jti }) => jti),
    now,
  )
  return tokens.map(
    ({
      jti,
      instance,
      task,
      audience,
      grant,
      jkt,
      scope,
      callsLeft,
      actors,
      served,
      issuedAt,
      expiresAt,
    }) => ({
      jti,
      instance,
      task,
      audience,
      grant,
      bound: jkt === null ? "nobody" : "key",
      scope,
      callsLeft,
      chain: actors.map(({ agent }) => names.agent(agent)),
      person: served && names.person(served),
      below: below.get(jti) ?? 0,
      issuedAt: issuedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }),
  )
}
