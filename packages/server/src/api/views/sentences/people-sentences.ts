import type { SentencesOf } from "./sentence.ts"
import { data } from "./told-words.ts"

/** What happened to people, and what they did about themselves. */
export const PEOPLE_SENTENCES: SentencesOf<
  "api-token" | "notifications" | "people" | "person" | "session" | "team" | "view"
> = {
  "api-token.made": ({ actor, body }) => `${actor} made an API token: ${data(body, "purpose")}`,
  "api-token.revoked": ({ actor, body }) => `${actor} revoked the API token: ${data(body, "purpose")}`,
  "notifications.chosen": ({ actor }) => `${actor} chose what to be told of`,
  "people.imported": ({ actor, body }) =>
    `${actor} imported people: ${data(body, "entered")} entered, ${data(body, "changed")} changed, ${data(body, "deactivated")} switched off`,
  "person.address-changed": ({ actor, person = "somebody" }) => `${actor} gave ${person} another address`,
  "person.bound": ({ actor, body }) => `${actor} signed in by ${data(body, "issuer")} for the first time`,
  "person.deactivated": ({ actor, person = "somebody" }) => `${actor} switched ${person} off`,
  "person.entered": ({ actor, body, person = "somebody" }) =>
    `${actor} entered ${person} ${data(body, "by") === "scim" ? "over SCIM" : "by a file"}`,
  "person.erased": ({ actor }) => `${actor} erased a person who was switched off`,
  "person.invited": ({ actor, person = "somebody" }) => `${actor} invited ${person}`,
  "person.kept": ({ actor, person = "somebody" }) => `${actor} said over SCIM what ${person} is called`,
  "person.manager-changed": ({ actor, body, person = "somebody" }) =>
    data(body, "manager") === "?"
      ? `${actor} said that ${person} answers to nobody`
      : `${actor} said whom ${person} answers to`,
  "person.provisioned": ({ actor, body }) =>
    `${actor} came in by ${data(body, "issuer")} without an invitation`,
  "person.reactivated": ({ actor, person = "somebody" }) => `${actor} let ${person} in again`,
  "person.released": ({ actor, body, person = "somebody" }) =>
    data(body, "by") === "scim"
      ? `${actor} removed ${person} over SCIM`
      : `${actor} took ${person} back from SCIM`,
  "person.renamed": ({ actor, body }) =>
    `${actor} changed the name of ${data(body, "before")} to ${data(body, "name")}`,
  "person.role-changed": ({ actor, body, person = "somebody" }) =>
    `${actor} changed the role of ${person} from ${data(body, "before")} to ${data(body, "role")}`,
  "person.successor-named": ({ actor, person = "somebody", body }) =>
    data(body, "successor") === "?"
      ? `${actor} took back who is to follow ${person}`
      : `${actor} named who is to follow ${person}`,
  "person.unbound": ({ actor, body, person = "somebody" }) =>
    `${actor} took back who ${person} is at ${data(body, "issuer")}`,
  "session.ended": ({ actor, person }) =>
    person === undefined ? `${actor} signed out` : `${actor} ended a session of ${person}`,
  "session.started": ({ actor }) => `${actor} signed in`,
  "team.changed": ({ actor, body }) => `${actor} changed the team ${data(body, "name")}`,
  "team.made": ({ actor, body }) => `${actor} made the team ${data(body, "name")}`,
  "team.member-added": ({ actor, body, person = "somebody" }) =>
    `${actor} took ${person} into the team ${data(body, "name")}`,
  "team.member-removed": ({ actor, body, person = "somebody" }) =>
    `${actor} took ${person} out of the team ${data(body, "name")}`,
  "team.removed": ({ actor, body }) => `${actor} removed the team ${data(body, "name")}`,
  "view.removed": ({ actor }) => `${actor} removed a saved view of their own`,
  "view.saved": ({ actor }) => `${actor} saved a view of their own`,
}
