import { type GovernedTable, LOOKS, OF_PERSON, OF_TEAM, TAKES_AWAY } from "./governed.ts"

/** What operations on people, teams and their ways in change. */
export const ACCESS_GOVERNING: GovernedTable = {
  addClientRule: { everybodys: "which clients are adopted for whom" },
  addTeamMember: OF_TEAM,
  answerClientRequest: { names: { caller: "caller" } },
  answerDeviceSignIn: { names: { caller: "caller" } },
  changeRole: { everybodys: "who administers" },
  changeTeam: OF_TEAM,
  checkDeviceSignIn: LOOKS,
  checkSignIn: LOOKS,
  deactivatePerson: OF_PERSON,
  declareReach: { everybodys: "what is known to be in whose hands" },
  endAllSessions: { nothing: "a person ends their own sessions" },
  endClientGrant: TAKES_AWAY,
  endSession: { nothing: "a person ends their own sessions" },
  endSessionsOf: { nothing: "it signs a person out, who may come back" },
  erasePerson: OF_PERSON,
  importPeople: { everybodys: "who is here, and who stands above whom", when: isApplied },
  inviteAgain: OF_PERSON,
  invitePerson: { everybodys: "who is here, and as what" },
  makeApiToken: { everybodys: "what machines may do" },
  makeTeam: { nothing: "a new team helps with nothing yet" },
  namePersonSuccessor: OF_PERSON,
  putSignInSettings: { everybodys: "who may come in" },
  reactivatePerson: OF_PERSON,
  registerClient: { everybodys: "by which clients people sign agents in" },
  releasePerson: OF_PERSON,
  removeClient: TAKES_AWAY,
  removeClientRule: TAKES_AWAY,
  removeTeam: OF_TEAM,
  removeTeamMember: OF_TEAM,
  revokeApiToken: { everybodys: "what watches and keeps the organisation by machine" },
  setManager: OF_PERSON,
  signIn: { nothing: "who holds the link is the person who was let in" },
  signOut: { nothing: "a person ends their own session" },
  unbindPerson: OF_PERSON,
  withdrawReach: { everybodys: "what is known to be in whose hands" },
}

function isApplied(input: unknown): boolean {
  return typeof input === "object" && input !== null && Reflect.get(input, "apply") === true
}
