import type { JsonObject } from "@tabard/core"
import { present, type ToldEvent, textOf } from "../told-event.ts"
import { actorOf, agentAsUser, personAsUser } from "./actor-of.ts"
import type { ClassContent } from "./class-content.ts"
import { OTHER } from "./ocsf-classes.ts"

/** Answers a person's session or an agent's token, begun, refused or ended, as Authentication [3002]. */
export function signIn(told: ToldEvent): ClassContent {
  const { meaning, actor, agent, resource, data } = told
  const ofPerson = meaning.subject === "session"
  const members = present({
    actor: actorOf(told),
    user: ofPerson ? personAsUser(textOf(data["user"]) ?? actor.id) : agentAsUser(agent ?? actor.id),
    service: { name: resource ?? "Tabard" },
    session: sessionOf(data),
  })
  return { classUid: 3002, activity: activityOf(told), members: { ...members, ...endedBySomebody(told) } }
}

/** Logon 1, Logoff 2; an agent's token is an Authentication Ticket 3. */
function activityOf({ meaning: { subject, change } }: ToldEvent): number {
  if (change === "revoked") return OTHER
  if (subject === "token") return 3
  return change === "started" ? 1 : 2
}

function endedBySomebody({ meaning }: ToldEvent): JsonObject {
  return meaning.change === "revoked" ? { activity_name: "Revoke" } : {}
}

function sessionOf(data: JsonObject): JsonObject | undefined {
  const uid = textOf(data["session"]) ?? textOf(data["token"])
  return uid === undefined ? undefined : { uid }
}
