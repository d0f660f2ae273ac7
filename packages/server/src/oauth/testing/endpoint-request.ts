import type { OAuthWorld } from "./oauth-world.ts"
import { type RequestChanges, requestToken, signedAssertion } from "./token-request.ts"

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
}

/** Asks one of the issuer's endpoints as the world's install, changed in what the test is about. */
export async function askEndpoint(
  world: OAuthWorld,
  url: string,
  form: Readonly<Record<string, string | null>>,
  changes: RequestChanges = {},
): Promise<EndpointAnswer> {
  const proven = {
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: changes.assertion ?? (await signedAssertion(world, changes)),
    ...form,
  }
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(proven)) if (value !== null) body.append(name, value)
  const response = await fetch(url, {
    method: "POST",
    body,
    ...(changes.headers && { headers: changes.headers }),
  })
  const text = await response.text()
  return { status: response.status, text, body: text ? JSON.parse(text) : {}, headers: response.headers }
}

/** A token of the world's agent, as it is presented. */
export async function tokenOf(world: OAuthWorld): Promise<string> {
  return String((await requestToken(world)).body["access_token"])
}
