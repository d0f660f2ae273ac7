import type { Credentials } from "./credentials.ts"
import { discover } from "./discover.ts"
import { createKey } from "./key.ts"
import type { GrantForm } from "./own-grant.ts"
import { readWorkloadToken, type WorkloadSource } from "./workload-source.ts"

/** What a workload needs to know: nothing of it is secret. */
export interface FederatedOptions {
  /** The issuer of the server, e.g. `https://tabard.example/oauth`; where nobody says, the resource is asked for it. */
  readonly issuer?: string | undefined
  /** What tokens are asked for, and the only place they are sent to, e.g. `https://tabard.example/mcp`. */
  readonly resource: string
  readonly source: WorkloadSource
  /** Whom the platform's token has to be for, where the trust rule says another than the issuer. */
  readonly audience?: string | undefined
  /** The install to ask for, where the rules of several take the workload's token. */
  readonly instance?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly fetch?: typeof fetch | undefined
}

/**
 * Answers credentials of a workload that its platform vouches for, by a trust rule. They hold a key that was made just now
 * and is kept nowhere; no secret lies on the machine.
 */
export async function federatedCredentials(options: FederatedOptions): Promise<Credentials> {
  const { source, instance = "", env = process.env, fetch: carry = globalThis.fetch } = options
  const { issuer, resource, tokenEndpoint } = await placesOf(options, carry)
  const audience = options.audience ?? issuer
  async function ask(): Promise<GrantForm> {
    const assertion = await readWorkloadToken(source, { audience, env, fetch: carry })
    return { grant_type: JWT_BEARER, assertion, ...(instance && { client_id: instance }) }
  }
  return { instance, agent: "", issuer, tokenEndpoint, resource, key: await createKey(), grant: { ask } }
}

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"

/** An issuer of ours has its token endpoint where it always is; another says where. */
async function placesOf(
  { issuer, resource }: FederatedOptions,
  carry: typeof fetch,
): Promise<Pick<Credentials, "issuer" | "resource" | "tokenEndpoint">> {
  if (issuer) return { issuer, resource, tokenEndpoint: `${issuer}/token` }
  return discover(resource, { fetch: carry })
}
