import { mkdtemp, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Contestant, hold } from "../contest.ts"
import type { Figure, Table } from "../figure.ts"
import { type KeptLog, openKeptLog } from "../world/kept-log.ts"
import { openPlainSqlite } from "../world/plain-sqlite.ts"
import { insertRows, keepOrganisation, newRow } from "../world/recorded-events.ts"

const BATCH = 256

/** The whole way of an event into the log, against the same store with nothing else and against the bare disk. */
export const record: Figure = {
  name: "record",
  async measure(measuring) {
    const tables: Table[] = []
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
          run: (count) => insertRows(plain, count, BATCH),
        },
        rawWrites(directory),
        wholeWay(kept),
      ],
      measuring,
    )
    tables.push({ title: `an entry brought into the log, ${BATCH} at a time`, standings })
    return tables
  },
}

function wholeWay(kept: KeptLog): Contestant {
  return {
    name: "Tabard: outbox, places, tiles, checkpoint",
    run: async (count) => {
      let writing = true
      const publishing = (async () => {
        while (writing) await kept.grow()
      })()
      for (let left = count; left > 0; left -= BATCH) {
        const rows = await Promise.all(Array.from({ length: Math.min(BATCH, left) }, newRow))
        await kept.shelf.transact(({ outbox }) => outbox.appendAll(rows))
      }
      writing = false
      await publishing
      while ((await kept.publish()) > 0);
    },
  }
}

function rawWrites(directory: string): Contestant {
  return {
    name: "write and fsync of the same bytes",
    run: async (count) => {
      await using file = await open(join(directory, "raw"), "a")
      for (let left = count; left > 0; left -= BATCH) {
        const rows = await Promise.all(Array.from({ length: Math.min(BATCH, left) }, newRow))
        await file.write(Buffer.concat(rows.map(({ bytes }) => bytes)))
        await file.sync()
      }
    },
  }
}
