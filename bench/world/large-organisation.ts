import { indexInventory, isIndexDue } from "@tabard/control"
import { type Id, systemClock } from "@tabard/core"
import { addCast, BEGAN, type Making } from "./large/cast.ts"
import { addFindings } from "./large/findings.ts"
import { addInventory } from "./large/inventory.ts"
import { addRecord } from "./large/record.ts"
import { addWork } from "./large/work.ts"

/** Whom and what of a large organisation a measurement asks for. */
export interface LargeOrganisation {
  readonly administrator: Id<"user">
  /** A member who owns twenty agents. */
  readonly member: Id<"user">
  /** One of the member's agents, one of somebody else's, a task that calls were made under, a reporter that scanned. */
  readonly ownAgent: Id<"agent">
  readonly otherAgent: Id<"agent">
  readonly task: Id<"task">
  readonly reporter: Id<"reporter">
}

/**
 * Puts a large organisation into an empty one, through the stores: for each agent ten credentials, twenty findings and
 * eighty events, with the people, machines, scans, servers, tasks and questions that go with them. Nothing of it is
 * random but ids and one key.
 */
export async function makeLargeOrganisation(
  making: Making,
  say: (words: string) => void = () => undefined,
): Promise<LargeOrganisation> {
  say("people and machines")
  const cast = await addCast(making)
  say("agents, servers and credentials")
  const inventory = await addInventory(making, cast)
  say("findings")
  await addFindings(making, cast, inventory)
  say("events")
  const tasks = await addRecord(making, cast, inventory)
  say("tasks and questions")
  await addWork(making, cast, { ...inventory, tasks })
  say("words")
  await indexAll(making)
  return {
    administrator: cast.administrator.id,
    member: cast.member.id,
    ownAgent: first(inventory.agents).id,
    otherAgent: first(inventory.agents.slice(inventory.agents.length / 2)).id,
    task: first(tasks),
    reporter: first(cast.reporters).id,
  }
}

/** Nothing of it was named by a use case: it is indexed as what an older program left would be. */
async function indexAll({ shelf }: Making): Promise<void> {
  const deps = { ...shelf, clock: systemClock }
  await shelf.transact(({ search }) => search.keepProgress({ wordsVersion: 0, place: null, at: BEGAN }))
  while (await isIndexDue(deps)) await indexInventory(deps)
}

function first<One>(of: readonly One[]): One {
  const [one] = of
  if (one === undefined) throw new RangeError("the organisation is too small")
  return one
}
