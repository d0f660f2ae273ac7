import { AGENTS_APPLICATION, type Sought } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { type Context, Hono, type MiddlewareHandler } from "hono"
import { jsonText } from "../http/json-text.ts"
import { problemJson } from "../http/problem-json.ts"
import { problemResponse } from "../http/problem-response.ts"
import { type AccessCaller, type AccessCallerDeps, accessCaller } from "./access-caller.ts"
import { AccessRefused } from "./access-refused.ts"
import { APPLICATIONS_PATH, ENDPOINTS, WELL_KNOWN } from "./addresses.ts"
import { answerEvaluation, answerEvaluations, type KeepEvaluations } from "./answer-question.ts"
import { answerSearch } from "./answer-search.ts"
import type { DecisionPoint } from "./decision-point.ts"
import { decisionPointMetadata } from "./metadata.ts"
import { readAccessBody } from "./read-access-body.ts"

/** What the door stands before. */
export interface AccessDoorDeps extends AccessCallerDeps {
  readonly publicUrl: string
  /** What the organisation is called in addresses: those under /o/ are the same as those at the root. */
  readonly slug: string
  /** Answers whether an application is in force. */
  readonly exists: (name: string) => Promise<boolean>
  /** Answers the application as this caller may ask it; undefined where it is not theirs to ask, or not there. */
  readonly pointFor: (name: string, caller: AccessCaller) => Promise<DecisionPoint | undefined>
  readonly keepFor: (caller: AccessCaller) => KeepEvaluations
  /** Hears of faults of ours. */
  readonly onFault: (error: unknown) => void
}

/** The decision point over HTTP: the built-in application at the root, and each other under an address of its own. */
export function accessDoor(deps: AccessDoorDeps): Hono {
  const door = new Hono()
  door.onError((error) => refusalOf(deps, error))
  const own = `/o/${deps.slug}`
  for (const prefix of ["", own]) {
    for (const path of ["", `${APPLICATIONS_PATH}/:application`]) {
      door.get(`${WELL_KNOWN}${prefix}${path}`, (context) => describe(deps, context, prefix))
      mountEndpoints(door, deps, `${prefix}${path}`)
    }
  }
  // Below these nothing else is, neither a page of the console nor another organisation.
  for (const path of [WELL_KNOWN, APPLICATIONS_PATH, "/o", "/access"]) door.all(`${path}/*`, nothing)
  return door
}

function nothing(): never {
  throw new AccessRefused(404, "application_not_found", "there is no such decision point here")
}

type Answer = (point: DecisionPoint, keep: KeepEvaluations, body: JsonObject) => Promise<JsonObject>

const searching =
  (sought: Sought): Answer =>
  (point, _, body) =>
    answerSearch(point, sought, body)

/** How each endpoint answers, by its path. */
const ANSWERS: readonly (readonly [string, Answer])[] = [
  [ENDPOINTS.access_evaluation_endpoint, answerEvaluation],
  [ENDPOINTS.access_evaluations_endpoint, answerEvaluations],
  [ENDPOINTS.search_subject_endpoint, searching("subject")],
  [ENDPOINTS.search_resource_endpoint, searching("resource")],
  [ENDPOINTS.search_action_endpoint, searching("action")],
]

function mountEndpoints(door: Hono, deps: AccessDoorDeps, base: string): void {
  for (const [path, how] of ANSWERS) {
    door.use(`${base}${path}`, echoRequestId)
    door.post(`${base}${path}`, (context) => answer(deps, context, how))
    door.all(`${base}${path}`, () =>
      problemJson(405, "method_not_allowed", "ask with POST", { allow: "POST" }),
    )
  }
}

async function answer(deps: AccessDoorDeps, context: Context, how: Answer): Promise<Response> {
  const caller = await accessCaller(deps, context)
  const name = context.req.param("application") ?? AGENTS_APPLICATION
  const point = await deps.pointFor(name, caller)
  if (!point) throw new AccessRefused(404, "application_not_found", "there is no such application here")
  const json = await how(point, deps.keepFor(caller), await readAccessBody(context.req.raw))
  return context.body(jsonText(json), 200, ANSWERED)
}

const ANSWERED = { "content-type": "application/json", "cache-control": "no-store" } as const

/** The same identifier comes back, whatever is answered (§10.1.3). */
const echoRequestId: MiddlewareHandler = async (context, next) => {
  const id = context.req.header("x-request-id")
  await next()
  if (id !== undefined) context.res.headers.set("x-request-id", id)
}

async function describe(deps: AccessDoorDeps, context: Context, prefix: string): Promise<Response> {
  const name = context.req.param("application")
  if (name !== undefined && (name === AGENTS_APPLICATION || !(await deps.exists(name))))
    throw new AccessRefused(404, "application_not_found", "there is no such application here")
  const path = name === undefined ? "" : `${APPLICATIONS_PATH}/${name}`
  const metadata = decisionPointMetadata(`${deps.publicUrl}${prefix}${path}`, {
    demands: name !== undefined,
  })
  return context.json(metadata, 200, { "cache-control": "public, max-age=300" })
}

/** A refusal says why, and is no decision (§10.1.2). */
export function refusalOf({ onFault }: Pick<AccessDoorDeps, "onFault">, error: unknown): Response {
  const refusal = refusalWords(onFault, error)
  refusal.headers.set("cache-control", "no-store")
  return refusal
}

function refusalWords(onFault: AccessDoorDeps["onFault"], error: unknown): Response {
  if (error instanceof AccessRefused)
    return problemJson(error.status, error.code, error.message, error.headers)
  onFault(error)
  return problemResponse(error)
}
