import type { LogCheckpoint, LogGeneration, LogState, Shelf } from "@tabard/control"
import type { Organisation } from "@tabard/core"
import type { KeptRecord } from "../record/known-record.ts"
import { type LogPlaces, logFolder } from "../record/log-places.ts"
import { wholePolicy } from "../record/witness/whole-policy.ts"
import { LogFiles } from "./log-files.ts"

/** One log as it is served. */
export interface ServedLog {
  readonly verifierKey: string
  /** Answers the trust policy by which it is verified with its witnesses. */
  policy(): Promise<string>
  /** Whether a checkpoint of it was published, wherever its files are. */
  readonly isPublished: boolean
  /** Its newest checkpoint with the cosignatures that the policy asks for; null where none has them. */
  readonly witnessed: string | null
  /** Below which index entries were pruned, or are about to be gone. */
  readonly minimumIndex: number
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
  readonly places: LogPlaces
  readonly record: KeptRecord
}

/** Answers the logs of an organisation for who reads them, from wherever their files are. */
export function servedLogs({ organisation, shelf, places, record }: ServedLogsDeps): ServedLogs {
  const served = new Map<number, LogFiles>()
  const filesOf = (number: number): LogFiles => {
    const files = served.get(number) ?? new LogFiles(places.reading(logFolder(organisation.slug, number)))
    served.set(number, files)
    return files
  }
  return {
    async find(asked) {
      const { logs, state, prunings, cosigned } = await shelf.snapshot(async (tx) => ({
        logs: await tx.logs.list(),
        state: await tx.logState.find(),
        prunings: await tx.retention.prunings(),
        cosigned: await tx.logCheckpoints.newestCosigned(),
      }))
      const number = asked ?? logs[0]?.number ?? 1
      const log = logs.find((one) => one.number === number)
      // Before the first event there is a log with a key, and with nothing in it.
      if (!log && (logs.length > 0 || number !== 1)) return undefined
      const { verifierKey } = log ?? (await record.view())
      return {
        verifierKey,
        policy: async () =>
          wholePolicy((await shelf.snapshot(({ logPolicy }) => logPolicy.find()))?.text, verifierKey),
        isPublished: isPublished(log, state),
        witnessed: noteOf(cosigned, number),
        minimumIndex: prunings.find(({ generation }) => generation === number)?.minimum ?? 0,
        files: filesOf(number),
      }
    },
  }
}

function isPublished(log: LogGeneration | undefined, state: LogState | undefined): boolean {
  return typeof (log?.ended ?? state)?.checkpoint === "string"
}

function noteOf(checkpoint: LogCheckpoint | undefined, number: number): string | null {
  return checkpoint?.generation === number ? checkpoint.note : null
}
