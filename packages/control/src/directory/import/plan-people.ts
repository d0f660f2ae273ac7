import type { Id, Role, User } from "@tabard/core"
import type { Caller } from "../../registry/caller.ts"
import { circularManagers } from "./circular-managers.ts"
import { caseless, type KnownDirectory } from "./known-directory.ts"
import { type RawPersonLine, readPerson, type SaidOfPerson } from "./person-line.ts"
import { planTeams, type TeamsChange } from "./plan-teams.ts"

/** What is done to a person besides what their teams are. */
export interface PersonChange {
  readonly name?: string
  readonly role?: Role
  /** The email, without regard to case, of whom they answer to. */
  readonly manager?: string
  readonly reactivate?: true
}

/** What an import does with one line. */
export type PlannedPerson = {
  readonly line: number
  readonly email: string
  readonly says: readonly string[]
} & (
  | {
      readonly does: "enter"
      readonly person: Pick<User, "name" | "email" | "role">
      readonly manager: string | undefined
      readonly teams: TeamsChange
    }
  | {
      readonly does: "change"
      readonly user: User
      readonly change: PersonChange
      readonly teams: TeamsChange
    }
  | { readonly does: "nothing"; readonly user: User }
  | { readonly does: "refused"; readonly user: User | undefined }
)

/** What an import would do. */
export interface PeoplePlan {
  readonly lines: readonly PlannedPerson[]
  /** The active people whom the file does not name; whoever imports it is never among them. */
  readonly missing: readonly User[]
}

/** What whoever imports it wants besides. */
export interface ImportWishes {
  readonly by: Caller
  /** Whether people of the file who were switched off are let in again. */
  readonly reactivate: boolean
}

/** Says what an import would do with each line of a file of people, and what is wrong with it. Pure. */
export function planPeople(
  raw: readonly RawPersonLine[],
  known: KnownDirectory,
  wishes: ImportWishes,
): PeoplePlan {
  const said = raw.map((line) => ({ line, said: readPerson(line) }))
  const first = new Map<string, number>()
  for (const { line, said: one } of said) {
    const key = caseless(one.email ?? "")
    first.set(key, first.get(key) ?? line.line)
  }
  const named = new Set(first.keys())
  const planned = said.map(({ line, said: one }) => {
    const before = first.get(caseless(one.email ?? ""))
    const twice = one.email !== undefined && before !== line.line ? [`line ${before} is about them, too`] : []
    return planLine(line, { ...one, problems: [...one.problems, ...twice] }, { known, wishes, named })
  })
  return {
    lines: refuseCircular(planned, known),
    missing: [...known.byId.values()].filter(
      ({ id, active, email }) => active && id !== wishes.by.id && !named.has(caseless(email)),
    ),
  }
}

interface Around {
  readonly known: KnownDirectory
  readonly wishes: ImportWishes
  /** The emails of the file. */
  readonly named: ReadonlySet<string>
}

function planLine({ line }: RawPersonLine, said: SaidOfPerson, around: Around): PlannedPerson {
  const email = said.email ?? ""
  const user = around.known.byEmail.get(caseless(email))
  const head = { line, email: email.slice(0, 254) }
  const off = user !== undefined && !user.active && !around.wishes.reactivate
  if (off && said.problems.length === 0)
    return { ...head, does: "nothing", says: ["is switched off, and stays so"], user }

  const teams = planTeams(said.teams, user, around.known)
  const problems = [...said.problems, ...roleProblems(said, user), ...managerProblems(said, around)]
  const wrong = [
    ...problems,
    ...newProblems(said, user),
    ...scimProblems(said, user, around),
    ...teams.problems,
  ]
  if (wrong.length > 0) return { ...head, does: "refused", says: wrong, user }
  return user ? changeOf(head, { user, said, teams }, around) : entryOf(head, said, teams)
}

type Head = Pick<PlannedPerson, "line" | "email">

function entryOf(
  head: Head,
  { name = "", email = "", role = "member", manager }: SaidOfPerson,
  teams: TeamsChange,
): PlannedPerson {
  const says = [
    `enters a new ${role}`,
    ...(manager === undefined ? [] : [`who answers to ${manager}`]),
    ...teams.says,
  ]
  const boss = manager === undefined ? undefined : caseless(manager)
  return { ...head, does: "enter", says, person: { name, email, role }, manager: boss, teams }
}

function changeOf(
  head: Head,
  { user, said, teams }: { user: User; said: SaidOfPerson; teams: TeamsChange },
  { known }: Around,
): PlannedPerson {
  const change = changeIn(said, user, known)
  const says = [...changeWords(change, user), ...teams.says]
  if (says.length === 0) return { ...head, does: "nothing", says, user }
  return { ...head, does: "change", says, user, change, teams }
}

