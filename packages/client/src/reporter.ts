import { isPrivateAddress } from "./credentials.ts"
import { type PrivateKey, parseKey } from "./key.ts"
import { enrolmentProof, type Now } from "./proofs.ts"
import { refusedBy } from "./refused.ts"

/** What an enrolled reporter saves, in a file that only its user can read (0600). Nothing in it ends by itself. */
export interface ReporterCredentials {
  readonly reporter: string
  readonly name: string
  /** Where reports are sent, and the only place. */
  readonly reports: string
  /** What fingerprints of secrets are made under, for this server. */
  readonly fingerprintKey: string
  readonly key: PrivateKey
}

/** How a machine is enrolled to report. */
export interface EnrolReporterOptions {
  /** The address of the control plane, e.g. `https://tabard.example`. */
  readonly server: string
  /** The one-time code that an administrator was given. */
  readonly code: string
  readonly key: PrivateKey
  readonly fetch?: typeof fetch
  readonly now?: Now
}

/**
 * Enrols the key of a reporter by a one-time code, and answers what to save. The private half stays here.
 *
 * @throws {Refused} where the server says no; TypeError where its answer is none
 */
export async function enrolReporter(options: EnrolReporterOptions): Promise<ReporterCredentials> {
  const { server, code, key, fetch = globalThis.fetch, now = () => new Date() } = options
  const { origin } = new URL(server)
  if (!isPrivateAddress(origin)) throw new TypeError("Reports are sent over https, or to this machine.")
  const response = await fetch(new URL("/api/v1/reporter-enrolments", origin).href, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ code, proof: await enrolmentProof(key, { code, aud: origin }, now) }),
    redirect: "error",
  })
  if (!response.ok) throw await refusedBy(response)
  const answer: unknown = await response.json()
  const credentials = parseReporter({ ...(typeof answer === "object" ? answer : {}), key })
  // What is seen here is for the server that was named, and for no other that it may name.
  if (new URL(credentials.reports).origin !== origin)
    throw new TypeError(`The server at ${origin} sends reports elsewhere.`)
  return credentials
}

/** Answers what is written to the file. */
export function writeReporter(credentials: ReporterCredentials): string {
  return `${JSON.stringify(credentials, null, 2)}\n`
}

/**
 * Reads what was saved.
 *
 * @throws {TypeError} where something is missing; SyntaxError where it is no JSON
 */
export function readReporter(text: string): ReporterCredentials {
  return parseReporter(JSON.parse(text))
}

function parseReporter(value: unknown): ReporterCredentials {
  const members: Partial<Record<keyof ReporterCredentials, unknown>> =
    typeof value === "object" && value !== null ? value : {}
  const { reporter, name, reports, fingerprintKey, key } = members
  if (typeof reporter !== "string" || typeof name !== "string")
    throw new TypeError("These are no reporter's credentials; enrol again.")
  if (typeof reports !== "string" || !isPrivateAddress(reports))
    throw new TypeError("The reporter's credentials name no https address; enrol again.")
  if (typeof fingerprintKey !== "string" || fingerprintKey.length < 32)
    throw new TypeError("The reporter's credentials hold no fingerprint key; enrol again.")
  return { reporter, name, reports, fingerprintKey, key: parseKey(key) }
}
