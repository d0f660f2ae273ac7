import type { SchemaJson } from "./cedar.ts"

type Namespace = SchemaJson<string>[string]
type Type = NonNullable<Namespace["commonTypes"]>[string]

const STRING: Type = { type: "String" }
const STRINGS: Type = { type: "Set", element: STRING }
const LONG: Type = { type: "Long" }
const BOOLEAN: Type = { type: "Boolean" }
const extension = (name: string): Type => ({ type: "Extension", name })
const entity = (name: string): Type => ({ type: "Entity", name })
const optional = (type: Type): Type & { required: false } => ({ ...type, required: false })
const record = (attributes: Record<string, Type & { required?: boolean }>): Type => ({
  type: "Record",
  attributes,
})

/** The types that contexts are made of; the session is what the enforcement point knows about the circumstances. */
export const COMMON_TYPES: Record<string, Type> = {
  Num: record({ text: STRING, long: optional(LONG), dec: optional(extension("decimal")) }),
  Path: record({ text: STRING, under: STRINGS }),
  TextFacts: record({ matches: STRINGS, hosts: STRINGS, recipients: STRINGS }),
  Session: record({
    now: extension("datetime"),
    door: STRING,
    env: STRING,
    bound: STRING,
    ip: optional(extension("ipaddr")),
    posture: STRINGS,
    task: optional(entity("Task")),
    onBehalfOf: optional(entity("User")),
    depth: LONG,
    tool: record({ pinned: BOOLEAN, lowered: BOOLEAN }),
    prov: record({ target: STRINGS, amount: STRINGS, content: STRINGS, code: STRINGS }),
    read: STRINGS,
    left: record({ calls: LONG, spend: extension("decimal") }),
    approved: STRINGS,
  }),
}

/** Who acts, on what, and what they belong to. */
export const ENTITY_TYPES: Namespace["entityTypes"] = {
  Organisation: {},
  Team: { memberOfTypes: ["Organisation"] },
  Tier: { memberOfTypes: ["Organisation"] },
  Blueprint: { memberOfTypes: ["Organisation"] },
  System: { memberOfTypes: ["Organisation"] },
  User: { memberOfTypes: ["Team", "Organisation"], shape: record({ active: BOOLEAN }) },
  Agent: {
    memberOfTypes: ["Blueprint", "Tier", "Organisation"],
    shape: record({ owner: optional(entity("User")), category: STRING, risk: LONG }),
  },
  Task: { memberOfTypes: ["Agent"] },
  Server: { memberOfTypes: ["System"] },
  // In its server too, so that a policy for a server covers each of its targets.
  Resource: { memberOfTypes: ["Resource", "Server", "System"], tags: STRINGS },
}

/** The types that can ask. */
export const PRINCIPAL_TYPES: string[] = ["User", "Task", "Agent"]

/** The types that can be acted on. */
export const RESOURCE_TYPES: string[] = ["Server", "Resource"]
