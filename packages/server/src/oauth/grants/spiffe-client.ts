/** A JWT-SVID as a client's proof, draft 02: https://datatracker.ietf.org/doc/html/draft-ietf-oauth-spiffe-client-auth-02 */
import { type ReadAssertion, readAssertion } from "../../federation/read-assertion.ts"
import { errors } from "../oidc-provider.ts"
import type { GrantAnswer, GrantParameters, OwnGrant } from "./grant.ts"
import { invalidClient } from "./invalid-grant.ts"
import { answerWorkload } from "./workload-assertion.ts"

const JWT_SPIFFE = "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe"

/** Answers whether a request is one whose client proves itself by a JWT-SVID. */
export function bringsSvid(form: URLSearchParams): boolean {
  return form.getAll("client_assertion_type").includes(JWT_SPIFFE) && !form.has("client_secret")
}

/**
 * A workload asks for itself (RFC 6749 §4.4), and proves to be the client by its JWT-SVID: judged by the trust rules of
 * SPIFFE, as the same SVID is that comes as a grant. Nobody has to be registered besides.
 */
export const spiffeClient: OwnGrant = {
  kind: "own",
  type: "client_credentials",
  forInstances: false,
  client: "optional",
  namesInstall: true,
  parameters: ["client_assertion", "client_assertion_type"],
  answer: async (request, settings): Promise<GrantAnswer> => {
    const assertion = requireSvid(request.parameters, settings.issuer)
    const install = installNamed(request.parameters.one("client_id"), assertion)
    const proof = { assertion, install, grant: "client_credentials", form: "spiffe" } as const
    return answerWorkload(request, proof, settings).catch(asClientFault)
  },
}

/** §3.1: one SVID, whose audience is this issuer and nobody besides, whatever audience a rule would take. */
function requireSvid(parameters: GrantParameters, issuer: string): ReadAssertion {
  const text = parameters.one("client_assertion")
  if (text === undefined) throw new errors.InvalidRequest("the request has to bring a client_assertion")
  const assertion = readAssertion(text)
  if (!assertion) throw invalidClient("the client_assertion is no JWT that can be read in one way")
  const { aud } = assertion.claims
  const [only, ...others] = Array.isArray(aud) ? aud : [aud]
  if (only !== issuer || others.length > 0) throw invalidClient(`the SVID has to be for ${issuer} alone`)
  return assertion
}

/** RFC 7521 §4.2: a client that is named is the one that the assertion is about, or the install that it asks for. */
function installNamed(client: string | undefined, { claims: { sub } }: ReadAssertion): string | undefined {
  if (!client?.startsWith("spiffe:")) return client
  if (client !== sub) throw invalidClient("client_id has to be the SPIFFE ID of the SVID")
  return undefined
}

/** What is wrong with a grant is wrong with a client here (RFC 7521 §4.2.1). */
function asClientFault(error: unknown): never {
  const isGrant = error instanceof errors.OIDCProviderError && error.error === "invalid_grant"
  throw isGrant ? invalidClient(error.error_description ?? "") : error
}
