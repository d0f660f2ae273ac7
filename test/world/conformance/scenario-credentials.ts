import { createPrivateKey } from "node:crypto"
import {
  type Credentials,
  createKey,
  discover,
  federatedCredentials,
  identityAssertionCredentials,
  type PrivateKey,
  parseKey,
} from "@tabard/client"

/** What a scenario hands to the client. */
export type Handed = Readonly<Record<string, string>>

/** Whom a scenario asks for, and what its server demanded. */
export interface Asked {
  readonly address: string
  readonly challenge: string | null
  readonly handed: Handed
}

/** Credentials, and what carries their requests where the scenario wants something that the SDK has no word for. */
export interface ScenarioCredentials {
  readonly credentials: Credentials
  readonly carry?: typeof fetch
}

/** Of the scenarios in which an agent proves itself without a person, how it does. */
export const CREDENTIALS: Readonly<Record<string, (asked: Asked) => Promise<ScenarioCredentials>>> = {
  "auth/client-credentials-jwt": ofKey,
  "auth/wif-jwt-bearer": ofWorkload,
  "auth/enterprise-managed-authorization": ofProvider,
}

async function ofKey({ address, challenge, handed }: Asked): Promise<ScenarioCredentials> {
  const { issuer, tokenEndpoint, resource } = await discover(address, { challenge })
  const key = keyOf(handed["private_key_pem"])
  const instance = handed["client_id"] ?? ""
  return { credentials: { instance, agent: "", issuer, tokenEndpoint, resource, key } }
}

async function ofWorkload({ address, handed }: Asked): Promise<ScenarioCredentials> {
  const credentials = await federatedCredentials({
    resource: address,
    instance: handed["client_id"],
    source: { kind: "env", name: "WORKLOAD_TOKEN" },
    env: { WORKLOAD_TOKEN: handed["valid_jwt"] },
  })
  return { credentials }
}

async function ofProvider({ address, challenge, handed }: Asked): Promise<ScenarioCredentials> {
  const clientId = handed["client_id"] ?? ""
  const credentials = await identityAssertionCredentials({
    resource: address,
    challenge,
    clientId,
    key: await createKey(),
    provider: {
      tokenEndpoint: handed["idp_token_endpoint"] ?? "",
      clientId: handed["idp_client_id"] ?? "",
      idToken: async () => handed["idp_id_token"] ?? "",
    },
  })
  return { credentials, carry: withSecret(credentials.tokenEndpoint, clientId, handed["client_secret"]) }
}

/** This scenario's issuer knows clients by a secret alone; the SDK holds none, and proves itself by its key besides. */
function withSecret(tokenEndpoint: string, clientId: string, secret = ""): typeof fetch {
  const pair = [clientId, secret].map((part) => encodeURIComponent(part)).join(":")
  return async (input, init) => {
    const request = new Request(input, init)
    if (request.url === tokenEndpoint)
      request.headers.set("authorization", `Basic ${Buffer.from(pair).toString("base64")}`)
    return fetch(request)
  }
}

function keyOf(pem = ""): PrivateKey {
  return parseKey(createPrivateKey(pem).export({ format: "jwk" }))
}
