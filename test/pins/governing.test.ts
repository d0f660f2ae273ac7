import assert from "node:assert/strict"
import { it } from "node:test"
import { GOVERNING } from "@tabard/api"

// Written out: an operation that changes what constrains agents does not stop doing so unnoticed. New ones need no line here.
const GOVERNS = {
  acceptFinding: "id is finding",
  acceptOwnership: "id is offer",
  actOnAgents: "agents is agent",
  activateAgent: "id is agent",
  addClientRule: "everybody's",
  addMaintainer: "id is agent",
  addMaintainingTeam: "id is agent",
  addTeamMember: "id is team",
  adoptAgent: "id is agent",
  agreeToRenewal: "id is agent",
  allowDelegation: "id is agent, to is agent",
  answerApproval: "id is approval",
  answerClientRequest: "caller is caller",
  answerDeviceSignIn: "caller is caller",
  attestCredential: "id is agent",
  changeRole: "everybody's",
  changeSink: "everybody's",
  changeTeam: "id is team",
  correctTool: "everybody's",
  createNotificationChannel: "everybody's",
  deactivatePerson: "id is person",
  declareReach: "everybody's",
  declineOwnership: "id is offer",
  describeAgent: "id is agent",
  dismissAgent: "id is agent",
  erasePerson: "id is person",
  importPeople: "everybody's",
  importRegister: "everybody's",
  inviteAgain: "id is person",
  invitePerson: "everybody's",
  makeApiToken: "everybody's",
  makeSignalSource: "everybody's",
  makeSignalStream: "everybody's",
  makeSink: "everybody's",
  makeTrustRule: "agent is agent",
  mergeAgents: "id is agent, other is agent",
  nameAgentSuccessor: "id is agent",
  namePersonSuccessor: "id is person",
  offerOwnership: "id is agent",
  offerReporterEnrolment: "everybody's",
  openTask: "id is agent",
  pauseSink: "everybody's",
  pinTool: "everybody's",
  putApplication: "everybody's",
  putLogPolicy: "everybody's",
  observeAgent: "id is agent",
  putManifest: "id is agent",
  putNotificationChoices: "caller is caller",
  putOwnPolicies: "everybody's",
  putRetention: "everybody's",
  putSettings: "everybody's",
  putSignInSettings: "everybody's",
  putTokenSettings: "everybody's",
  reactivatePerson: "id is person",
  registerClient: "everybody's",
  registerEnforcementPoint: "everybody's",
  registerServer: "everybody's",
  releasePerson: "id is person",
  removeApplication: "everybody's",
  removeEnforcementPoint: "everybody's",
  removeMaintainer: "id is agent",
  removeMaintainingTeam: "id is agent",
  removeNotificationChannel: "everybody's",
  removeSignalSource: "everybody's",
  removeSignalStream: "everybody's",
  removeSink: "everybody's",
  removeTeam: "id is team",
  removeTeamMember: "id is team",
  renewMandate: "id is agent",
  reopenAgent: "id is agent",
  reopenFinding: "id is finding",
  resumeAgent: "id is agent",
  retireAgent: "id is agent",
  revokeApiToken: "everybody's",
  revokeReporter: "everybody's",
  rotateLog: "everybody's",
  rotateNotificationChannel: "everybody's",
  rotateSigningKey: "everybody's",
  setManager: "id is person",
  setSignalSourceState: "everybody's",
  setSignalStreamReceiver: "everybody's",
  setSignalStreamStatus: "everybody's",
  signRetirement: "id is agent",
  splitAgent: "id is agent",
  unbindPerson: "id is person",
  withdrawDelegation: "id is delegation",
  withdrawOffer: "id is agent",
  withdrawReach: "everybody's",
}

it("each of these operations changes what constrains agents, by what it names", () => {
  const table = Object.entries(GOVERNING).map(([name, governed]) => [name, wordsOf(governed)])
  const known = Object.fromEntries(table.filter(([name = ""]) => Object.hasOwn(GOVERNS, name)))
  assert.deepEqual(known, GOVERNS)
})

function wordsOf(governed: NonNullable<(typeof GOVERNING)[keyof typeof GOVERNING]>): string {
  if ("nothing" in governed) return "nothing"
  if ("everybodys" in governed) return "everybody's"
  return Object.entries(governed.names)
    .map(([member, kind]) => `${member} is ${kind}`)
    .join(", ")
}
