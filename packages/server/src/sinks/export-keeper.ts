import {
  carryOnce,
  HeldLease,
  LeaseLost,
  type Sink,
  type SinkCarrier,
  sinkLease,
  sinksAhead,
} from "@tabard/control"
import type { Id } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { EXPORT_CONTENTS, type ExportWays } from "./export-ways.ts"
import { holdLease } from "./hold-lease.ts"

/** Carries the record to its sinks. Disposing of it lets what is in flight be answered for no more, and closes connections. */
export interface ExportKeeper extends AsyncDisposable {
  /** Begins to carry for each sink that has something to do and is not at work; answers once it has looked. */
  round(): Promise<void>
  /** Answers once nobody is at work. */
  idle(): Promise<void>
}

interface Keeping {
  readonly open: Pick<OpenOrganisation, "organisation" | "clock" | "shelf">
  readonly ways: ExportWays
  /** Names this process among those that may carry. */
  readonly holder: string
  readonly onFault: (error: unknown) => void
}

/** How long a sink that gathers is left to it, before it is looked at again. */
const GATHERING_MS = 10_000

/**
 * Answers what carries the record, one portion at a time for each sink, each by itself: a receiver that is slow or down
 * holds up no other. Of several replicas one carries for a sink, under a lease of its own.
 */
export function exportKeeper(keeping: Keeping): ExportKeeper {
  const { open, onFault } = keeping
  const stop = new AbortController()
  const atWork = new Map<Id<"sink">, Promise<void>>()
  const carriers = new Carriers(keeping.ways)
  const leases = new Leases(keeping)

  const start = (sink: Sink): void => {
    const lease = leases.of(sink)
    const work = holdLease(lease, stop.signal, (fence, signal) =>
      carryAll(keeping, carriers, { sink, fence, signal }),
    )
    const ended = work.then(
      () => undefined,
      (error: unknown) => {
        // Somebody else has gone on, or the sink is not what it was: the store is asked anew.
        lease.forget()
        if (!(error instanceof LeaseLost)) onFault(error)
      },
    )
    atWork.set(
      sink.id,
      ended.finally(() => atWork.delete(sink.id)),
    )
  }
  return {
    async round() {
      const now = open.clock.now()
      const { ahead, all } = await open.shelf.snapshot(async (tx) => ({
        ahead: await sinksAhead(tx, now),
        all: await tx.sinks.list(),
      }))
      await carriers.keep(all, (id) => atWork.has(id))
      for (const sink of ahead) if (!atWork.has(sink.id) && !carriers.gathers(sink, now)) start(sink)
    },
    idle: async () => void (await Promise.all(atWork.values())),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(atWork.values())
      await carriers[Symbol.asyncDispose]()
      await leases[Symbol.asyncDispose]()
    },
  }
}

interface Work {
  readonly sink: Sink
  readonly fence: number
  readonly signal: AbortSignal
}

/** Carries for one sink until nothing is left, it is to wait, or it is other than it was. */
async function carryAll({ open, onFault }: Keeping, carriers: Carriers, work: Work): Promise<void> {
  const { organisation, clock, shelf } = open
  const deps = { organisation, clock, ...shelf, contents: EXPORT_CONTENTS, onFault }
  const carrier = await carriers.of(work.sink)
  const isSame = async (): Promise<boolean> => {
    const now = await shelf.snapshot(({ sinks }) => sinks.find(work.sink.id))
    return now?.revision === work.sink.revision
  }
  while (!work.signal.aborted && (await isSame())) {
    if (!(await carryOnce(deps, { ...work, carrier }))) break
  }
  if (carrier.everyMs !== undefined) carriers.rest(work.sink, clock.now())
}

/** How long a sink is led without a word: another replica goes on within seconds where this one dies. */
const LEASE_MS = 10_000

/** The leases of the sinks that were carried for; whoever starts next need not wait for their end. */
class Leases implements AsyncDisposable {
  readonly #keeping: Keeping
  readonly #held = new Map<Id<"sink">, HeldLease>()

  constructor(keeping: Keeping) {
    this.#keeping = keeping
  }

  of({ id }: Sink): HeldLease {
    const known = this.#held.get(id)
    if (known) return known
    const { open, holder } = this.#keeping
    const deps = { transact: open.shelf.transact, clock: open.clock, holder }
    const lease = new HeldLease(deps, { job: sinkLease(id), ms: LEASE_MS })
    this.#held.set(id, lease)
    return lease
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const lease of this.#held.values()) await lease[Symbol.asyncDispose]().catch(this.#keeping.onFault)
  }
}

/** The carriers that are open, one for each sink as it is now: their connections are kept between portions. */
class Carriers implements AsyncDisposable {
  readonly #ways: ExportWays
  readonly #open = new Map<Id<"sink">, { readonly revision: number; readonly carrier: SinkCarrier }>()
  readonly #resting = new Map<Id<"sink">, number>()

  constructor(ways: ExportWays) {
    this.#ways = ways
  }

  async of(sink: Sink): Promise<SinkCarrier> {
    const known = this.#open.get(sink.id)
    if (known?.revision === sink.revision) return known.carrier
    await known?.carrier[Symbol.asyncDispose]()
    const carrier = this.#ways.carrier(sink)
    this.#open.set(sink.id, { revision: sink.revision, carrier })
    return carrier
  }

  /** Closes those of sinks that are no more, are paused or were changed, but none that is at work. */
  async keep(sinks: readonly Sink[], isAtWork: (id: Id<"sink">) => boolean): Promise<void> {
    for (const [id, { revision, carrier }] of this.#open) {
      if (isAtWork(id)) continue
      const sink = sinks.find((one) => one.id === id)
      if (sink?.state === "running" && sink.revision === revision) continue
      this.#open.delete(id)
      await carrier[Symbol.asyncDispose]()
    }
  }

  /** Has a sink that gathers left alone for a moment. */
  rest({ id }: Sink, now: Date): void {
    this.#resting.set(id, now.getTime() + GATHERING_MS)
  }

  gathers({ id }: Sink, now: Date): boolean {
    return (this.#resting.get(id) ?? 0) > now.getTime()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.keep([], () => false)
  }
}
