import type { Clock } from "@tabard/core"
import type { Context, MiddlewareHandler } from "hono"
import { bearerToken } from "../api/caller.ts"
import { SCIM_PATH } from "../scim/changed-by.ts"
import { scimError } from "../scim/scim-json.ts"
import { ScimRefusal } from "../scim/scim-refusal.ts"
import { CALLBACK_PATH } from "../sign-in/provider-door.ts"
import { type AttemptBounds, Attempts } from "./attempts.ts"
import { problemJson } from "./problem-json.ts"
import { sessionToken } from "./session-cookie.ts"

/**
 * Codes and cookies have 128 random bits and more: no number of guesses comes near one. What is bounded is what guessing
 * costs us, and how long it goes unnoticed. A person who mistypes never comes near it.
 */
const CODES: AttemptBounds = {
  perAddress: { burst: 60, perSecond: 1 },
  everybody: { burst: 1200, perSecond: 20 },
  own: 5,
  addresses: 20_000,
}

/** More for what browsers and machines send by themselves, also when it is over. */
const PROOFS: AttemptBounds = {
  perAddress: { burst: 300, perSecond: 5 },
  everybody: { burst: 6000, perSecond: 100 },
  own: 20,
  addresses: 20_000,
}

/** Says whether an answer says that a guess was wrong. */
type IsWrong = (answer: Response) => boolean | Promise<boolean>

/** Where a guess is the whole request, and which answers say that it was wrong. */
const GUESSED: ReadonlyMap<string, IsWrong> = new Map<string, IsWrong>([
  ["POST /api/v1/sign-in/check", isWrongCode],
  ["POST /api/v1/sign-in", isWrongCode],
  ["POST /api/v1/device-sign-ins/check", isWrongCode],
  ["POST /api/v1/device-sign-ins/answer", isWrongCode],
  ["POST /api/v1/enrolments", isWrongCode],
  ["POST /api/v1/key-rotations", isWrongCode],
  ["POST /api/v1/reporter-enrolments", isWrongCode],
  [`GET ${CALLBACK_PATH}`, ({ headers }) => headers.get("location")?.includes("refused=") === true],
])

export interface AttemptGateDeps {
  readonly clock: Clock
  /** The console's address, by which its cookie is named. */
  readonly publicUrl: string
  /** The address that a request counts for. */
  readonly addressOf: (context: Context) => string
}

/**
 * Bounds how often an address guesses wrong: one-time codes, ways back from a provider, cookies and API tokens. A cookie
 * or token that is right passes whatever was guessed beside it; for a code nobody looks once there were too many.
 */
export function attemptGate({ clock, publicUrl, addressOf }: AttemptGateDeps): MiddlewareHandler {
  const codes = new Attempts(CODES, clock)
  const proofs = new Attempts(PROOFS, clock)
  return async (context, next) => {
    const isWrong = GUESSED.get(`${context.req.method} ${context.req.path}`)
    const attempt = isWrong && codes.begin(addressOf(context))
    if (attempt && !attempt.allowed) return tooMany(context, attempt.retryAfterMs)
    await next()
    if (attempt && !(await isWrong?.(context.res))) attempt.succeeded()
    const wrong = isUnknownProof(context, publicUrl) ? proofs.begin(addressOf(context)) : undefined
    if (wrong && !wrong.allowed) context.res = tooMany(context, wrong.retryAfterMs)
    return undefined
  }
}

/** Refusals of who asks, given before a code is read: whoever gets one has guessed nothing and learnt nothing. */
const UNREAD: ReadonlySet<unknown> = new Set(["scope_missing", "not_allowed", "cross_site_request"])

async function isWrongCode(answer: Response): Promise<boolean> {
  if (answer.status !== 403) return false
  const problem: unknown = await answer.clone().json()
  return !UNREAD.has(Object(problem).code)
}

/** Where cookies and tokens are looked at: the decision point also below an organisation's own address. */
const PROVED = /^\/(?:api\/v1|log|scim\/v2|ssf|(?:o\/[^/]+\/)?(?:access\/v1|pdp))\//

/** Nobody is found who carries what could be a cookie or a token of ours; who carries nothing of the kind guesses nothing. */
function isUnknownProof({ req, res }: Context, publicUrl: string): boolean {
  if (res.status !== 401 || !PROVED.test(req.path)) return false
  return (bearerToken(req.raw) ?? sessionToken(req.raw, publicUrl)) !== undefined
}

function tooMany({ req }: Context, retryAfterMs: number): Response {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  const words = `too many attempts failed from this address: come back in ${seconds} ${seconds === 1 ? "second" : "seconds"}`
  const headers = { "retry-after": String(seconds) }
  return req.path.startsWith(SCIM_PATH)
    ? scimError(new ScimRefusal(429, undefined, words), headers)
    : problemJson(429, "too_many_requests", words, headers)
}
