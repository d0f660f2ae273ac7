import { type Id, isId, Problem, type Team } from "@tabard/core"
import type { AuditEvent } from "../audit/event/audit-event.ts"
import { placed } from "../directory/teams.ts"
import type { Transaction } from "../transaction.ts"

/** What one part of a request does to who belongs to a team. */
export type MemberStep =
  | { readonly does: "add" | "remove" | "replace"; readonly users: readonly string[] }
  | { readonly does: "clear" }

type Stores = Pick<Transaction, "teams" | "users">
type Told = readonly Pick<AuditEvent, "type" | "data">[]

/** The most people that one request takes in or out. */
const MOST_MEMBERS = 20_000

/**
 * Does each step in its order, and answers what happened: nobody is told of who stays as they were.
 *
 * @throws {Problem} body_invalid, body_too_large
 */
export async function changeMembers(
  tx: Stores,
  team: Team,
  steps: readonly MemberStep[],
  joinedAt: Date,
): Promise<Told> {
  const named = steps.reduce((sum, step) => sum + (step.does === "clear" ? 0 : step.users.length), 0)
  if (named > MOST_MEMBERS)
    throw new Problem("body_too_large", `name at most ${MOST_MEMBERS} members in one request`)
  const told: Pick<AuditEvent, "type" | "data">[] = []
  for (const step of steps) told.push(...(await takeStep(tx, { team, step, joinedAt })))
  return told
}

interface Step {
  readonly team: Team
  readonly step: MemberStep
  readonly joinedAt: Date
}

async function takeStep(tx: Stores, { team, step, joinedAt }: Step): Promise<Told> {
  switch (step.does) {
    case "add":
      return join(tx, team, { users: await knownUsers(tx, step.users), joinedAt })
    case "remove":
      return leave(tx, team, await tx.teams.among(team.id, userIds(step.users)))
    case "clear":
      return leave(tx, team, new Set(await everybody(tx, team)))
    case "replace": {
      const users = await knownUsers(tx, step.users)
      const wanted = new Set(users)
      const over = (await everybody(tx, team)).filter((user) => !wanted.has(user))
      return [...(await leave(tx, team, new Set(over))), ...(await join(tx, team, { users, joinedAt }))]
    }
  }
}

async function everybody({ teams }: Stores, { id }: Team): Promise<readonly Id<"user">[]> {
  return (await teams.membersOf([id])).map(({ user }) => user)
}

async function join(
  { teams }: Stores,
  team: Team,
  { users, joinedAt }: { users: readonly Id<"user">[]; joinedAt: Date },
): Promise<Told> {
  const already = await teams.among(team.id, users)
  const coming = users.filter((user) => !already.has(user))
  await teams.joinAll(coming.map((user) => ({ team: team.id, user, joinedAt })))
  return coming.map((user) => ({ type: "team.member-added", data: placed(team, user) }))
}

async function leave({ teams }: Stores, team: Team, users: ReadonlySet<Id<"user">>): Promise<Told> {
  await teams.leaveAll(team.id, [...users])
  return [...users].map((user) => ({ type: "team.member-removed", data: placed(team, user) }))
}

/** Answers the people who are named, each once; one whom a provider cannot know is refused by name. */
async function knownUsers({ users }: Stores, named: readonly string[]): Promise<readonly Id<"user">[]> {
  const wanted = [...new Set(named)]
  const found = await users.findAll(userIds(wanted))
  const known = new Set<string>(
    found.filter(({ erasedAt, removedAt }) => !erasedAt && !removedAt).map(({ id }) => id),
  )
  const stranger = wanted.find((id) => !known.has(id))
  if (stranger !== undefined)
    throw new Problem("body_invalid", `members: there is no user ${stranger.slice(0, 80)}`)
  return userIds(wanted)
}

function userIds(named: readonly string[]): readonly Id<"user">[] {
  return [...new Set(named)].filter((one) => isId("user", one))
}
