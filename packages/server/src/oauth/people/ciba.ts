/** The token that a person said yes to: OpenID Connect Client-Initiated Backchannel Authentication, Core 1.0 §10.1, §11. */
import { type PollAnswer, pollForToken } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import type { GrantRequest, OwnGrant } from "../grants/grant.ts"
import { invalidGrant } from "../grants/invalid-grant.ts"
import { errors } from "../oidc-provider.ts"
import { OPENID } from "./ask-owner.ts"
import { signIdToken } from "./id-token.ts"

/** The token is for what was asked, bound to the key of the install that asked, and acts for who said yes. */
export const ciba: OwnGrant = {
  kind: "own",
  type: "urn:openid:params:grant-type:ciba",
  forInstances: true,
  client: "required",
  parameters: ["auth_req_id"],
  answer: async (request, settings) => {
    const instance = provenInstance(request)
    const id = request.parameters.one("auth_req_id")
    if (id === undefined) throw new errors.InvalidRequest("auth_req_id is missing")
    assertNothingBeside(request)
    const { by, ...answer } = approved(await pollForToken(settings, { instance, id }))
    assertSameResource(request, answer.request.audience)
    const idToken = await signIdToken(settings, { subject: by, client: instance })
    const { scope } = answer.request
    return {
      asked: { ...answer.request, jkt: request.jkt, grant: "ciba", answered: answer.answered },
      members: { id_token: idToken, scope: [OPENID, ...(scope ?? [])].join(" ") },
    }
  },
}

/** Whoever asked has to prove the key that it enrolled; whether it may do without, its tier says. */
function provenInstance({ client, jkt }: GrantRequest): Id<"instance"> {
  if (!client || !isId("instance", client.id))
    throw new errors.UnauthorizedClient("only an agent's install asks its people by this")
  if (jkt !== null && client.enrolledKey !== jkt)
    throw new errors.InvalidDpopProof("the proof has to be made with the key that was enrolled")
  return client.id
}

/** What is asked for was asked before, of the person. */
function assertNothingBeside({ parameters }: GrantRequest): void {
  const beside = ["scope", "authorization_details"].find((name) => parameters.all(name).length > 0)
  if (beside) throw new errors.InvalidRequest(`${beside} was asked of the person, and is not asked for here`)
}

/** RFC 8707 §2.2: a client may name again what it asked for. */
function assertSameResource({ parameters }: GrantRequest, asked: string): void {
  if (parameters.all("resource").some((resource) => resource !== asked))
    throw new errors.InvalidTarget("the person was asked about another resource")
}

function approved(answer: PollAnswer): Extract<PollAnswer, { kind: "approved" }> {
  switch (answer.kind) {
    case "approved":
      return answer
    case "pending":
      throw new errors.AuthorizationPending("nobody has answered yet")
    case "too-soon":
      throw new errors.SlowDown("ask less often: wait five seconds more each time from now on")
    case "denied":
      throw new errors.AccessDenied("the person said no, or the question was withdrawn")
    case "expired":
      throw new errors.ExpiredToken("nobody answered in time, or the answer was not fetched: ask again")
    case "unknown":
      throw invalidGrant("no request of this install waits by this auth_req_id")
  }
}
