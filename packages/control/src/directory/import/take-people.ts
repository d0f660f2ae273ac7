import { type Id, newId, Problem, type Team, type User } from "@tabard/core"
import { switchOff } from "../../access/people.ts"
import type { AuditEvent, RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvents } from "../../audit/event/record-event.ts"
import { callOffDeparture } from "../../lifecycle/departure/start-departure.ts"
import type { Caller } from "../../registry/caller.ts"
import { indexPeople, indexTeams } from "../../search/index-things.ts"
import type { Transaction } from "../../transaction.ts"
import { MOST_TEAMS, placed } from "../teams.ts"
import { caseless, type KnownDirectory, TeamNames } from "./known-directory.ts"
import type { PlannedPerson } from "./plan-people.ts"

/** The stores that an import writes. */
export type PeopleStores =
  | "instances"
  | "clientGrants"
  | "invitations"
  | "organisation"
  | "agents"
  | "oauthModels"
  | "offers"
  | "outbox"
  | "plans"
  | "provisioned"
  | "search"
  | "sessions"
  | "teams"
  | "users"

type Stores = Pick<Transaction, PeopleStores>
type Entering = Extract<PlannedPerson, { does: "enter" }>
type Changing = Extract<PlannedPerson, { does: "change" }>
type Type = AuditEvent["type"]
type Told = readonly [Type, NonNullable<AuditEvent["data"]>]

/** What is to be done, all of it in one transaction. */
export interface PeopleToTake {
  readonly by: Caller
  readonly known: KnownDirectory
  readonly lines: readonly PlannedPerson[]
  /** Who is switched off because the file does not name them. */
  readonly off: readonly User[]
}

/** Does what was planned, and answers whose agents are to be looked at anew. */
export async function takePeople(
  deps: RecordContext,
  tx: Stores,
  { by, known, lines, off }: PeopleToTake,
): Promise<readonly Id<"user">[]> {
  const entering = lines.filter((line) => line.does === "enter")
  const changing = lines.filter((line) => line.does === "change")
  if (entering.length + changing.length + off.length === 0) return []
  const ids = new Map([...known.byEmail].map(([email, { id }]) => [email, id]))
  for (const { person } of entering) ids.set(caseless(person.email), newId("user", deps.clock))

  const told = [
    ...(await enterAll(deps, tx, { entering, ids })),
    ...(await changeAll(deps, tx, { changing, ids, known })),
    ...(await placeAll(deps, tx, { lines: [...entering, ...changing], ids, known })),
  ]
  for (const person of off) await switchOff(deps, tx, { by, person, reason: "not in the imported file" })
  await tx.organisation.bumpVersion()
  const counts = { entered: entering.length, changed: changing.length, deactivated: off.length }
  const actor = { kind: "user", id: by.id } as const
  const all: readonly Told[] = [...told, ["people.imported", { ...counts, lines: lines.length }]]
  await recordEvents(
    deps,
    tx.outbox,
    all.map(([type, data]) => ({ type, actor, data })),
  )
  const back = changing.filter(({ change }) => change.reactivate).map(({ user }) => user.id)
  return [...back, ...off.map(({ id }) => id)]
}

type Ids = ReadonlyMap<string, Id<"user">>

function idOf(ids: Ids, email: string): Id<"user"> {
  const id = ids.get(caseless(email))
  if (!id) throw new Error("a person who was planned has an id")
  return id
}

async function enterAll(
  { clock }: RecordContext,
  { search, users }: Stores,
  { entering, ids }: { entering: readonly Entering[]; ids: Ids },
): Promise<readonly Told[]> {
  const createdAt = clock.now()
  const people = entering.map(({ person, manager }): User => {
    const boss = manager === undefined ? {} : { manager: idOf(ids, manager) }
    return { id: idOf(ids, person.email), ...person, active: true, createdAt, ...boss }
  })
  if ((await users.addAll(people)) !== people.length)
    throw new Problem("person_exists", "somebody of the file was made by somebody else just now: look again")
  await indexPeople({ search }, people)
  return people.map(({ id, role }) => ["person.entered", { user: id, role }])
}

