import type { Change } from "../event-meanings.ts"
import { personOf, type ToldEvent } from "../told-event.ts"
import { actorOf, personAsUser } from "./actor-of.ts"
import type { ClassContent } from "./class-content.ts"
import { type OcsfVersion, OTHER } from "./ocsf-classes.ts"

/** Answers a change of a person's account: Account Change [3001] in 1.8, User Management [3007] since 1.9. */
export function personChange(told: ToldEvent, version: OcsfVersion): ClassContent {
  const { subject, change } = told.meaning
  const members = { actor: actorOf(told, version), user: personAsUser(personOf(told)) }
  if (version === "1.8.0") {
    const activity = subject === "person" ? (ACCOUNT_CHANGES[change] ?? OTHER) : OTHER
    return { classUid: 3001, activity, members: { ...members, ...named(activity, told) } }
  }
  const activities = subject === "person" ? USER_CHANGES : TOKEN_CHANGES
  return { classUid: 3007, activity: activities[change] ?? OTHER, members }
}

function named(activity: number, { type }: ToldEvent): { readonly activity_name?: string } {
  return activity === OTHER ? { activity_name: type } : {}
}

/** Account Change knows a change of a password and of policies, and none of a name or a role. */
const ACCOUNT_CHANGES: Readonly<Partial<Record<Change, number>>> = {
  created: 1,
  enabled: 2,
  disabled: 5,
  removed: 6,
}

const USER_CHANGES: Readonly<Partial<Record<Change, number>>> = {
  created: 1,
  changed: 2,
  removed: 3,
  enabled: 4,
  disabled: 5,
  "role given": 16,
}

/** A token by which a person's programs ask: credentials of the user. */
const TOKEN_CHANGES: Readonly<Partial<Record<Change, number>>> = { created: 18, revoked: 19 }
