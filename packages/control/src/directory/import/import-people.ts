import { type Id, Problem, type User } from "@tabard/core"
import { type ReassessStores, reassessOwned } from "../../access/people.ts"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { tookTooLong } from "../../register/took-too-long.ts"
import type { Caller } from "../../registry/caller.ts"
import type { Snapshot, Transact, Transaction } from "../../transaction.ts"
import { type KnownDirectory, readDirectory } from "./known-directory.ts"
import { readPeople } from "./person-line.ts"
import {
  administratorsAfter,
  type PeoplePlan,
  type PlannedPerson,
  planPeople,
  refusedFor,
} from "./plan-people.ts"
import { type PeopleStores, takePeople } from "./take-people.ts"

export interface ImportPeopleDeps extends RecordContext {
  readonly transact: Transact<PeopleStores | ReassessStores>
  readonly snapshot: Snapshot<PeopleStores>
}

/** A file of people to take in, or only to look at. */
export interface PeopleToImport {
  readonly csv: string
  readonly apply: boolean
  /** Whether people of the file who were switched off are let in again. */
  readonly reactivate: boolean
  /** How many active people the file does not name, where they are to be switched off; undefined leaves them alone. */
  readonly deactivateMissing: number | undefined
}

/** What an import did, or would do. */
export interface ImportedPeople extends PeoplePlan {
  readonly applied: boolean
  readonly ignored: readonly string[]
  readonly deactivated: number
}

/**
 * Takes a file of people in: all of it, or, where one line cannot be taken, none. Nobody gets a session or a link by it,
 * nobody becomes administrator, and one administrator stays. Who is not in the file is told, and switched off only where
 * that was asked and their number confirmed.
 *
 * @throws {Problem} people_invalid, not_allowed, last_administrator
 */
export async function importPeople(
  deps: ImportPeopleDeps,
  by: Caller,
  wish: PeopleToImport,
): Promise<ImportedPeople> {
  if (by.role !== "administrator") throw new Problem("not_allowed", "administrators import people")
  const { lines: raw, ignored } = readPeople(wish.csv)
  const planned = async (tx: Pick<Transaction, "provisioned" | "teams" | "users">): Promise<Planned> => {
    const known = await readDirectory(tx)
    return judged(planPeople(raw, known, { by, reactivate: wish.reactivate }), known, wish)
  }
  if (!wish.apply) return { ...(await deps.snapshot(planned)).plan, ignored, applied: false, deactivated: 0 }

  const { plan, off, touched } = await deps
    .transact(async (tx) => {
      const { known, ...made } = await planned(tx)
      const takes = made.plan.lines.every(({ does }) => does !== "refused")
      const asked = { by, known, lines: made.plan.lines, off: made.off }
      return { ...made, touched: takes ? await takePeople(deps, tx, asked) : undefined }
    })
    .catch((cause: unknown) => {
      throw tookTooLong(cause) ? tooMuchAtOnce(cause) : cause
    })
  // All of it is in by now. Scores and findings of agents follow in units of their own.
  for (const user of touched ?? []) await reassessOwned(deps, user)
  return { ...plan, ignored, applied: touched !== undefined, deactivated: touched ? off.length : 0 }
}

interface Planned {
  readonly plan: PeoplePlan
  readonly known: KnownDirectory
  /** Who is switched off because the file does not name them. */
  readonly off: readonly User[]
}

function judged(plan: PeoplePlan, known: KnownDirectory, wish: PeopleToImport): Planned {
  const off = wish.deactivateMissing === undefined ? [] : plan.missing
  if (wish.apply && wish.deactivateMissing !== undefined && off.length !== wish.deactivateMissing) {
    throw new Problem(
      "people_invalid",
      `${off.length} people are not in the file, and ${wish.deactivateMissing} were confirmed: nothing was changed`,
    )
  }
  const ids = new Set<Id<"user">>(off.map(({ id }) => id))
  if (administratorsAfter(plan.lines, known, ids).length > 0) return { plan, known, off }
  return { plan: { ...plan, lines: plan.lines.map(keepingAdministrator) }, known, off }
}

function keepingAdministrator(line: PlannedPerson): PlannedPerson {
  const lowers =
    line.does === "change" && line.user.role === "administrator" && line.change.role !== undefined
  return lowers ? refusedFor(line, "role: no active administrator would be left") : line
}

function tooMuchAtOnce(cause: unknown): Problem {
  const words = "it is too much for this machine to write at once, and nothing was changed: send it in parts"
  return new Problem("people_invalid", words, { cause })
}
