export { findPerson } from "./find-person.ts"
export { type ExportedPeople, exportPeople } from "./import/export-people.ts"
export { type ImportedPeople, importPeople } from "./import/import-people.ts"
export { nextOwner } from "./next-owner.ts"
export { setManager } from "./set-manager.ts"
export type { TeamChange, TeamMember, TeamStore } from "./team-store.ts"
export {
  addTeamMember,
  changeTeam,
  findTeam,
  makeTeam,
  removeTeam,
  removeTeamMember,
  type TeamWords,
} from "./teams.ts"
