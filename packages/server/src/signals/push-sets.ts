// Push-based delivery by us: https://www.rfc-editor.org/rfc/rfc8935
import {
  nextSets,
  type OutgoingSet,
  type PushOutcome,
  type SignalStream,
  settleDelivered,
  settlePush,
} from "@tabard/control"
import { z } from "zod"
import { type Answered, sendRequest } from "../http/send-request.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import type { SignalWays } from "./open-signals.ts"

/** What pushing needs. */
export interface PushDeps {
  readonly open: Pick<OpenOrganisation, "organisation" | "clock" | "shelf">
  readonly ways: Pick<SignalWays, "box" | "rules" | "signer">
}

/** How long a receiver has to answer, and how much of its answer is read. */
const LIMITS = { timeMs: 5_000, mostAnswer: 16 * 1024 }

/** For how long a stream is taken up: after that, where this process ended, another goes on. */
const HELD_MS = 10_000

/** How many signals are read at once. */
const PORTION = 20

/** What a receiver answers about a token that it will never take, whatever is put right. */
const NEVER = ["invalid_request", "invalid_state"]

const Refusal = z.object({ err: z.string().max(200), description: z.string().max(4_000).optional() })

/**
 * Pushes what waits for a stream, one after the other, until nothing is left or its receiver does not take it. What was not
 * taken stays where it is: stopped at any line, it is pushed again, under the same jti.
 */
export async function pushSets(
  { open, ways }: PushDeps,
  stream: SignalStream,
  stop: AbortSignal,
): Promise<void> {
  const { organisation, clock, shelf } = open
  const deps = { organisation, clock, transact: shelf.transact }
  const now = clock.now()
  const until = new Date(now.getTime() + HELD_MS)
  if (!(await shelf.transact((tx) => tx.signalStreams.claim(stream.id, now, until)))) return
  // Longer than it was taken up for, somebody else may have it: the next round takes it up anew.
  const isOver = (): boolean => stop.aborted || clock.now().getTime() > until.getTime() - LIMITS.timeMs
  let [goesOn, taken] = [true, false]
  while (goesOn) {
    const [current, sets] = await portionOf(shelf, stream)
    for (const set of sets) {
      if (isOver()) break
      const outcome = await push({ open, ways }, current, set, stop)
      await settlePush(deps, current, set, outcome)
      if (outcome.kind === "later" || outcome.kind === "held") return
      taken = true
    }
    goesOn = sets.length === PORTION && !isOver()
  }
  // What was taken away before it could be sent says nothing of the receiver.
  if (taken) return settleDelivered(deps, stream)
  await shelf.transact((tx) => tx.signalStreams.wake(stream.id))
}

/** Asked anew for each portion: a stream that was paused or leads elsewhere meanwhile is left as it is. */
async function portionOf(
  { snapshot }: PushDeps["open"]["shelf"],
  stream: SignalStream,
): Promise<[SignalStream, readonly OutgoingSet[]]> {
  return snapshot(async (tx) => {
    const now = await tx.signalStreams.find(stream.id)
    return now ? [now, await nextSets(tx, now, PORTION)] : [stream, []]
  })
}

async function push(
  { ways }: PushDeps,
  stream: SignalStream,
  { claims }: OutgoingSet,
  stop: AbortSignal,
): Promise<PushOutcome> {
  if (stream.delivery.method !== "push") return { kind: "held", said: "the stream is fetched, not pushed" }
  const signer = await ways.signer()
  const authorization = stream.sealed && ways.box.open(stream.id, stream.sealed)
  const request = {
    method: "POST",
    url: stream.delivery.url,
    body: await signer.sign(claims),
    headers: {
      "content-type": "application/secevent+jwt",
      accept: "application/json",
      ...(authorization && { authorization }),
    },
  } as const
  return outcomeOf(await sendRequest(ways.rules, request, { ...LIMITS, signal: stop }))
}

function outcomeOf(answer: Answered): PushOutcome {
  if (answer.kind === "answered") return answeredOutcome(answer)
  if (answer.lasting) return { kind: "held", said: answer.said }
  return { kind: "later", said: answer.said, afterMs: null }
}

function answeredOutcome({ status, headers, body }: Extract<Answered, { kind: "answered" }>): PushOutcome {
  if (status >= 200 && status < 300) return { kind: "taken" }
  if (status >= 500 || status === 429)
    return { kind: "later", said: `it answered ${status}`, afterMs: afterMs(headers["retry-after"]) }
  const refusal = status === 400 ? refusalIn(body) : undefined
  if (!refusal) return { kind: "held", said: `it answered ${status}` }
  const { err, description = null } = refusal
  if (NEVER.includes(err)) return { kind: "refused", code: err, description }
  return { kind: "held", said: `it answered 400: ${err}` }
}

function refusalIn(body: string): z.infer<typeof Refusal> | undefined {
  try {
    return Refusal.parse(JSON.parse(body))
  } catch {
    return undefined
  }
}

function afterMs(retryAfter: string | undefined): number | null {
  return retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1000 : null
}
