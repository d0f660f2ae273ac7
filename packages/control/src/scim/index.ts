export { changeProvisioned } from "./change-provisioned.ts"
export {
  everyKnown,
  findKnown,
  type KnownPerson,
  knownPeople,
  type PersonKey,
} from "./find-provisioned.ts"
export { type ProvisionDeps, provisionPerson } from "./provision-person.ts"
export {
  changeProvisionedTeam,
  findProvisionedTeam,
  type ProvisionTeamDeps,
  provisionTeam,
  removeProvisionedTeam,
  type TeamSaid,
} from "./provision-team.ts"
export type { PersonWords, ProvisionedPerson, ProvisionedStore } from "./provisioned-store.ts"
export { releasePerson } from "./release-person.ts"
export { removeProvisioned } from "./remove-provisioned.ts"
export type { PersonSaid } from "./said-of-person.ts"
export { isForScim, type ScimCaller, scimCaller } from "./scim-token.ts"
export type { MemberStep } from "./team-members.ts"
