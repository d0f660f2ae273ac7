import type { Agent, Id, User } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { nextOwner } from "../../directory/next-owner.ts"
import type { Transaction } from "../../transaction.ts"
import type { Candidate, Estate } from "./plan-departure.ts"

/** The stores that what a person leaves behind is read from. */
export type EstateReads = Pick<
  Transaction,
  | "agents"
  | "apiTokens"
  | "approvals"
  | "clientGrants"
  | "maintainers"
  | "offers"
  | "organisation"
  | "successors"
  | "tasks"
  | "tokens"
  | "users"
>

/** The most that a store answers at once. */
const PAGE = 1000

/** Answers what a person would leave behind now. */
export async function gatherEstate(
  { clock }: Pick<RecordContext, "clock">,
  tx: EstateReads,
  person: User,
): Promise<Estate> {
  const now = clock.now()
  const agents = await ownedBy(tx, person)
  const candidates = await candidatesFor(tx, person, agents)
  return {
    person,
    now,
    settings: await tx.organisation.settings(),
    agents: agents.map((agent) => ({ agent, candidates: candidates.get(agent.id) ?? [] })),
    apiTokens: await tx.apiTokens.liveOf(person.id, now),
    clientGrants: await tx.clientGrants.list({ user: person.id, limit: PAGE }),
    servedTokens: await tx.tokens.countServing(person.id, now),
    tasks: (await tx.tasks.open(now)).filter(({ onBehalfOf }) => onBehalfOf === person.id),
    questions: await onlyTheirs(tx, person),
    offers: await tx.offers.pendingTo(person.id, now, { limit: PAGE }),
    helps: await helpedWith(tx, person),
  }
}

async function ownedBy({ agents }: EstateReads, { id: owner }: User): Promise<readonly Agent[]> {
  const owned: Agent[] = []
  for (let page: readonly Agent[] | undefined; page === undefined || page.length === PAGE; ) {
    const after = owned.at(-1)?.id
    page = await agents.list({ owner, limit: PAGE, ...(after && { after }) })
    owned.push(...page)
  }
  return owned
}

/** The agent's own successor first, then whoever follows the person, then the nearest manager above them: each once. */
async function candidatesFor(
  { successors, users }: EstateReads,
  person: User,
  agents: readonly Agent[],
): Promise<ReadonlyMap<Id<"agent">, readonly Candidate[]>> {
  const named = await successors.of([person.id, ...agents.map(({ id }) => id)])
  const people = new Map((await users.list()).map((user) => [user.id, user]))
  const general: Candidate[] = []
  const fallback = named.get(person.id)
  if (fallback) general.push({ user: fallback.user, as: "default-successor" })
  const manager = nextOwner(person, people)
  if (manager) general.push({ user: manager.id, as: "manager" })
  const isThere = ({ user }: Candidate): boolean => user !== person.id && people.get(user)?.active === true
  return new Map(
    agents.map(({ id }) => {
      const own = named.get(id)
      const all: readonly Candidate[] = own ? [{ user: own.user, as: "successor" }, ...general] : general
      return [id, firstOfEach(all.filter(isThere))]
    }),
  )
}

function firstOfEach(all: readonly Candidate[]): readonly Candidate[] {
  return all.filter(({ user }, at) => all.findIndex((one) => one.user === user) === at)
}

async function onlyTheirs({ approvals, users }: EstateReads, { id }: User): Promise<Estate["questions"]> {
  const pending = await approvals.list({ state: "pending", limit: PAGE })
  const theirs = pending.filter(({ approvers }) => approvers.includes(id))
  const active = new Set((await users.list()).filter((user) => user.active).map((user) => user.id))
  return theirs
    .filter(({ approvers }) => approvers.every((one) => one === id || !active.has(one)))
    .map(({ id: question, question: { agent } }) => ({ id: question, agent }))
}

async function helpedWith({ maintainers }: EstateReads, { id }: User): Promise<readonly Id<"agent">[]> {
  const helped = await maintainers.of(await maintainers.helpedBy(id))
  return helped.filter(({ user }) => user === id).map(({ agent }) => agent)
}
