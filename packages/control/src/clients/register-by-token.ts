import { type Client, Problem, REGISTRATION_SCOPE } from "@tabard/core"
import { handleHash } from "../access/handle-hash.ts"
import { isTokenText } from "../api-tokens/token-text.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"
import { type ClientRegistration, keepClient } from "./register-client.ts"

/** What a client registering itself needs. */
export interface RegisterByTokenDeps extends RecordContext {
  readonly transact: Transact<"apiTokens" | "clients" | "organisation" | "outbox" | "users">
}

/**
 * Registers a client by a token that an administrator made for that. The token ends with it, in the same transaction: of
 * any number who bring it, one is registered.
 *
 * @throws {Problem} api_token_not_found, body_invalid, not_allowed
 */
export async function registerByToken(
  deps: RegisterByTokenDeps,
  { token, registration }: { readonly token: string; readonly registration: ClientRegistration },
): Promise<Client> {
  if (!isTokenText(token)) throw noToken()
  const now = deps.clock.now()
  return deps.transact(async (tx) => {
    const { clientRegistration } = await tx.organisation.tokenSettings()
    if (clientRegistration === "off")
      throw new Problem("not_allowed", "clients do not register themselves here")
    const found = await tx.apiTokens.findLive(handleHash(token), now)
    const maker = found && (await tx.users.find(found.madeBy))
    if (!found?.scopes.includes(REGISTRATION_SCOPE) || !maker?.active || maker.role !== "administrator")
      throw noToken()
    if (!(await tx.apiTokens.revoke(found.id, { by: maker.id, at: now }))) throw noToken()
    const client = await keepClient(deps, tx, { registration, by: null })
    await recordEvent(deps, tx.outbox, {
      type: "api-token.revoked",
      actor: { kind: "system", id: "issuer" },
      data: { apiToken: found.id, purpose: found.purpose, reason: "a client was registered by it" },
    })
    return client
  })
}

function noToken(): Problem {
  const words = `this needs a token that an administrator made with the scope ${REGISTRATION_SCOPE}, not used before and not over`
  return new Problem("api_token_not_found", words)
}
