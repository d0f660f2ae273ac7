import type { LogProgress } from "@tabard/api"
import type { LogCheckpoint, LogGeneration, Shelf } from "@tabard/control"
import type { Organisation } from "@tabard/core"
import { publicHalves } from "../keys/key-vault.ts"
import { logOrigin } from "./log-origin.ts"
import { type LogPlaces, logFolder } from "./log-places.ts"
import type { ProvableLog } from "./provable-log.ts"

/** What every part may know of the record. */
export interface KeptRecord {
  view(): Promise<LogProgress>
  /** Answers the log that holds what has this place in the record, or the current one. */
  logAt(place: number | null): Promise<ProvableLog>
}

/** What knowing of the record needs. */
export interface KnownRecordDeps {
  readonly organisation: Organisation
  readonly shelf: Pick<Shelf, "snapshot">
  /** Where the files of the logs are; null where this process does not reach them. */
  readonly places: LogPlaces | null
}

/** Answers what the store tells of the record, whichever process publishes. */
export function knownRecord(deps: KnownRecordDeps): KeptRecord {
  const { organisation, shelf, places } = deps
  return {
    async view() {
      const { log, state } = await shelf.snapshot(async ({ logs, logState }) => ({
        log: (await logs.list())[0],
        state: await logState.find(),
      }))
      const { generation = 1, base = 0, published = 0, sequenced = 0, checkpoint = null } = state ?? {}
      const { origin, verifierKey } = log ?? (await firstLog(deps))
      return { generation, base, origin, published, sequenced, checkpoint, verifierKey }
    },
    async logAt(place) {
      const { log, checkpoint } = await shelf.snapshot(async ({ logs, logState, logCheckpoints }) => {
        const newest = (await logs.list())[0]
        const held = (place === null ? undefined : await logs.holding(place)) ?? newest
        const note = held?.ended ? held.ended.checkpoint : ((await logState.find())?.checkpoint ?? null)
        const cosigned = place === null ? undefined : await logCheckpoints.newestCosigned()
        return { log: held, checkpoint: covers(cosigned, held, place) ? cosigned.note : note }
      })
      const { number, origin, base, verifierKey } = log ?? (await firstLog(deps))
      const tiles = places?.reading(logFolder(organisation.slug, number)) ?? null
      return { origin, base, checkpoint: checkpoint ? Buffer.from(checkpoint) : null, verifierKey, tiles }
    },
  }
}

/** A checkpoint that witnesses have cosigned proves more than the newest, which they may not have seen yet. */
function covers(
  cosigned: LogCheckpoint | undefined,
  log: LogGeneration | undefined,
  place: number | null,
): cosigned is LogCheckpoint {
  if (!cosigned || !log || place === null || cosigned.generation !== log.number) return false
  return place - log.base < cosigned.size
}

/** Before the first log is kept there is one all the same, with nothing in it. */
async function firstLog({
  organisation,
  shelf,
}: KnownRecordDeps): Promise<Pick<LogGeneration, "number" | "origin" | "base" | "verifierKey">> {
  const [verifierKey = ""] = await publicHalves(shelf, "log-signing")
  return { number: 1, origin: logOrigin(organisation, 1), base: 0, verifierKey }
}
