import { performance } from "node:perf_hooks"
import { setTimeout as pause } from "node:timers/promises"
import { recordEvent } from "@tabard/control"
import { systemClock } from "@tabard/core"
import { formatVerifierKey, proveInclusion, tileHashReader } from "@tabard/log"
import { sha256 } from "@tabard/log/node"
import { type Spread, type Standing, spreadOf } from "../contest.ts"
import type { Measuring, Table } from "../figure.ts"
import { startChild } from "../world/child.ts"
import type { KeptLog } from "../world/kept-log.ts"
import { newEvent, newRow } from "../world/recorded-events.ts"
import type { Verified } from "../world/verifying-process.ts"

const BATCH = 256

/** As many batches are timed at each size. */
const TIMED = 20

const PER_SECOND = 500

/** What a durable wait may add, what verifying a million entries may take, and what one proof may. */
const LIMITS = { wait: 15_000, verify: 20e6, proof: 2_000 }

/** What a batch costs where the log has grown; the log is left at its greatest size. */
export async function appendedAtSizes(kept: KeptLog, { quick, say, signal }: Measuring): Promise<Table> {
  const sizes = quick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000]
  const standings: Standing[] = []
  let size = 0
  for (const to of sizes) {
    say(`record: a log of ${to} entries`)
    while (size < to) {
      signal.throwIfAborted()
      size += await appended(kept, Math.min(1_000, to - size))
    }
    while ((await kept.publish()) > 0);
    const times: number[] = []
    for (let batch = 0; batch < TIMED; batch++, size += BATCH) {
      const started = performance.now()
      await appended(kept, BATCH)
      while ((await kept.publish()) > 0);
      times.push(((performance.now() - started) * 1000) / BATCH)
    }
    const ofFirst = standings[0]?.microseconds.median
    const toRival = ofFirst === undefined ? null : spreadOf(times.map((time) => time / ofFirst))
    standings.push(standing(`a log of ${to.toLocaleString("en")} entries`, spreadOf(times), toRival))
  }
  return {
    title: `an entry's whole way, one batch of ${BATCH} after another, by the size of the log`,
    standings,
  }
}

/** How long a commit makes whoever needs it wait, while as many come every second and the log follows. */
export async function waitedFor(kept: KeptLog, { quick, say, signal }: Measuring): Promise<Table> {
  say(`record: waiting for ${PER_SECOND} events a second`)
  const context = { organisation: kept.organisation, clock: systemClock }
  const waits: number[] = []
  const asked: Promise<unknown>[] = []
  const ended = new AbortController()
  const publishing = publishedEverySecond(kept, ended.signal)
  const started = performance.now()
  const count = quick ? PER_SECOND : PER_SECOND * 10
  for (let event = 0; event < count; event++) {
    const due = started + (event * 1000) / PER_SECOND
    while (performance.now() < due) await pause(1, undefined, { signal })
    const wait = kept.shelf.transact(({ outbox }) => recordEvent(context, outbox, newEvent()))
    asked.push(wait.then(() => waits.push((performance.now() - due) * 1000)))
  }
  await Promise.all(asked)
  ended.abort()
  await publishing
  const sorted = waits.toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
  const spread = { median: at(0.5), min: at(0.05), max: at(0.99) }
  return {
    title: `a durable wait at ${PER_SECOND} events a second, from the moment at which the event was due`,
    head: "p50 (p5–p99)",
    standings: againstLimit("the limit", LIMITS.wait, { name: "Tabard", spread }),
  }
}

/** What verifying all of the log takes, by a process that does nothing else. */
export async function verified(kept: KeptLog, { say }: Measuring): Promise<Table> {
  say("record: verifying all of it")
  const runs: Verified[] = []
  for (let run = 0; run < 3; run++) {
    await using child = await startChild<Verified>("verifying-process.ts", [
      kept.directory,
      formatVerifierKey(kept.signer.key),
    ])
    runs.push(child.ready)
  }
  const size = runs[0]?.size ?? 0
  const spread = spreadOf(runs.map(({ milliseconds }) => milliseconds * 1000))
  const peak = Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 2 ** 20
  return {
    title: `verifying a log of ${size.toLocaleString("en")} entries`,
    standings: againstLimit("the limit for a million", LIMITS.verify, {
      name: "verifyLog over files",
      spread,
    }),
    notes: [`it had ${Math.round(peak)} MiB of memory at most; the limit is 300`],
  }
}

/** What one proof takes from files, of entries all over the log. */
export async function proven(kept: KeptLog): Promise<Table> {
  const { size } = (await kept.head()) ?? { size: 1 }
  const times: number[] = []
  for (let proof = 0; proof < 200; proof++) {
    const started = performance.now()
    const read = tileHashReader({ tiles: kept.tiles, sha256 }, size)
    await proveInclusion({ sha256, read }, Math.floor((size * proof) / 200), size)
    times.push((performance.now() - started) * 1000)
  }
  return {
    title: `one inclusion proof from files, in a log of ${size.toLocaleString("en")} entries`,
    standings: againstLimit("the limit", LIMITS.proof, { name: "Tabard", spread: spreadOf(times) }),
  }
}

async function appended(kept: KeptLog, count: number): Promise<number> {
  const rows = await Promise.all(Array.from({ length: count }, newRow))
  await kept.shelf.transact(({ outbox }) => outbox.appendAll(rows))
  await kept.grow()
  return count
}

async function publishedEverySecond(kept: KeptLog, signal: AbortSignal): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    await (round % 4 === 0 ? kept.publish() : kept.grow())
    await pause(250, undefined, { signal }).catch(() => undefined)
  }
}

function againstLimit(
  limit: string,
  most: number,
  { name, spread }: { name: string; spread: Spread },
): readonly Standing[] {
  const ratio = { median: spread.median / most, min: spread.min / most, max: spread.max / most }
  return [standing(limit, { median: most, min: most, max: most }, null), standing(name, spread, ratio)]
}

function standing(name: string, microseconds: Spread, toRival: Spread | null): Standing {
  return { name, others: null, microseconds, toRival, toFewer: null }
}
