import { type Credentials, parseCredentials } from "./credentials.ts"
import { type AgentKey, storageOf } from "./keys/key-reference.ts"
import { enrolmentProof, type Now } from "./proofs.ts"
import { refusedBy } from "./refused.ts"

/** How an install of an agent is enrolled. */
export interface EnrolOptions {
  /** The address of the control plane, e.g. `https://tabard.example`. */
  readonly server: string
  /** The one-time code that the agent's owner was given. */
  readonly code: string
  /** What people will call this install, e.g. the machine's name. */
  readonly label: string
  readonly key: AgentKey
  readonly fetch?: typeof fetch
  readonly now?: Now
}

/**
 * Enrols the key by a one-time code, and answers what to save. The private half stays here: the server gets the public
 * one and a signature over the code.
 *
 * @throws {Refused} where the server says no
 */
export async function enrol(options: EnrolOptions): Promise<Credentials> {
  const { server, code, label, key, fetch = globalThis.fetch, now = () => new Date() } = options
  const { origin } = new URL(server)
  const response = await fetch(new URL("/api/v1/enrolments", origin).href, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      code,
      label,
      proof: await enrolmentProof(key, { code, aud: origin }, now),
      keyStorage: storageOf(key),
    }),
    redirect: "error",
  })
  if (!response.ok) throw await refusedBy(response)
  const answer: unknown = await response.json()
  return parseCredentials({ ...(typeof answer === "object" ? answer : {}), key })
}
