import type { SeenAtDoor, SingleUse } from "@tabard/control"
import { newHandle } from "@tabard/core"
import type { TokenToSign } from "../access-token-payload.ts"
import { issueAccessToken } from "../issue-access-token.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { oauthRefusal } from "../oauth-refusal.ts"
import { signAccessToken } from "../sign-access-token.ts"
import { TASK_DETAIL } from "../task-details.ts"
import type { GrantRequest, OwnGrant } from "./grant.ts"

/** Answers the body of a successful answer (RFC 6749 §5.1) to a request that a grant of ours reads. */
export async function answerGrant(
  settings: IssuerSettings,
  grant: OwnGrant,
  request: GrantRequest & { readonly seen: SeenAtDoor; once(): readonly SingleUse[] },
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await grant.answer(request, settings).catch((error: unknown) => {
    throw oauthRefusal(error)
  })
  if ("body" in answer) return answer.body
  const { asked, members, write } = answer
  if (asked.jkt !== null && asked.jkt !== request.jkt) throw new TypeError("a key that was not proven")
  const jti = newHandle()
  const issued = await issueAccessToken(settings, {
    jti,
    asked,
    once: request.once(),
    seen: request.seen,
  })
  return {
    ...(await (write?.({ jti, issued }) ??
      accessToken(settings, { issuer: settings.issuer, jti, asked, issued }))),
    ...members,
    expires_in: (issued.expiresAt.getTime() - issued.issuedAt.getTime()) / 1000,
  }
}

async function accessToken(
  { keys }: IssuerSettings,
  token: TokenToSign,
): Promise<Readonly<Record<string, unknown>>> {
  const { scope, task } = token.issued.claims
  return {
    access_token: await signAccessToken(keys.signingTokens(), token),
    token_type: token.asked.jkt === null ? "Bearer" : "DPoP",
    ...(scope !== undefined && { scope }),
    ...(task && { authorization_details: [{ type: TASK_DETAIL, task }] }),
  }
}
