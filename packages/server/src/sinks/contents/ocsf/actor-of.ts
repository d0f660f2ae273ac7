import type { JsonObject } from "@tabard/core"
import { present, type ToldEvent } from "../told-event.ts"
import type { OcsfVersion } from "./ocsf-classes.ts"

/** Answers who acted: a person, the person whom an agent served, the agent itself, or this program. */
export function actorOf({ actor, agent, onBehalfOf }: ToldEvent, version: OcsfVersion = "1.8.0"): JsonObject {
  if (actor.kind === "user") return { user: personAsUser(actor.id) }
  if (actor.kind !== "agent") return { app_name: "Tabard", app_uid: actor.id }
  const user = onBehalfOf === undefined ? undefined : personAsUser(onBehalfOf)
  // 1.9 asks that an agent is told in `ai_agent` and not as the actor, where anybody else can be named.
  if (version === "1.9.0" && user) return { user }
  return present({ app_name: "AI agent", app_uid: agent ?? actor.id, user })
}

/** Answers a person as OCSF's user: by the id alone, since a record names nobody. */
export function personAsUser(id: string): JsonObject {
  return { uid: id, type_id: 1, type: "User" }
}

/** Answers an agent as OCSF's user, for classes that know no other kind of account. */
export function agentAsUser(id: string): JsonObject {
  return { uid: id, type_id: 99, type: "AI Agent" }
}

/** Answers the agent that an event is about, as 1.9 and later have it. */
export function agentOf({ agent, instance }: ToldEvent): JsonObject {
  return agent === undefined ? {} : { ai_agent: present({ uid: agent, instance_uid: instance, type_id: 0 }) }
}
