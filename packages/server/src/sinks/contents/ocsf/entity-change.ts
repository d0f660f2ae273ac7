import { type Json, type JsonObject } from "@tabard/core"
import { type Change, isAlarm, type Subject } from "../event-meanings.ts"
import { present, type ToldEvent, textOf } from "../told-event.ts"
import { actorOf } from "./actor-of.ts"
import type { ClassContent } from "./class-content.ts"
import { OTHER } from "./ocsf-classes.ts"

/** Answers a change of something that is managed here as Entity Management [3004]. */
export function entityChange(told: ToldEvent): ClassContent {
  const { subject, change } = told.meaning
  const { data } = told
  const members = {
    actor: actorOf(told),
    entity: present({
      ...entityType(subject),
      uid: entityId(told),
      name: textOf(data["name"]) ?? entityName(subject),
      policy: subject === "policy" ? { name: "Manifest", uid: entityId(told) } : undefined,
    }),
    comment: textOf(data["reason"]),
  }
  const severity = isAlarm(told.type) ? 5 : 1
  return { classUid: 3004, activity: ACTIVITIES[change], severity, members: present(members) }
}

/** How the class numbers what became of it. */
const ACTIVITIES: Readonly<Record<Change, number>> = {
  created: 1,
  started: 1,
  changed: 3,
  joined: 3,
  left: 3,
  "role given": 3,
  removed: 4,
  enrolled: 6,
  unenrolled: 7,
  revoked: 7,
  enabled: 8,
  disabled: 9,
  activated: 10,
  deactivated: 11,
  ended: 11,
  suspended: 12,
  resumed: 13,
}

function entityType(subject: Subject): JsonObject {
  if (subject === "policy") return { type_id: 5, type: "Policy" }
  return { type_id: OTHER, type: subject === "agent" ? "AI Agent" : capitalised(subject) }
}

/** Whatever of the event says which thing it was. */
function entityId({ meaning, agent, instance, task, approval, resource, data, id }: ToldEvent): string {
  const own: Readonly<Partial<Record<Subject, string | undefined>>> = {
    agent,
    "agent key": instance,
    approval,
    policy: agent,
    task,
  }
  return own[meaning.subject] ?? resource ?? firstId(data) ?? id
}

/** Ids of things have a typed prefix; the first among an event's data is what it is about. */
function firstId(data: JsonObject): string | undefined {
  return Object.values(data).find(isTypedId)
}

function isTypedId(value: Json | undefined): value is string {
  return typeof value === "string" && /^[a-z]{2,5}_[0-9a-f-]{20,40}$/.test(value)
}

function entityName(subject: Subject): string {
  return capitalised(subject)
}

function capitalised(words: string): string {
  return words.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace("Mcp", "MCP")
}
