import type { Change } from "../event-meanings.ts"
import { present, type ToldEvent, textOf } from "../told-event.ts"
import { actorOf, personAsUser } from "./actor-of.ts"
import type { ClassContent } from "./class-content.ts"
import { type OcsfVersion, OTHER } from "./ocsf-classes.ts"

/** Answers a change of a team, or of who is in it, as Group Management [3006]. */
export function teamChange(told: ToldEvent, version: OcsfVersion): ClassContent {
  const { data, id, meaning } = told
  const user = textOf(data["user"])
  const members = present({
    actor: actorOf(told, version),
    group: present({ uid: textOf(data["team"]) ?? id, name: textOf(data["name"]), type: "Team" }),
    user: user === undefined ? undefined : personAsUser(user),
  })
  const activities = version === "1.9.0" ? { ...ACTIVITIES, ...SINCE_1_9 } : ACTIVITIES
  return { classUid: 3006, activity: activities[meaning.change] ?? OTHER, members }
}

const ACTIVITIES: Readonly<Partial<Record<Change, number>>> = { joined: 3, left: 4, removed: 5, created: 6 }

const SINCE_1_9: Readonly<Partial<Record<Change, number>>> = { changed: 9 }
