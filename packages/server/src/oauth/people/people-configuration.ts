/** The authorization code flow, as the library is to run it: RFC 6749 §4.1, 7636, 8252, 9126, 9207. */
import { EFFECT_CLASSES, type Id, isId, newHandle } from "@tabard/core"
import type { IssuerSettings } from "../issuer-settings.ts"
import { type Configuration, interactionPolicy, type KoaContextWithOIDC } from "../oidc-provider.ts"
import { MAX_LIFETIME_SECONDS } from "../token-lifetime.ts"
import { personAsker, REQUEST_LIFE_SECONDS } from "./ask-person.ts"
import { askedScope } from "./asked-scope.ts"
import { libraryGrantId } from "./library-grant.ts"
import { AUTHORIZE, PUSH } from "./people-routes.ts"
import { renderToPerson } from "./render-to-person.ts"

/** A refresh token unused for this long is over: eight hours are a day of work. */
const REFRESH_LIFE_SECONDS = 8 * 3600
/** However often it was used, its person is asked again after this long. */
const AGREEMENT_LIFE_SECONDS = 30 * 24 * 3600
/** A code is on its way for seconds. */
const CODE_LIFE_SECONDS = 60

const { Check, Prompt } = interactionPolicy

/** Answers the library's configuration of what people take part in. */
export function peopleConfiguration(settings: IssuerSettings): Configuration {
  return {
    responseTypes: ["code"],
    routes: { authorization: AUTHORIZE, pushed_authorization_request: PUSH },
    scopes: ["offline_access"],
    pkce: { required: () => true },
    clientAuthMethods: ["private_key_jwt", "none"],
    findAccount: personFinder(settings),
    loadExistingGrant: agreementOf(settings),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    rotateRefreshToken: true,
    // The library's own sessions are not kept; who signed in here is asked of ours, each time.
    expiresWithSession: async () => false,
    interactions: { url: personAsker(settings), policy: [unansweredPrompt()] },
    renderError: renderToPerson(settings),
    ttl: {
      AuthorizationCode: CODE_LIFE_SECONDS,
      RefreshToken: REFRESH_LIFE_SECONDS,
      Grant: AGREEMENT_LIFE_SECONDS,
      Interaction: REQUEST_LIFE_SECONDS,
      Session: REQUEST_LIFE_SECONDS,
      AccessToken: MAX_LIFETIME_SECONDS,
    },
  }
}

/** Everybody is asked each time: a yes of before is no yes to what is asked now. */
function unansweredPrompt(): InstanceType<typeof Prompt> {
  const unanswered = new Check(
    "unanswered",
    "a person has to look at this",
    "interaction_required",
    (ctx) => {
      askedScope(ctx.oidc.params?.["scope"])
      return ctx.oidc.result?.consent ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    },
  )
  return new Prompt({ name: "consent", requestable: true }, unanswered)
}

/** A person who left is nobody any more, also to a refresh token that they left behind. */
function personFinder({ shelf }: IssuerSettings): NonNullable<Configuration["findAccount"]> {
  return async (_ctx, id) => {
    const user = isId("user", id) ? await shelf.snapshot(({ users }) => users.find(id)) : undefined
    return user?.active ? { accountId: user.id, claims: () => ({ sub: user.id }) } : undefined
  }
}

type Grant = Awaited<ReturnType<NonNullable<Configuration["loadExistingGrant"]>>>

/**
 * Answers what the person agreed to: the scope that was asked for, at the resource that was named, in the sign-in that they
 * said yes to, which may be over when their browser brings it.
 */
function agreementOf({ shelf }: IssuerSettings): (ctx: KoaContextWithOIDC) => Promise<Grant> {
  return async ({ oidc }) => {
    const { provider, client, account, params, resourceServers, result } = oidc
    const instance = signInOf(result)
    if (!instance || !client || !params || !account || !isId("user", account.accountId)) return undefined
    const user = account.accountId
    const standing = await shelf.snapshot(({ clientGrants }) => clientGrants.find(user, client.clientId))
    if (!standing) return undefined
    const scope = askedScope(params["scope"]).join(" ")
    params["scope"] = scope
    const grant = new provider.Grant({ clientId: client.clientId, accountId: user })
    Object.assign(grant, { jti: libraryGrantId({ id: standing.id, instance }, newHandle()) })
    for (const resource of Object.keys(resourceServers ?? {})) grant.addResourceScope(resource, scope)
    await grant.save()
    return grant
  }
}

function signInOf(result: KoaContextWithOIDC["oidc"]["result"]): Id<"instance"> | undefined {
  const instance = result?.consent?.["instance"]
  return isId("instance", instance) ? instance : undefined
}

/** What a resource's tokens may be asked for. */
export const RESOURCE_SCOPE: string = EFFECT_CLASSES.join(" ")
