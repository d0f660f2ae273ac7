/** Token exchange: https://www.rfc-editor.org/rfc/rfc8693 */
import type { PresentedToken } from "@tabard/control"
import { type Id, isId } from "@tabard/core"
import { askedDetailsOf } from "../asked-details.ts"
import { askedEffects } from "../asked-effects.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { answerOnward, ID_JAG_TOKEN_TYPE } from "../people/issue-id-jag.ts"
import { isServedResource } from "../served-resource.ts"
import type { GrantParameters, GrantRequest, OwnGrant } from "./grant.ts"
import { ACCESS_TOKEN_TYPE, namedAudience, readOwnToken } from "./subject-token.ts"

/** Hands an agent a token to act for another with, which is narrower in everything than the one it is exchanged for. */
export const tokenExchange: OwnGrant = {
  kind: "own",
  type: "urn:ietf:params:oauth:grant-type:token-exchange",
  forInstances: true,
  client: "optional",
  parameters: [
    "subject_token",
    "subject_token_type",
    "actor_token",
    "actor_token_type",
    "requested_token_type",
    "audience",
  ],
  repeatable: ["audience"],
  defaultResource: (parameters) => namedAudience(parameters.one("subject_token") ?? ""),
  answer: async (request, settings) => {
    const { parameters, jkt } = request
    if (parameters.one("requested_token_type") === ID_JAG_TOKEN_TYPE) return answerOnward(request, settings)
    assertAnswerable(parameters)
    const subject = await subjectOf(parameters, settings)
    const actor = await actorOf(parameters, settings)
    const instance = provenInstance(request, actor)
    const { task, calls, mayAct } = askedDetailsOf(parameters.one("authorization_details"))
    return {
      asked: {
        instance,
        audience: await askedTarget(parameters, settings, subject.audience),
        scope: askedEffects(parameters.one("scope")),
        grant: "token-exchange",
        task,
        calls,
        mayAct,
        jkt,
        subject,
        actor,
      },
      members: { issued_token_type: ACCESS_TOKEN_TYPE },
    }
  },
}

function assertAnswerable(parameters: GrantParameters): void {
  const type = parameters.one("requested_token_type")
  if (type !== undefined && type !== ACCESS_TOKEN_TYPE)
    throw new errors.InvalidRequest(
      `requested_token_type may only be ${ACCESS_TOKEN_TYPE} or ${ID_JAG_TOKEN_TYPE}`,
    )
}

async function subjectOf(parameters: GrantParameters, settings: IssuerSettings): Promise<PresentedToken> {
  const token = parameters.one("subject_token")
  if (token === undefined) throw new errors.InvalidRequest("there is no subject_token")
  return readOwnToken(settings, { name: "subject_token", token, type: parameters.one("subject_token_type") })
}

async function actorOf(
  parameters: GrantParameters,
  settings: IssuerSettings,
): Promise<PresentedToken | null> {
  const [token, type] = [parameters.one("actor_token"), parameters.one("actor_token_type")]
  if (token !== undefined) return readOwnToken(settings, { name: "actor_token", token, type })
  if (type !== undefined)
    throw new errors.InvalidRequest("there is an actor_token_type without an actor_token")
  return null
}

/**
 * Whoever acts has proven itself: by an assertion, with the key that it enrolled, or by a token of its own that is bound
 * to the key of this request's proof. A token that anybody could hand in proves nobody.
 */
function provenInstance({ client, jkt }: GrantRequest, actor: PresentedToken | null): Id<"instance"> {
  if (jkt === null) throw new errors.InvalidDpopProof("the request needs a DPoP proof")
  if (actor && actor.jkt !== jkt)
    throw new errors.InvalidRequest("the actor_token has to be bound to the key that the proof is made with")
  if (!client) {
    if (!actor) throw new errors.InvalidClientAuth("the request names neither a client nor an actor_token")
    return actor.instance
  }
  if (!isId("instance", client.id)) throw new errors.UnauthorizedClient("only agents exchange tokens")
  if (client.enrolledKey !== jkt)
    throw new errors.InvalidDpopProof("the proof has to be made with the key that was enrolled")
  if (actor && actor.instance !== client.id)
    throw new errors.InvalidRequest("the actor_token has to be the client's own")
  return client.id
}

/** One target, as an address or by a server's name; where none is named, the one of the token that is exchanged. */
async function askedTarget(
  parameters: GrantParameters,
  { shelf: { snapshot }, resource }: IssuerSettings,
  from: string,
): Promise<string> {
  const logical = parameters
    .all("audience")
    .map((name) => (name.includes("/") ? name : `${resource}/${name}`))
  const [target = from, ...others] = new Set([...parameters.all("resource"), ...logical])
  if (others.length > 0) throw new errors.InvalidTarget("a token is for one resource")
  if (await isServedResource({ snapshot, resource }, target)) return target
  throw new errors.InvalidTarget(`tokens are for ${resource}, or for one server that is registered behind it`)
}
