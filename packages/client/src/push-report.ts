import { type Now, reportProof } from "./proofs.ts"
import { refusedBy } from "./refused.ts"
import type { ReporterCredentials } from "./reporter.ts"

/** What came of pushing: it is recorded; it may be sent again later as it is; or it never will be taken. */
export type PushAnswer =
  | { readonly kind: "taken"; readonly discovered: number; readonly scrubbed: number }
  | { readonly kind: "later"; readonly why: string; readonly afterSeconds: number | null }
  | { readonly kind: "refused"; readonly code: string; readonly why: string }

/** How a report is pushed. */
export interface PushOptions {
  readonly signal: AbortSignal
  readonly fetch?: typeof fetch
  readonly now?: Now
}

/** How long a server may take to record a report, in milliseconds. */
const PATIENCE_MS = 120_000

/** What a server reads at most; it hangs up on more, which would look as if it were gone. */
const MAX_BYTES = 16 * 1024 * 1024

/** Sends one report, signed for this body and this address alone. A server that cannot be reached is an answer too. */
export async function pushReport(
  { key, reports: url }: ReporterCredentials,
  body: string,
  { signal, fetch = globalThis.fetch, now = () => new Date() }: PushOptions,
): Promise<PushAnswer> {
  if (new TextEncoder().encode(body).length > MAX_BYTES)
    return { kind: "refused", code: "body_too_large", why: `the report is larger than ${MAX_BYTES} bytes` }
  const authorization = `Tabard-Report ${await reportProof(key, { url, body }, now)}`
  const headers = { "content-type": "application/json", accept: "application/json", authorization }
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "error", signal: patience })
    return response.ok ? taken(await response.json()) : await notTaken(response)
  } catch {
    return { kind: "later", why: `no Tabard answers at ${new URL(url).origin}`, afterSeconds: null }
  }
}

function taken(answer: unknown): PushAnswer {
  const { discovered, scrubbed }: { discovered?: unknown; scrubbed?: unknown } =
    typeof answer === "object" && answer !== null ? answer : {}
  if (typeof discovered !== "number" || typeof scrubbed !== "number")
    return { kind: "later", why: "what answered is no Tabard", afterSeconds: null }
  return { kind: "taken", discovered, scrubbed }
}

async function notTaken(response: Response): Promise<PushAnswer> {
  const { code, message, status } = await refusedBy(response)
  const busy = status === 429 || status >= 500
  if (!busy) return { kind: "refused", code, why: message }
  const after = Number(response.headers.get("retry-after") ?? Number.NaN)
  return { kind: "later", why: message, afterSeconds: Number.isFinite(after) ? after : null }
}
