import type { HttpBindings } from "@hono/node-server"
import { Problem } from "@tabard/core"
import { Hono } from "hono"
import { type ApiCaller, assertWithinScopes, type CallerDeps, callerOf } from "../caller.ts"
import type { ChangeFeed } from "./change-feed.ts"
import { BEAT } from "./change-text.ts"
import type { Listener } from "./listener.ts"
import { Seats } from "./seats.ts"

/** What the door stands before. */
export interface ChangesDeps extends CallerDeps {
  readonly changes: Pick<ChangeFeed, "listen">
}

/** How often whoever listens is asked for again. */
const PROVE_EVERY_MS = 5_000

/** In how many of those the silence is broken, and how many a connection lasts: whoever listens connects again. */
const BEAT_EVERY = 3
const MOST_PROOFS = 120

/** How many connections a person has, with those of their tokens, and how many there are. A console has one for each window that is seen. */
const PER_PERSON = 12
const MOST = 500

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
} as const

/** Where whoever is signed in hears that something changed. It ends within seconds of the session or the token. */
export function changesDoor(deps: ChangesDeps): Hono<{ Bindings: Partial<HttpBindings> }> {
  const seats = new Seats(PER_PERSON, MOST)
  const door = new Hono<{ Bindings: Partial<HttpBindings> }>()
  door.get("/", async ({ req, env }) => {
    const query = Object.keys(req.query())
    if (query.length > 0) throw new Problem("body_invalid", `nothing is known of ${query.join(", ")} here`)
    const caller = await listenerOf(deps, req.raw)
    if (!caller)
      throw new Problem("session_required", "sign in first, or send an API token as Authorization: Bearer")
    // Nobody reads what is sent to a question about its headers: it would hold a seat that nobody gives back.
    if (req.method === "HEAD") return new Response(null, { headers: HEADERS })
    const leave = seats.take(caller.user.id)
    if (!leave) throw new Problem("too_many_requests", `there are ${PER_PERSON} connections already: end one`)
    const listener = await listening(deps, {
      request: req.raw,
      caller,
      leave,
      hangUp: () => env.outgoing?.destroy(),
    })
    return new Response(listener.stream, { headers: HEADERS })
  })
  return door
}

/** Hears what the record would show them: so an API token has to be one for that. */
async function listenerOf(deps: CallerDeps, request: Request): Promise<ApiCaller | undefined> {
  const caller = await callerOf(deps, request)
  assertWithinScopes("listEvents", caller)
  return caller
}

/** One connection. */
interface Connection {
  readonly request: Request
  readonly caller: ApiCaller
  /** Gives the seat back. */
  readonly leave: () => void
  /** Closes the connection of somebody who takes nothing any more. */
  readonly hangUp: () => void
}

async function listening(deps: ChangesDeps, connection: Connection): Promise<Listener> {
  const { request, caller, leave, hangUp } = connection
  const since = request.headers.get("last-event-id") ?? undefined
  const listener = await deps.changes.listen(caller.user, since).catch((error: unknown) => {
    leave()
    throw error
  })
  let proofs = 0
  const prove = async (): Promise<void> => {
    proofs += 1
    if (listener.isGone()) hangUp()
    if (proofs % BEAT_EVERY === 0) listener.tell(BEAT)
    if (proofs >= MOST_PROOFS || !(await isStill(deps, request, caller))) listener.end()
  }
  const timer = setInterval(() => void prove(), PROVE_EVERY_MS).unref()
  void listener.left.then(() => {
    clearInterval(timer)
    leave()
  })
  return listener
}

/** Whether it is the same who listens, and may as much as when they began. */
async function isStill(deps: CallerDeps, request: Request, before: ApiCaller): Promise<boolean> {
  const now = await listenerOf(deps, request).catch(() => undefined)
  return now !== undefined && principalOf(now) === principalOf(before) && now.user.role === before.user.role
}

function principalOf(caller: ApiCaller): string {
  return caller.kind === "token" ? caller.apiToken.id : caller.user.id
}
