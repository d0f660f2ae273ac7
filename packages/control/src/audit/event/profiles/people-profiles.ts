import { OF_USER, TYPED } from "./committed.ts"
import type { ProfilesOf } from "./profile.ts"

/** What is recorded of people, their sessions and teams, and of the API tokens that people make. */
export const PEOPLE_PROFILES: ProfilesOf<
  "api-token" | "notifications" | "people" | "person" | "session" | "team" | "view"
> = {
  "api-token.made": {
    means: "A person made an API token.",
    names: [],
    committed: { purpose: TYPED },
  },
  "api-token.revoked": {
    means: "A person ended an API token.",
    names: [],
    committed: { purpose: TYPED, reason: TYPED },
  },
  "notifications.chosen": { means: "A person chose what to be told of.", names: [] },
  "people.imported": { means: "A file of people was taken in.", names: [] },
  "person.address-changed": {
    means: "A person has another email address.",
    names: [],
    committed: { address: OF_USER, before: OF_USER },
  },
  "person.bound": { means: "A person signed in by the OpenID provider for the first time.", names: [] },
  "person.deactivated": {
    means: "A person was switched off; their sessions ended with it.",
    names: [],
    committed: { reason: OF_USER },
  },
  "person.entered": {
    means: "A file, or a directory over SCIM, named a person who was not here.",
    names: [],
  },
  "person.erased": {
    means:
      "What names a person was taken away: name, email, sign-ins, and what the record holds about them beside the log.",
    names: [],
    committed: { reason: TYPED },
  },
  "person.invited": { means: "A person was invited.", names: [] },
  "person.kept": {
    means:
      "A directory said over SCIM what it calls a person; its data name what is otherwise now. From the first time on, it keeps them.",
    names: [],
  },
  "person.manager-changed": { means: "It was said whom a person answers to.", names: [] },
  "person.provisioned": {
    means: "A person of a settled domain came in by the OpenID provider without an invitation.",
    names: [],
  },
  "person.reactivated": { means: "A person who was switched off may come in again.", names: [] },
  "person.released": {
    means:
      "SCIM keeps a person no longer: an administrator said so or, where they were removed, their directory.",
    names: [],
  },
  "person.renamed": {
    means: "A person is called otherwise.",
    names: [],
    committed: { name: OF_USER, before: OF_USER },
  },
  "person.role-changed": { means: "A person got another role.", names: [] },
  "person.successor-named": {
    means:
      "It was said who is to be asked first to own what a person owns once they leave, or that it is nobody.",
    names: [],
  },
  "person.unbound": { means: "It was taken back who a person is at the OpenID provider.", names: [] },
  "session.ended": { means: "A session ended before its time.", names: [] },
  "session.started": { means: "A person signed in.", names: [] },
  "team.changed": { means: "A team got other words.", names: [] },
  "team.made": { means: "A team was made.", names: [] },
  "team.member-added": { means: "A person came into a team.", names: [] },
  "team.member-removed": { means: "A person left a team.", names: [] },
  "team.removed": { means: "A team was removed.", names: [] },
  "view.removed": { means: "A person removed a saved view of their own.", names: [] },
  "view.saved": { means: "A person saved a view of their own.", names: [] },
}
