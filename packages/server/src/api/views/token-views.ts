import type { AgentDetail } from "@tabard/api"
import type { TokenRecord, Transaction } from "@tabard/control"
import { namesOf } from "./names.ts"

/** Shows live tokens, with whom each acts for and what it is good for. Their bytes are kept nowhere. */
export async function tokenViews(
  tx: Pick<Transaction, "facts" | "users">,
  tokens: readonly TokenRecord[],
): Promise<AgentDetail["tokens"]> {
  const acted = tokens.flatMap(({ actors }) => actors.map(({ agent }) => agent))
  const names = await namesOf(tx, { agents: acted })
  return tokens.map(
    ({ jti, instance, task, audience, grant, jkt, scope, callsLeft, actors, issuedAt, expiresAt }) => ({
      jti,
      instance,
      task,
      audience,
      grant,
      bound: jkt === null ? "nobody" : "key",
      scope,
      callsLeft,
      chain: actors.map(({ agent }) => names.agent(agent)),
      issuedAt: issuedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }),
  )
}