async function changeAll(
  deps: RecordContext,
  tx: Stores,
  { changing, ids, known }: { changing: readonly Changing[]; ids: Ids; known: KnownDirectory },
): Promise<readonly Told[]> {
  const { search, users } = tx
  const told: Told[] = []
  for (const { user, change } of changing) {
    if (change.reactivate && (await users.setActive(user.id, true))) {
      await callOffDeparture(deps, tx, user.id)
      told.push(["person.reactivated", { user: user.id }])
    }
    if (change.name !== undefined && (await users.rename(user.id, change.name))) {
      await indexPeople({ search }, [{ ...user, name: change.name }])
      told.push(["person.renamed", { user: user.id, name: change.name, before: user.name }])
    }
    if (change.role !== undefined) {
      if (!(await users.setRole(user.id, change.role))) throw noAdministrator()
      told.push(["person.role-changed", { user: user.id, role: change.role, before: user.role }])
    }
  }
  return [...told, ...(await manageAll(users, { changing, ids, known }))]
}

/** All are freed first: two who change places never stand above one another on the way. */
async function manageAll(
  users: Stores["users"],
  { changing, ids }: { changing: readonly Changing[]; ids: Ids; known: KnownDirectory },
): Promise<readonly Told[]> {
  const moving = changing.flatMap(({ user, change: { manager } }) =>
    manager === undefined ? [] : [{ user, manager: idOf(ids, manager) }],
  )
  for (const { user } of moving) await users.setManager(user.id, null)
  for (const { user, manager } of moving) {
    if (!(await users.setManager(user.id, manager)))
      throw new Problem("manager_invalid", `${user.name} cannot answer to them: look at the file again`)
  }
  return moving.map(({ user, manager }) => [
    "person.manager-changed",
    { user: user.id, manager, before: user.manager ?? null },
  ])
}

async function placeAll(
  deps: RecordContext,
  tx: Stores,
  { lines, ids, known }: { lines: readonly (Entering | Changing)[]; ids: Ids; known: KnownDirectory },
): Promise<readonly Told[]> {
  const teams = await makeTeams(deps, tx, { names: lines.flatMap((line) => line.teams.join), known })
  const joined = lines.flatMap((line) =>
    line.teams.join.flatMap((name) => {
      const team = teams.all.called(name)
      return team ? [{ team, user: idOf(ids, line.email) }] : []
    }),
  )
  const joinedAt = deps.clock.now()
  await tx.teams.joinAll(joined.map(({ team, user }) => ({ team: team.id, user, joinedAt })))
  const left: Told[] = []
  for (const line of lines) {
    const user = idOf(ids, line.email)
    for (const team of line.teams.leave)
      if (await tx.teams.leave(team.id, user)) left.push(["team.member-removed", placed(team, user)])
  }
  const came = joined.map(({ team, user }): Told => ["team.member-added", placed(team, user)])
  return [...teams.told, ...came, ...left]
}

async function makeTeams(
  { clock }: RecordContext,
  { search, teams }: Stores,
  { names, known }: { names: readonly string[]; known: KnownDirectory },
): Promise<{ readonly all: TeamNames; readonly told: readonly Told[] }> {
  const all = new TeamNames(known.teams)
  const told: Told[] = []
  for (const name of new Set(names)) {
    if (all.called(name)) continue
    const words = { name, externalName: null, keptBy: "people", lead: null } as const
    const team: Team = { id: newId("team", clock), ...words, createdAt: clock.now() }
    if (all.size >= MOST_TEAMS || !(await teams.add(team)))
      throw new Problem("people_invalid", `the team ${name} cannot be made: there are ${all.size} already`)
    await indexTeams({ search }, [team])
    all.add(team)
    told.push(["team.made", { team: team.id, ...words }])
  }
  return { all, told }
}

function noAdministrator(): Problem {
  return new Problem("last_administrator", "no active administrator would be left: nothing was changed")
}
