import type { EventGroup } from "@tabard/api"
import { EVENT_TYPES, type EventType } from "@tabard/control"

/** What stands before the dot of a type. */
type Topic = EventType extends `${infer Before}.${string}` ? Before : never

/** Where people look for events of each topic. A new topic does not compile until it has its line. */
const GROUP_OF: Readonly<Record<Topic, EventGroup>> = {
  access: "calls",
  agent: "agents",
  application: "settings",
  "api-token": "access",
  approval: "approvals",
  call: "calls",
  channel: "settings",
  client: "access",
  credential: "inventory",
  "dead-letter": "settings",
  delegation: "access",
  delivery: "settings",
  door: "settings",
  enrolment: "access",
  finding: "findings",
  instance: "access",
  key: "settings",
  log: "record",
  "log-policy": "record",
  maintainer: "agents",
  manifest: "agents",
  notifications: "settings",
  ownership: "agents",
  people: "people",
  person: "people",
  plan: "agents",
  policy: "agents",
  reach: "access",
  register: "inventory",
  report: "inventory",
  reporter: "inventory",
  retention: "settings",
  scan: "inventory",
  server: "inventory",
  session: "access",
  settings: "settings",
  signal: "access",
  "signal-source": "settings",
  "signal-stream": "settings",
  "signing-key": "access",
  sink: "settings",
  task: "tasks",
  team: "people",
  token: "access",
  "trust-rule": "access",
  view: "settings",
}

/** Answers the types of a group. */
export function typesIn(group: EventGroup): readonly EventType[] {
  const topics: readonly string[] = Object.entries(GROUP_OF).flatMap(([topic, of]) =>
    of === group ? topic : [],
  )
  return EVENT_TYPES.filter((type) => topics.includes(type.slice(0, type.indexOf("."))))
}
