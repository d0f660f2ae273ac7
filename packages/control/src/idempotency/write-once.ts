import { type Clock, newHandle, Problem } from "@tabard/core"
import type { Shelf } from "../transaction.ts"
import type { WriteAttempt, WriteKey, WriteState } from "./idempotency-store.ts"

/** A write that may be asked again without being done again. */
export interface OnceWrite extends WriteKey {
  /** The hash of what is asked. */
  readonly request: string
  /** Whether its answer may be kept: one that holds a secret may not. */
  readonly keepAnswer: boolean
}

/** What a write answered, now or when it was done. */
export interface OnceAnswer {
  readonly answer: string
  readonly replayed: boolean
}

/** For how long a key stands for its write. */
export const KEY_LIFE_MS: number = 24 * 60 * 60 * 1000

/** How long a write may be under way before whoever does it is taken for gone. */
const UNDER_WAY_MS = 60 * 1000

/** The most keys of one principal, and the largest answer that is kept, in letters. */
const MOST_KEYS = 10_000
const MAX_ANSWER = 256 * 1024

/**
 * Does a write once for a key: who asks the same again is given the same answer. `act` is handed a shelf on which every
 * transaction is marked with this attempt: a slow one whose key another has taken commits nothing any more, and one that
 * was killed half-way is known to have acted, or not to have.
 *
 * @throws {Problem} idempotency_key_reused, idempotency_in_flight, idempotency_answer_gone, too_many_requests
 */
export async function writeOnce(
  { shelf, clock }: { readonly shelf: Shelf; readonly clock: Clock },
  write: OnceWrite,
  act: (shelf: Shelf) => Promise<string>,
): Promise<OnceAnswer> {
  const { principal, key, request, keepAnswer } = write
  const now = clock.now()
  const attempt: WriteAttempt = { principal, key, request, run: newHandle(), startedAt: now }
  const held = await taken(shelf, attempt)
  if (held) return { answer: answerOf(held, attempt), replayed: true }
  try {
    const answer = await act(markedBy(shelf, attempt))
    const kept = keepAnswer && answer.length <= MAX_ANSWER
    await shelf.transact(async ({ idempotency }) => {
      if (kept) await idempotency.answer(write, attempt.run, answer)
      else await idempotency.act(write, attempt.run)
    })
    return { answer, replayed: false }
  } catch (error) {
    await shelf.transact(({ idempotency }) => idempotency.release(write, attempt.run))
    throw error
  }
}

/** Takes the key for this attempt, or answers who holds it. */
async function taken(shelf: Shelf, attempt: WriteAttempt): Promise<Held | undefined> {
  const before = (ms: number) => new Date(attempt.startedAt.getTime() - ms)
  return shelf.transact(async ({ idempotency }) => {
    const retaking = { keptSince: before(KEY_LIFE_MS), aliveSince: before(UNDER_WAY_MS) }
    if (!(await idempotency.begin(attempt, retaking))) return idempotency.find(attempt)
    if ((await idempotency.count(attempt.principal)) > MOST_KEYS)
      throw new Problem("too_many_requests", `you hold ${MOST_KEYS} idempotency keys of the last 24 hours`)
    return undefined
  })
}

type Held = WriteAttempt & { readonly state: WriteState }

function answerOf({ request, state, startedAt }: Held, attempt: WriteAttempt): string {
  if (request !== attempt.request)
    throw new Problem("idempotency_key_reused", "this key stands for another request: send a new one")
  if (state.kind === "answered") return state.answer
  if (attempt.startedAt.getTime() - startedAt.getTime() < UNDER_WAY_MS)
    throw new Problem("idempotency_in_flight", "this request is being done: ask again shortly")
  throw new Problem(
    "idempotency_answer_gone",
    "this was done, and its answer is not kept: look what came of it",
  )
}

function markedBy({ snapshot, transact }: Shelf, attempt: WriteAttempt): Shelf {
  return {
    snapshot,
    transact: (work) =>
      transact(async (tx) => {
        if (!(await tx.idempotency.act(attempt, attempt.run)))
          throw new Problem("idempotency_in_flight", "somebody else took this key over: ask again shortly")
        return work(tx)
      }),
  }
}
