import { type SignalSource, type SignalStream, streamsAhead, transmit } from "@tabard/control"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import type { SignalWays } from "./open-signals.ts"
import { pollSource } from "./poll-source.ts"
import { pushSets } from "./push-sets.ts"

/** Tells receivers, and asks sources. Disposing of it gives up what is in flight: it is done again by whoever goes on. */
export interface SignalKeeper extends AsyncDisposable {
  /** Looks what has to be told or asked, and begins with it; answers once it has looked. */
  round(): Promise<void>
}

interface Keeping {
  readonly open: Pick<OpenOrganisation, "organisation" | "clock" | "shelf" | "publicUrl">
  readonly ways: SignalWays
  readonly onFault: (error: unknown) => void
}

/** How many transactions of looking at the record one round takes for a stream. */
const STEPS = 20

/** Answers what tells receivers and asks sources, each by itself: one that is slow or down holds up no other. */
export function signalKeeper({ open, ways, onFault }: Keeping): SignalKeeper {
  const { organisation, clock, shelf, publicUrl } = open
  const stop = new AbortController()
  const atWork = new Map<string, Promise<void>>()
  const start = (id: string, work: () => Promise<unknown>): void => {
    if (atWork.has(id) || stop.signal.aborted) return
    const ended = work()
      .then(() => undefined, onFault)
      .finally(() => atWork.delete(id))
    atWork.set(id, ended)
  }
  const deps = { organisation, clock, transact: shelf.transact, issuer: publicUrl }
  const look = async (stream: SignalStream): Promise<void> => {
    for (let taken = 0; taken < STEPS && (await transmit(deps, stream.id)) > 0; taken++);
  }
  const hear = async (source: SignalSource): Promise<void> => {
    const heard = { organisation, clock, shelf, signals: ways }
    while (
      !stop.signal.aborted &&
      (await isSame(open, source)) &&
      (await pollSource(heard, source, stop.signal))
    );
  }
  return {
    async round() {
      const now = clock.now()
      const { behind } = await shelf.snapshot((tx) => streamsAhead(tx, now))
      for (const stream of behind) await look(stream)
      const { due, sources } = await shelf.snapshot(async (tx) => ({
        due: (await streamsAhead(tx, now)).due,
        sources: await tx.signalSources.list(),
      }))
      for (const stream of due) start(stream.id, () => pushSets({ open, ways }, stream, stop.signal))
      for (const source of sources) if (isAsked(source)) start(source.id, () => hear(source))
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(atWork.values())
    },
  }
}

function isAsked({ delivery, state }: SignalSource): boolean {
  return delivery.method === "poll" && state === "running"
}

async function isSame({ shelf }: Keeping["open"], { id, revision }: SignalSource): Promise<boolean> {
  return (await shelf.snapshot((tx) => tx.signalSources.find(id)))?.revision === revision
}
