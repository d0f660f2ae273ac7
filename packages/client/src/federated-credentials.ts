import type { Credentials } from "./credentials.ts"
import { createKey } from "./key.ts"
import { readWorkloadToken, type WorkloadSource } from "./workload-source.ts"

/** What a workload needs to know: nothing of it is secret. */
export interface FederatedOptions {
  /** The issuer of the server, e.g. `https://tabard.example/oauth`. */
  readonly issuer: string
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
  const { issuer, resource, source, instance = "", audience = issuer } = options
  const { env = process.env, fetch: carry = globalThis.fetch } = options
  return {
    instance,
    agent: "",
    issuer,
    tokenEndpoint: `${issuer}/token`,
    resource,
    key: await createKey(),
    workload: () => readWorkloadToken(source, { audience, env, fetch: carry }),
  }
}
