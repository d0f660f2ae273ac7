import type { IncomingMessage, ServerResponse } from "node:http"
import { answerJson } from "../answer-json.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { verifyTokenProof, WantedAtTokenEndpoint } from "../token-proof.ts"
import { wantedNonces } from "../wanted-nonces.ts"
import { answerGrant } from "./answer-grant.ts"
import type { OwnGrant } from "./grant.ts"
import { grantParameters } from "./grant-parameters.ts"
import { ownGrants } from "./grants.ts"
import { bringsSvid, spiffeClient } from "./spiffe-client.ts"

const CLIENT_PROOFS = ["client_assertion", "client_assertion_type", "client_secret"]

/**
 * Answers the grant that a form asks for where it names no client that the library knows of, and the grant needs none: the
 * library always wants one, so such a request never reaches it.
 */
export function openGrant(
  { grants }: IssuerSettings,
  { form, request: { headers } }: { form: URLSearchParams; request: IncomingMessage },
): OwnGrant | undefined {
  const [type, ...others] = form.getAll("grant_type")
  if (headers.authorization !== undefined || others.length > 0) return undefined
  if (type === spiffeClient.type && bringsSvid(form)) return spiffeClient
  if (CLIENT_PROOFS.some((name) => form.has(name))) return undefined
  const open = ownGrants(grants).find((grant) => grant.client === "optional" && grant.type === type)
  return open?.namesInstall || !form.has("client_id") ? open : undefined
}

/** A request for an open grant, and who hears how it was refused. */
interface OpenRequest {
  readonly form: URLSearchParams
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly onRefusal: (error: unknown) => void
}

/** Answers a request whose client nobody has to know, in the words of RFC 6749 §5. */
export async function answerOpenGrant(
  settings: IssuerSettings,
  grant: OwnGrant,
  { form, request, response, onRefusal }: OpenRequest,
): Promise<void> {
  try {
    assertSingle(grant, form)
    const proven = await provenKey(settings, request)
    const body = await answerGrant(settings, grant, {
      parameters: grantParameters((name) => form.getAll(name)),
      client: null,
      jkt: proven && proven.jkt,
      seen: settings.seenOf(request),
      once: () => (proven ? [proven.use] : []),
    })
    answerJson(response, 200, body)
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError) || !error.expose) throw error
    onRefusal(error)
    if (error instanceof WantedAtTokenEndpoint) response.setHeader("dpop-nonce", error.nonce)
    answerJson(response, error.statusCode, {
      error: error.error,
      ...(error.error_description !== undefined && { error_description: error.error_description }),
    })
  }
}

/** RFC 6749 §3.2: parameters must not be included more than once. */
function assertSingle({ parameters, repeatable = [] }: OwnGrant, form: URLSearchParams): void {
  const single = ["grant_type", "client_id", "scope", "authorization_details", ...parameters]
  const twice = single.find((name) => !repeatable.includes(name) && form.getAll(name).length > 1)
  if (twice) throw new errors.InvalidRequest(`'${twice}' must not be there twice`)
}

async function provenKey(
  settings: IssuerSettings,
  { headers }: IncomingMessage,
): Promise<Awaited<ReturnType<typeof verifyTokenProof>> | null> {
  const proof = headers["dpop"]
  if (proof === undefined) return null
  if (typeof proof !== "string") throw new errors.InvalidDpopProof("There is more than one DPoP header.")
  return verifyTokenProof(proof, {
    url: `${settings.issuer}/token`,
    now: settings.clock.now(),
    nonces: wantedNonces(settings),
  })
}
