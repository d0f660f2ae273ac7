import { type Agent, isId, Problem, type ProblemCode, type User } from "@tabard/core"
import { assertCanMove } from "../lifecycle/move-agent.ts"
import { assertCanBeOffered } from "../lifecycle/offer-ownership.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { assertDescribable, assertMayDescribe } from "../registry/describe-agent.ts"
import { assertRoom } from "../registry/maintain-agent.ts"
import type { Maintainer } from "../registry/maintainer-store.ts"
import { requirePerson } from "../registry/require-person.ts"
import type { Transaction } from "../transaction.ts"
import type { ActWish } from "./agent-act.ts"
import { type Attached, attachedTo } from "./attached.ts"

/** An agent that an act would pass over, and why. */
export interface Skipped {
  readonly agent: string
  readonly code: ProblemCode
  readonly says: string
}

/** What is asked about beforehand, for which agents, and when. */
export interface ActsLook {
  readonly act: ActWish
  readonly agents: readonly string[]
  readonly now: Date
}

/** What an act on many agents would do, if nothing else changed until then. */
export interface ActsPreview {
  /** How many agents it would be done to. */
  readonly agents: number
  readonly skipped: readonly Skipped[]
  /** What would go with them. */
  readonly attached: Attached
}

type Reads = Pick<
  Transaction,
  | "agents"
  | "approvals"
  | "instances"
  | "maintainers"
  | "observations"
  | "offers"
  | "tasks"
  | "tokens"
  | "users"
>

/**
 * Tells what an act would do to many agents, by the same conditions under which it is done; nothing changes.
 *
 * @throws {Problem} person_not_found
 */
export async function previewActs(
  tx: Reads,
  by: Caller,
  { act, agents, now }: ActsLook,
): Promise<ActsPreview> {
  const known = await knownAmong(tx, agents)
  const judging = { act, by, ...(await aboutPeople(tx, act, [...known.values()])) }
  const skipped: Skipped[] = []
  const touched: Agent[] = []
  for (const id of agents) {
    const agent = known.get(id)
    const hindrance = agent ? await hindranceOf(tx, agent, judging) : missing(id)
    if (hindrance) skipped.push({ agent: id, code: hindrance.code, says: hindrance.message })
    else if (agent) touched.push(agent)
  }
  return {
    agents: touched.length,
    skipped,
    attached: await attachedTo(tx, act.kind, { agents: touched.map(({ id }) => id), now }),
  }
}

async function knownAmong(
  { agents }: Pick<Reads, "agents">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Agent>> {
  const spelt = ids.filter((id) => isId("agent", id))
  return new Map((await agents.findAll(spelt)).map((agent) => [agent.id, agent]))
}

interface AboutPeople {
  readonly person: User | undefined
  readonly helping: ReadonlyMap<string, readonly Maintainer[]>
}

/** Reads once what the act asks of people: whom it names, and who helps already. */
async function aboutPeople(
  { users, maintainers }: Pick<Reads, "users" | "maintainers">,
  act: ActWish,
  agents: readonly Agent[],
): Promise<AboutPeople> {
  if (act.kind === "offer-ownership") {
    return { person: await requirePerson(users, act.to), helping: new Map() }
  }
  if (act.kind !== "add-maintainer") return { person: undefined, helping: new Map() }
  const helping = await maintainers.of(agents.map(({ id }) => id))
  return {
    person: await requirePerson(users, act.user),
    helping: Map.groupBy(helping, ({ agent }) => agent),
  }
}

type Judging = AboutPeople & { readonly act: ActWish; readonly by: Caller }

/** Why the act would be refused for this agent, in the words of the refusal; undefined where it would not. */
async function hindranceOf(tx: Reads, agent: Agent, judging: Judging): Promise<Problem | undefined> {
  try {
    await assertMayBeDone(tx, agent, judging)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

async function assertMayBeDone(
  tx: Reads,
  agent: Agent,
  { act, by, person, helping }: Judging,
): Promise<void> {
  if (act.kind === "set-next-review") {
    await assertMayDescribe(tx, agent, { by, insist: false })
    return assertDescribable(agent, { nextReview: act.day })
  }
  assertAnswersFor(by, agent.owner)
  if (act.kind === "offer-ownership") return person && assertCanBeOffered(agent, person)
  if (act.kind === "add-maintainer") return assertRoom(helping.get(agent.id) ?? [])
  assertCanMove(agent, act.kind)
}

function missing(id: string): Problem {
  return new Problem("agent_not_found", `there is no agent ${id.slice(0, 80)}`)
}
