import { mkdtemp, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Contestant, hold } from "../contest.ts"
import type { Figure } from "../figure.ts"
import { type KeptLog, openKeptLog } from "../world/kept-log.ts"
import { openPlainSqlite } from "../world/plain-sqlite.ts"
import { insertRows, keepOrganisation, newRow } from "../world/recorded-events.ts"
import { appendedAtSizes, proven, verified, waitedFor } from "./grown-log.ts"

const BATCH = 256

/** The whole way of an event into the log, against the same store with nothing else and against the bare disk. */
export const record: Figure = {
  name: "record",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const plain = stack.use(await openPlainSqlite())
    keepOrganisation(plain)
    const kept = stack.use(await openKeptLog())
    const directory = await mkdtemp(join(tmpdir(), "tabard-bench-"))
    stack.defer(() => rm(directory, { recursive: true, force: true }))
    measuring.say(`record: appending by ${BATCH}`)
    const standings = await hold(
      [
        {
          name: "bare node:sqlite, the same rows and batches",
          run: (count) => insertRows(plain, count * BATCH, BATCH),
        },
        rawWrites(directory),
        wholeWay(kept),
      ],
      measuring,
    )
    const brought = { title: `${BATCH} entries brought into the log`, standings }
    const grown = stack.use(await openKeptLog())
    const waited = await waitedFor(grown, measuring)
    const appended = await appendedAtSizes(grown, measuring)
    return [brought, waited, appended, await verified(grown, measuring), await proven(grown)]
  },
}

function wholeWay(kept: KeptLog): Contestant {
  return {
    name: "Tabard: outbox, places, tiles, checkpoint",
    run: async (count) => {
      const written = new AbortController()
      const publishing = growUntil(kept, written.signal)
      for (let batch = 0; batch < count; batch++) {
        const rows = await Promise.all(Array.from({ length: BATCH }, newRow))
        await kept.shelf.transact(({ outbox }) => outbox.appendAll(rows))
      }
      written.abort()
      await publishing
      while ((await kept.publish()) > 0);
    },
  }
}

async function growUntil(kept: KeptLog, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await kept.grow()
}

function rawWrites(directory: string): Contestant {
  return {
    name: "write and fsync of the same bytes",
    run: async (count) => {
      await using file = await open(join(directory, "raw"), "a")
      for (let batch = 0; batch < count; batch++) {
        const rows = await Promise.all(Array.from({ length: BATCH }, newRow))
        await file.write(Buffer.concat(rows.map(({ bytes }) => bytes)))
        await file.sync()
      }
    },
  }
}
