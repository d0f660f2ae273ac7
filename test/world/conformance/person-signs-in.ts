import { beginSignIn, type Credentials, type Discovered } from "@tabard/client"

const REDIRECT = "http://127.0.0.1:9876/callback"
const OWN_DESCRIPTION = "https://conformance-test.local/client-metadata.json"

/** What a sign-in is for. */
export interface Wanted {
  readonly address: string
  readonly challenge: string | null
  readonly held: string | undefined
}

/** A sign-in that came to its end: what it asked for, and what tokens are got with. */
export interface SignedIn {
  readonly credentials: Credentials
  readonly scope: string | undefined
}

/** Signs in at the issuer of a scenario, which agrees at once to whatever it is asked. */
export async function personSignsIn({ address, challenge, held }: Wanted): Promise<SignedIn> {
  const begun = await beginSignIn({
    resource: address,
    challenge,
    held,
    redirectUri: REDIRECT,
    clientId: clientIdAt,
  })
  const { headers } = await fetch(begun.url, { redirect: "manual" })
  const credentials = begun.finish(headers.get("location") ?? "")
  return { credentials, scope: new URL(begun.url).searchParams.get("scope") ?? undefined }
}

/** An address where the issuer takes one; else the client registers, which the SDK leaves to whoever builds on it. */
async function clientIdAt({ metadata }: Discovered): Promise<string> {
  if (metadata["client_id_metadata_document_supported"] === true) return OWN_DESCRIPTION
  const response = await fetch(String(metadata["registration_endpoint"]), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_name: "an agent",
      redirect_uris: [REDIRECT],
      application_type: "native",
      token_endpoint_auth_method: "none",
    }),
  })
  const { client_id: id } = Object(await response.json())
  return String(id)
}
