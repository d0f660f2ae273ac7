import { setTimeout as wait } from "node:timers/promises"
import { type Shelf, shelfFor } from "@tabard/control"
import { Problem } from "@tabard/core"
import { Hono } from "hono"
import { type ApiCaller, assertWithinScopes, type CallerDeps, callerOf } from "../caller.ts"
import { changesReader, changeText } from "./read-changes.ts"
import { Seats } from "./seats.ts"

export interface ChangesDeps extends CallerDeps {
  readonly shelf: Shelf
}

/** How often is looked, how often whoever listens is asked for again, how often silence is broken, in rounds. */
const ROUND_MS = 1000
const PROVE_EVERY = 5
const BEAT_EVERY = 15

/** How long a connection lasts; whoever listens connects again. */
const MOST_ROUNDS = 600

/** How many connections one person or token has, and how many there are. */
const PER_PRINCIPAL = 6
const MOST = 500

/** Where whoever is signed in hears that something changed. It ends within seconds of the session or the token. */
export function changesDoor(deps: ChangesDeps): Hono {
  const seats = new Seats(PER_PRINCIPAL, MOST)
  const door = new Hono()
  door.get("/", async ({ req }) => {
    const query = Object.keys(req.query())
    if (query.length > 0) throw new Problem("body_invalid", `nothing is known of ${query.join(", ")} here`)
    const caller = await listener(deps, req.raw)
    if (!caller) throw new Problem("session_required", "sign in first")
    const leave = seats.take(principalOf(caller))
    if (!leave)
      throw new Problem("too_many_requests", `there are ${PER_PRINCIPAL} connections already: end one`)
    const listening = changesHeard(deps, { request: req.raw, caller })
    return new Response(ReadableStream.from(untilLeft(listening, leave)), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    })
  })
  return door
}

/** Hears what the record would show them: so an API token has to be one for that. */
async function listener(deps: ChangesDeps, request: Request): Promise<ApiCaller | undefined> {
  const caller = await callerOf(deps, request)
  assertWithinScopes("listEvents", caller)
  return caller
}

async function* changesHeard(
  deps: ChangesDeps,
  { request, caller }: { readonly request: Request; readonly caller: ApiCaller },
): AsyncGenerator<string> {
  const read = changesReader(
    shelfFor(deps.shelf, caller.user),
    request.headers.get("last-event-id") ?? undefined,
  )
  yield "retry: 2000\n\n"
  for (let round = 1; round <= MOST_ROUNDS && !request.signal.aborted; round++) {
    for (const change of await read()) yield changeText(change)
    if (round % BEAT_EVERY === 0) yield ": still here\n\n"
    await wait(ROUND_MS, undefined, { ref: false })
    if (round % PROVE_EVERY === 0 && !(await isStill(deps, request, caller))) return
  }
}

/** Whether it is the same who listens, and may as much as when they began. */
async function isStill(deps: ChangesDeps, request: Request, before: ApiCaller): Promise<boolean> {
  const now = await listener(deps, request).catch(() => undefined)
  return now !== undefined && principalOf(now) === principalOf(before) && now.user.role === before.user.role
}

async function* untilLeft(listening: AsyncGenerator<string>, leave: () => void): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  try {
    for await (const text of listening) yield encoder.encode(text)
  } finally {
    leave()
  }
}

function principalOf(caller: ApiCaller): string {
  return caller.kind === "token" ? caller.apiToken.id : caller.user.id
}