function changeIn(said: SaidOfPerson, user: User, known: KnownDirectory): PersonChange {
  const { name = user.name, role = user.role } = said
  const before = emailOfManager(user, known)
  const manager = said.manager === undefined ? before : caseless(said.manager)
  return {
    ...(name !== user.name && { name }),
    ...(role !== user.role && { role }),
    ...(manager !== before && { manager }),
    ...(!user.active && { reactivate: true }),
  }
}

function emailOfManager({ manager }: User, { byId }: KnownDirectory): string {
  return caseless((manager && byId.get(manager)?.email) ?? "")
}

function changeWords({ name, role, manager, reactivate }: PersonChange, user: User): readonly string[] {
  return [
    ...(reactivate ? ["lets them in again"] : []),
    ...(name === undefined ? [] : [`changes the name from ${user.name} to ${name}`]),
    ...(role === undefined ? [] : [`changes the role from ${user.role} to ${role}`]),
    ...(manager === undefined ? [] : [`says that they answer to ${manager}`]),
  ]
}

/** A file raises nobody to administrator: that is an act of its own, by a person about a person. */
function roleProblems({ role }: SaidOfPerson, user: User | undefined): readonly string[] {
  return role === "administrator" && user?.role !== "administrator"
    ? ["role: nobody becomes administrator by a file; invite them, or change their role by hand"]
    : []
}

function managerProblems({ manager }: SaidOfPerson, { known, named, wishes }: Around): readonly string[] {
  if (manager === undefined) return []
  const boss = known.byEmail.get(caseless(manager))
  const isNamed = named.has(caseless(manager))
  if (!boss && !isNamed) return [`manager: nobody here or in the file has the email ${manager}`]
  const stays = boss && !boss.active && !(wishes.reactivate && isNamed)
  return stays ? [`manager: ${boss.name} is switched off`] : []
}

function newProblems({ name }: SaidOfPerson, user: User | undefined): readonly string[] {
  return user || name !== undefined ? [] : ["name: it is empty"]
}

/** What a directory says over SCIM is changed there: the next time that it speaks, it would be as before. */
function scimProblems({ name }: SaidOfPerson, user: User | undefined, { known }: Around): readonly string[] {
  const kept = user && known.kept.get(user.id)
  if (!kept) return []
  return [
    ...(name === undefined || name === user.name ? [] : ["name: SCIM keeps it; change it in your directory"]),
    ...(user.active || !kept.switchedOff ? [] : ["your directory switched them off over SCIM"]),
  ]
}

/** Refuses the lines by which somebody would stand above themselves, or too many above one another. */
function refuseCircular(planned: readonly PlannedPerson[], known: KnownDirectory): readonly PlannedPerson[] {
  const boss = new Map<string, string>()
  for (const { email, manager } of known.byId.values()) {
    const above = manager && known.byId.get(manager)
    if (above) boss.set(caseless(email), caseless(above.email))
  }
  for (const plan of planned) {
    const manager = managerIn(plan)
    if (manager !== undefined) boss.set(caseless(plan.email), manager)
  }
  const wrong = circularManagers(boss)
  return planned.map((plan) => {
    const circular = managerIn(plan) !== undefined && wrong.has(caseless(plan.email))
    return circular
      ? refusedFor(
          plan,
          "manager: they would stand above themselves, or more than 30 managers above one another",
        )
      : plan
  })
}

function managerIn(plan: PlannedPerson): string | undefined {
  if (plan.does === "enter") return plan.manager
  return plan.does === "change" ? plan.change.manager : undefined
}

/** Answers the line as one that is refused. */
export function refusedFor({ line, email, ...plan }: PlannedPerson, why: string): PlannedPerson {
  return { line, email, does: "refused", says: [why], user: "user" in plan ? plan.user : undefined }
}

/** Answers who would still be an active administrator after the lines, and after these people were switched off. */
export function administratorsAfter(
  lines: readonly PlannedPerson[],
  known: KnownDirectory,
  off: ReadonlySet<Id<"user">>,
): readonly User[] {
  const roles = new Map(
    lines.flatMap((plan) =>
      plan.does === "change" ? [[plan.user.id, plan.change.role ?? plan.user.role] as const] : [],
    ),
  )
  return [...known.byId.values()].filter(
    ({ id, role, active }) => active && !off.has(id) && (roles.get(id) ?? role) === "administrator",
  )
}
