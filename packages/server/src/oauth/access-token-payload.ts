/** What an access token says: https://www.rfc-editor.org/rfc/rfc9068#section-2.2 */
import type { IssuedToken } from "@tabard/control"
import type { AskedToken } from "./grants/grant.ts"
import { TASK_DETAIL } from "./task-details.ts"

/** A token that was issued, and by whom and to whom. */
export interface TokenToSign {
  readonly issuer: string
  readonly jti: string
  readonly asked: AskedToken
  readonly issued: IssuedToken
}

/** Answers the claims of an access token, each of them and no other. */
export function accessTokenPayload({ issuer, jti, asked, issued }: TokenToSign): Record<string, unknown> {
  const { claims, issuedAt, expiresAt } = issued
  const { audience, jkt } = asked
  const { task } = claims
  return {
    ...claims,
    jti,
    iss: issuer,
    aud: audience,
    iat: issuedAt.getTime() / 1000,
    exp: expiresAt.getTime() / 1000,
    client_id: asked.clientId ?? claims.instance,
    ...(task && { authorization_details: [{ type: TASK_DETAIL, task }] }),
    ...(jkt && { cnf: { jkt } }),
  }
}
