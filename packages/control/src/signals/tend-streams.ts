import { type JsonObject, Problem } from "@tabard/core"
import { controlSet, findStream, type StreamCaller, type StreamDeps } from "./stream-acts.ts"
import { spelt } from "./subject.ts"

/** How long lies between two verifications that a receiver asks for (SSF 1.0 §8.1.1, min_verification_interval). */
export const VERIFY_EVERY_SECONDS = 10

/** The most subjects of one stream that are said of by themselves. */
const MOST_SUBJECTS = 10_000

/** The longest that one spelling of a subject may be. */
const MOST_SUBJECT = 4_000

/**
 * Puts a verification event into a stream (SSF 1.0 §8.1.4.2). It goes out whatever waits before it.
 *
 * @throws {Problem} signal_stream_not_found, too_many_requests
 */
export async function askVerification(
  deps: StreamDeps,
  caller: StreamCaller,
  id: string,
  state: string | undefined,
): Promise<void> {
  await deps.transact(async (tx) => {
    const stream = await findStream(tx, caller, id)
    const now = deps.clock.now()
    const since = new Date(now.getTime() - VERIFY_EVERY_SECONDS * 1000)
    if (!(await tx.signalStreams.takeVerification(stream.id, now, since)))
      throw new Problem("too_many_requests", `a stream is verified once in ${VERIFY_EVERY_SECONDS} seconds`)
    const said = state === undefined ? {} : { state }
    await tx.signalSets.addAll([controlSet(deps, stream, "verification", said)])
    await tx.signalStreams.wake(stream.id)
  })
}

/**
 * Says whether a stream is to tell of a subject (SSF 1.0 §8.1.3). Whether there is such a subject is not told.
 *
 * @throws {Problem} signal_stream_not_found, body_invalid
 */
export async function chooseSubject(
  deps: StreamDeps,
  caller: StreamCaller,
  id: string,
  { subject, told }: { readonly subject: JsonObject; readonly told: boolean },
): Promise<void> {
  const name = spelt(subject)
  if (name.length > MOST_SUBJECT)
    throw new Problem("body_invalid", "this subject is spelt at too great length")
  await deps.transact(async (tx) => {
    const stream = await findStream(tx, caller, id)
    const { many } = await tx.signalStreams.subjects(stream.id, [])
    if (many >= MOST_SUBJECTS)
      throw new Problem("body_invalid", `a stream tells of ${MOST_SUBJECTS} chosen subjects at most`)
    await tx.signalStreams.putSubject(stream.id, name, told)
  })
}
