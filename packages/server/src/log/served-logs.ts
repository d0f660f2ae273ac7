import type { Shelf } from "@tabard/control"
import type { Clock, Organisation } from "@tabard/core"
import type { KeptRecord } from "../record/known-record.ts"
import { type LogPlaces, logFolder } from "../record/log-places.ts"
import { LogFiles } from "./log-files.ts"

/** One log as it is served. */
export interface ServedLog {
  readonly verifierKey: string
  /** Whether a checkpoint of it was published, wherever its files are. */
  readonly isPublished: boolean
  readonly files: LogFiles
}

/** Every log of an organisation. */
export interface ServedLogs {
  /** Answers the log with this number, the newest where none is named; undefined where there is none. */
  find(number: number | null): Promise<ServedLog | undefined>
}

/** What serving logs needs. */
export interface ServedLogsDeps {
  readonly organisation: Organisation
  readonly shelf: Pick<Shelf, "snapshot">
  readonly clock: Clock
  readonly places: LogPlaces
  readonly record: KeptRecord
}

/** Answers the logs of an organisation for who reads them, from wherever their files are. */
export function servedLogs({ organisation, shelf, clock, places, record }: ServedLogsDeps): ServedLogs {
  const served = new Map<number, LogFiles>()
  const filesOf = (number: number): LogFiles => {
    const files =
      served.get(number) ??
      new LogFiles(places.reading(logFolder(organisation.slug, number)), () => clock.now().getTime())
    served.set(number, files)
    return files
  }
  return {
    async find(asked) {
      const { logs, state } = await shelf.snapshot(async (tx) => ({
        logs: await tx.logs.list(),
        state: await tx.logState.find(),
      }))
      const number = asked ?? logs[0]?.number ?? 1
      const log = logs.find((one) => one.number === number)
      if (log)
        return {
          verifierKey: log.verifierKey,
          isPublished: hasCheckpoint(log.ended ?? state),
          files: filesOf(number),
        }
      // Before the first event there is a log with a key, and with nothing in it.
      if (logs.length > 0 || number !== 1) return undefined
      return {
        verifierKey: (await record.view()).verifierKey,
        isPublished: hasCheckpoint(state),
        files: filesOf(number),
      }
    },
  }
}

function hasCheckpoint(log: { readonly checkpoint: string | null } | undefined): boolean {
  return typeof log?.checkpoint === "string"
}
