import type { LoggedEntry } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { isAlarm } from "../event-meanings.ts"
import { isFailure, personOf, present, type ToldEvent, textOf, toldEvent } from "../told-event.ts"
import { categoriesOf, typesOf } from "./ecs-categories.ts"

/** The release of the Elastic Common Schema that these fields are of; its `gen_ai` fields are beta there. */
const ECS_VERSION = "9.4.0"

/** Answers an entry as an event of the Elastic Common Schema. What it has no field for stands beneath `tabard`. */
export function ecsEvent(entry: LoggedEntry): JsonObject {
  const told = toldEvent(entry)
  const { agent, decision, data, trace } = told
  const rule = textOf(data["rule"]) ?? decision?.reasons[0]
  return present({
    "@timestamp": new Date(told.time).toISOString(),
    ecs: { version: ECS_VERSION },
    event: eventFields(told),
    message: told.type,
    service: { name: "tabard", type: "tabard" },
    organization: told.organisation === undefined ? undefined : { id: told.organisation },
    user: userFields(told),
    related: { user: [...new Set(peopleIn(told))] },
    rule: rule === undefined ? undefined : { id: rule, name: rule },
    trace: trace === undefined ? undefined : { id: trace },
    gen_ai: agent === undefined ? undefined : genAiFields(agent, told),
    tabard: present({ ...entry.event, log: logFields(entry) }),
  })
}

function eventFields(told: ToldEvent): JsonObject {
  const { id, type, entry, meaning, decision, outcome } = told
  return present({
    kind: meaning.subject === "finding" || isAlarm(type) ? "alert" : "event",
    category: [...categoriesOf(meaning)],
    type: [...typesOf(meaning, decision?.effect)],
    action: type,
    outcome: outcomeOf(told),
    reason: decision?.code ?? outcome,
    id,
    sequence: entry.place,
    dataset: "tabard.audit",
    module: "tabard",
    hash: entry.leaf,
  })
}

/** What is decided later is unknown, not a success. */
function outcomeOf(told: ToldEvent): string {
  if (isFailure(told)) return "failure"
  return told.decision?.effect === "ask" ? "unknown" : "success"
}

/** The user is who acts; an agent that serves a person acts with that person's rights in effect. */
function userFields({ actor, onBehalfOf }: ToldEvent): JsonObject {
  return present({
    id: actor.id,
    effective: onBehalfOf === undefined ? undefined : { id: onBehalfOf },
  })
}

function peopleIn(told: ToldEvent): string[] {
  const { actor, onBehalfOf, owner } = told
  return [actor.id, onBehalfOf, owner, personOf(told)].filter((id) => id !== undefined)
}

function genAiFields(agent: string, { call, action, meaning }: ToldEvent): JsonObject {
  const tool = action?.split("/").slice(1).join("/")
  if (meaning.subject !== "call") return { agent: { id: agent } }
  return present({
    agent: { id: agent },
    operation: { name: "execute_tool" },
    tool: present({
      name: tool === "" ? undefined : tool,
      call: call === undefined ? undefined : { id: call },
    }),
  })
}

function logFields({ place, origin, index, leaf }: LoggedEntry): JsonObject {
  return { place, origin, index, leaf }
}
