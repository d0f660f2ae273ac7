import { isConsequential, OPERATIONS, type Operation } from "@tabard/api"
import type { OnceAnswer, OnceWrite, RecordGate, Shelf, TraceContext } from "@tabard/control"
import { Problem } from "@tabard/core"
import { type Context, Hono } from "hono"
import { z } from "zod"
import { assertKeepable, jsonObject } from "../http/json-body.ts"
import { jsonText } from "../http/json-text.ts"
import { assertOwnSite } from "../http/own-site.ts"
import { sessionCookie } from "../http/session-cookie.ts"
import { readTraceparent } from "../http/trace-parent.ts"
import { assertMay } from "./assert-may.ts"
import { type ApiCaller, assertWithinScopes, bearerToken, type CallerDeps, callerOf } from "./caller.ts"
import type { Handlers, RequestContext, SentFile } from "./handler.ts"
import { namedWrite, type ReadRequest } from "./once.ts"

/** The largest body that the API reads where an operation does not say otherwise. */
const MAX_BODY = 1024 * 1024

export interface ApiDeps extends CallerDeps {
  /**
   * Answers the handlers that see and touch what whoever asks may, and record the API token where one asks, and the trace
   * that the request belongs to.
   */
  readonly handlers: (caller: ApiCaller | undefined, within: Within) => Handlers
  /** Lets an act through that no agent would govern itself by, before anything of it is done. */
  readonly admit: (caller: ApiCaller, act: Act) => Promise<void>
  /** Origins that are this console's own. */
  readonly origins: ReadonlySet<string>
  /** Asked before anything of consequence is done. */
  readonly record: RecordGate
  /** Does a write that is named by a key once. */
  readonly writeOnce: (write: OnceWrite, act: (shelf: Shelf) => Promise<string>) => Promise<OnceAnswer>
}

/** What a request's work is part of: a trace, and a shelf where it is not the usual one. */
export interface Within {
  readonly trace: TraceContext | undefined
  readonly shelf?: Shelf | undefined
  /** What is asked for, and with what. */
  readonly act?: Act | undefined
}

/** An operation that changes something, and what it was asked with. */
export interface Act {
  readonly operation: string
  readonly input: unknown
}

type Handle = (context: RequestContext, input: unknown) => Promise<unknown>

/** Mounts every operation of the table: who may, what is read, one call, the answer. */
export function mountApi(deps: ApiDeps): Hono {
  const app = new Hono()
  for (const [name, operation] of Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })) {
    const handle: Mounted["handle"] = (caller, within) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handlers are typed by the same table
      deps.handlers(caller, within)[name as keyof Handlers] as Handle
    app.on(operation.method, operation.path, (context) => answer(deps, context, { name, operation, handle }))
  }
  app.all("*", () => {
    throw new Problem("route_not_found", "there is no such address in the API")
  })
  return app
}

/** One operation as it is mounted. */
interface Mounted {
  readonly name: string
  readonly operation: Operation<unknown, unknown>
  readonly handle: (caller: ApiCaller | undefined, within: Within) => Handle
}

async function answer(deps: ApiDeps, context: Context, mounted: Mounted): Promise<Response> {
  const caller = await admitted(deps, context.req.raw, mounted)
  const input = await inputOf(mounted.operation, context)
  const read = { ...mounted, caller, input }
  if (isConsequential(mounted.name, input)) await assertRecorded(deps.record)
  const write = namedWrite(context.req.header("idempotency-key"), read)
  if (!write) return carryOut(deps, context, read)

  const acted: Response[] = []
  const once = await deps.writeOnce(write, async (shelf) => {
    const response = await carryOut(deps, context, { ...read, shelf })
    acted.push(response)
    return response.clone().text()
  })
  const [response] = acted
  if (response) return response
  context.header("idempotency-replayed", "true")
  return context.body(once.answer, 200, { "content-type": "application/json" })
}

async function carryOut(
  { publicUrl, admit }: ApiDeps,
  context: Context,
  { name, operation, caller, input, handle, shelf }: Mounted & ReadRequest & { readonly shelf?: Shelf },
): Promise<Response> {
  const files: SentFile[] = []
  const asked: RequestContext = {
    ...whoAsks(caller),
    agent: context.req.header("user-agent") ?? null,
    sendFile: (file) => files.push(file),
    setSession: (token, expires) =>
      context.header("set-cookie", sessionCookie(token, expires, publicUrl), { append: true }),
  }
  const trace = readTraceparent(context.req.header("traceparent"))
  const act = operation.method === "GET" ? undefined : { operation: name, input }
  if (caller && act) await admit(caller, act)
  const result = await handle(caller, { trace, shelf, act })(asked, input)
  const [file] = files
  if (file) return sent(context, file)
  return context.body(jsonText(result ?? {}), 200, { "content-type": "application/json" })
}

function whoAsks(caller: ApiCaller | undefined): Pick<RequestContext, "user" | "session" | "inPerson"> {
  const session = caller?.kind === "session" ? caller : undefined
  return { user: caller?.user, session: session?.session, inPerson: session?.at === "browser" }
}

/**
 * Lets through while what is done can be shown afterwards.
 *
 * @throws {Problem} record_unavailable
 */
async function assertRecorded(record: RecordGate): Promise<void> {
  const stop = await record.stop()
  if (stop) throw new Problem("record_unavailable", stop.words)
}

/** Lets through who may ask for this, before anything of what they sent is read. */
async function admitted(
  deps: ApiDeps,
  request: Request,
  { name, operation }: Mounted,
): Promise<ApiCaller | undefined> {
  const isPublic = operation.access === "public"
  // A browser sends cookies by itself, and no token: only where a cookie may speak is the header demanded.
  const header = !isPublic && bearerToken(request) === undefined
  if (operation.method !== "GET") assertOwnSite(request, { origins: deps.origins, header })
  if (isPublic) return undefined
  const caller = await callerOf(deps, request)
  assertWithinScopes(name, caller)
  assertMay(operation, caller?.user)
  return caller
}

/** Saved, never shown: what a file holds came from people and scans, and no page of ours is made of it. */
function sent(context: Context, { name, type, text }: SentFile): Response {
  context.header("content-disposition", `attachment; filename="${name}"`)
  return context.body(text, 200, { "content-type": type })
}

/** Members of the path, and the query or the body, as one flat value; a name that stands in both is refused. */
async function inputOf(operation: Operation<unknown, unknown>, context: Context): Promise<unknown> {
  const fromPath: Record<string, string> = context.req.param()
  const rest =
    operation.method === "GET"
      ? queryOf(context)
      : await jsonObject(context.req.raw, { most: operation.maxBody ?? MAX_BODY })
  const twice = Object.keys(fromPath).find((name) => Object.hasOwn(rest, name))
  if (twice) throw new Problem("body_invalid", `${twice} belongs into the address alone`)
  for (const [name, value] of Object.entries(rest)) assertKeepable(name, value)
  const input = operation.input.safeParse({ ...rest, ...fromPath })
  if (!input.success) throw new Problem("body_invalid", z.prettifyError(input.error))
  return input.data
}

/** A name that stands twice is refused: two readers could take either. */
function queryOf({ req }: Context): Readonly<Record<string, string>> {
  const twice = Object.entries(req.queries()).find(([, values]) => values.length > 1)
  if (twice) throw new Problem("body_invalid", `${twice[0]} stands in the query more than once`)
  return req.query()
}
