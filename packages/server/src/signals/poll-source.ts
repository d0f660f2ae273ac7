// Poll-based delivery to us: https://www.rfc-editor.org/rfc/rfc8936
import { type FailedTry, type SignalSource, settleAsking } from "@tabard/control"
import { z } from "zod"
import { sendRequest } from "../http/send-request.ts"
import { type HearDeps, hearSet } from "./hear-set.ts"
import { SetRefused } from "./set-refused.ts"

/** How long a source may hold a request, and how much of its answer is read. */
const LIMITS = { timeMs: 60_000, mostAnswer: 4 * 1024 * 1024 }

/** For how long a source is taken up by one process: longer than it may hold a request. */
const HELD_MS = 90_000

/** How many signals are asked for at once. */
const MOST_SETS = 25

const Answer = z.object({ sets: z.record(z.string().max(400), z.string()).optional() })

/** What is said of the signals that came: taken, or why not. */
interface Receipts {
  readonly ack: readonly string[]
  readonly setErrs: Readonly<Record<string, { readonly err: string; readonly description: string }>>
}

const NONE: Receipts = { ack: [], setErrs: {} }

/**
 * Asks a source for what it has, acts on it, and says so. What was acted on and not acknowledged comes again, and does
 * nothing more. Answers false where another process asks, or the source is to be left alone.
 */
export async function pollSource(deps: HearDeps, source: SignalSource, stop: AbortSignal): Promise<boolean> {
  const { organisation, clock, shelf } = deps
  const now = clock.now()
  const until = new Date(now.getTime() + HELD_MS)
  if (!(await shelf.transact((tx) => tx.signalSources.claim(source.id, now, until)))) return false
  const failed = await ask(deps, source, stop).catch((error: unknown): FailedTry => {
    if (!(error instanceof SourceSilent)) throw error
    return { kind: error.lasting ? "held" : "later", said: error.message }
  })
  if (stop.aborted) return false
  await settleAsking({ organisation, clock, transact: shelf.transact }, source, failed)
  return failed === undefined
}

/** A source that did not answer as one does; in words of ours. */
class SourceSilent extends Error {
  override readonly name = "SourceSilent"
  /** Whether a person has to put something right before it answers. */
  readonly lasting: boolean

  constructor(message: string, lasting: boolean, options?: ErrorOptions) {
    super(message, options)
    this.lasting = lasting
  }
}

/** What a source answers until a person puts something right: who we are, or where we ask. */
const LASTING = [401, 403, 404]

async function ask(deps: HearDeps, source: SignalSource, stop: AbortSignal): Promise<undefined> {
  const sets = await poll(deps, source, { maxEvents: MOST_SETS, returnImmediately: false, ...NONE }, stop)
  const receipts = await hearAll(deps, source, sets)
  if (receipts === NONE) return
  // At once: what is acknowledged with the next question would come again if this process ended meanwhile.
  await poll(deps, source, { maxEvents: 0, returnImmediately: true, ...receipts }, stop)
}

async function hearAll(
  deps: HearDeps,
  source: SignalSource,
  sets: Readonly<Record<string, string>>,
): Promise<Receipts> {
  const jtis = Object.keys(sets)
  if (jtis.length === 0) return NONE
  const ack: string[] = []
  const setErrs: Record<string, { err: string; description: string }> = {}
  for (const jti of jtis) {
    try {
      await hearSet(deps, source, sets[jti] ?? "")
      ack.push(jti)
    } catch (error) {
      if (!(error instanceof SetRefused)) throw new SourceSilent(wordsOf(error), false, { cause: error })
      setErrs[jti] = { err: error.code, description: error.message }
    }
  }
  return { ack, setErrs }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 400) : "it could not be heard"
}

async function poll(
  { signals }: HearDeps,
  source: SignalSource,
  asked: Receipts & { readonly maxEvents: number; readonly returnImmediately: boolean },
  stop: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  if (source.delivery.method !== "poll") return {}
  const authorization = source.sealed && signals.box.open(source.id, source.sealed)
  const request = {
    method: "POST",
    url: source.delivery.url,
    body: JSON.stringify(asked),
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(authorization && { authorization }),
    },
  } as const
  const answer = await sendRequest(signals.rules, request, { ...LIMITS, signal: stop })
  if (answer.kind === "failed") throw new SourceSilent(answer.said, answer.lasting)
  if (answer.status !== 200 || !answer.whole) {
    throw new SourceSilent(`it answered ${answer.status}`, LASTING.includes(answer.status))
  }
  const parsed = Answer.safeParse(jsonOf(answer.body))
  if (!parsed.success) throw new SourceSilent("it answered no sets as RFC 8936 has them", false)
  return parsed.data.sets ?? {}
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
