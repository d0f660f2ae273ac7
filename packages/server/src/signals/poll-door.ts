// Poll-based delivery by us: https://www.rfc-editor.org/rfc/rfc8936
import { setTimeout as wait } from "node:timers/promises"
import {
  findStream,
  nextSets,
  type OutgoingSet,
  type Receipt,
  type SignalStream,
  takeReceipt,
} from "@tabard/control"
import { type JsonObject, Problem } from "@tabard/core"
import { Hono } from "hono"
import { z } from "zod"
import type { CallerDeps } from "../api/caller.ts"
import type { ApiServices } from "../api/services.ts"
import { managementRefusal, noStore, readBody } from "./management-body.ts"
import { managingCaller } from "./managing-caller.ts"

type PollDeps = ApiServices & { readonly callers: CallerDeps }

/** How many signals one answer holds: by default, and at most. */
const USUAL_SETS = 25
const MOST_SETS = 100

/** How long a request waits for a signal, how often it is looked for, and how many may wait in this process. */
const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 250
const MOST_WAITING = 100

const MOST_RECEIPTS = 1_000
const Jti = z.string().min(1).max(400)
const Refusal = z.object({ err: z.string().max(400), description: z.string().max(4_000).optional() })

const Asked = z.object({
  maxEvents: z.number().int().min(0).optional(),
  returnImmediately: z.boolean().optional(),
  ack: z.array(Jti).max(MOST_RECEIPTS).optional(),
  setErrs: z.record(Jti, Refusal).optional(),
})

/** Where receivers fetch their signals. What they acknowledge is gone before the next is answered. */
export function pollDoor(deps: PollDeps): Hono {
  const door = new Hono()
  const seats = { taken: 0 }
  door.onError(managementRefusal)
  door.use(noStore)
  door.post("/poll/:stream", async ({ req, json }) => {
    const { caller, deps: acting } = await managingCaller(deps, "manageStreams", req.raw)
    const stream = await deps.shelf.snapshot((tx) => findStream(tx, caller, req.param("stream")))
    if (stream.delivery.method !== "poll")
      throw new Problem("signal_stream_not_found", "this stream is pushed: there is nothing to fetch")
    const asked = readAsked(await readBody(req.raw, {}))
    await takeReceipt(acting, stream, receiptOf(asked))
    const limit = Math.min(asked.maxEvents ?? USUAL_SETS, MOST_SETS)
    const patience = asked.returnImmediately || seats.taken >= MOST_WAITING ? 0 : PATIENCE_MS
    seats.taken++
    try {
      return json(await answerOf(deps, stream, { limit, patience, left: req.raw.signal }))
    } finally {
      seats.taken--
    }
  })
  return door
}

function readAsked(body: JsonObject): z.infer<typeof Asked> {
  const parsed = Asked.safeParse(body)
  if (!parsed.success) throw new Problem("body_invalid", z.prettifyError(parsed.error))
  return parsed.data
}

function receiptOf({ ack = [], setErrs = {} }: z.infer<typeof Asked>): Receipt {
  const refused = Object.entries(setErrs).map(([jti, { err, description }]) => ({
    jti,
    code: err,
    description: description ?? null,
  }))
  return { taken: ack, refused }
}

interface Waiting {
  readonly limit: number
  readonly patience: number
  /** Tells that the receiver is gone. */
  readonly left: AbortSignal
}

async function answerOf(deps: PollDeps, stream: SignalStream, waiting: Waiting): Promise<JsonObject> {
  const { limit } = waiting
  // One more than is asked for tells whether there are more.
  const found = limit === 0 ? [] : await wantedSets(deps, stream, waiting)
  const signer = await deps.signals.signer()
  const signed = await Promise.all(
    found.slice(0, limit).map(async ({ jti, claims }) => [jti, await signer.sign(claims)] as const),
  )
  return { sets: Object.fromEntries(signed), moreAvailable: found.length > limit }
}

async function wantedSets(
  { shelf, signals, clock }: PollDeps,
  { id }: SignalStream,
  { limit, patience, left }: Waiting,
): Promise<readonly OutgoingSet[]> {
  const until = clock.now().getTime() + patience
  for (;;) {
    const found = await shelf.snapshot(async (tx) => {
      const stream = await tx.signalStreams.find(id)
      return stream ? nextSets(tx, stream, limit + 1) : undefined
    })
    const isOver = clock.now().getTime() >= until || left.aborted || signals.stopping.aborted
    if (found === undefined || found.length > 0 || isOver) return found ?? []
    await wait(LOOK_EVERY_MS, undefined, { signal: signals.stopping, ref: false }).catch(() => undefined)
  }
}
