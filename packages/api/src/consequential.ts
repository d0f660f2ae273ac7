import type { Operations } from "./operations.ts"

/** Whether an operation that was asked so waits for the record. */
type Consequence = (input: unknown) => boolean

const always: Consequence = () => true
const applied: Consequence = (input) => member(input, "apply") === true

/**
 * What is not done while the record cannot be kept: whatever gives an agent, a machine or a person more to do than they
 * had, changes by what is decided, or takes away for ever. What stops, refuses or only looks goes on.
 */
export const CONSEQUENTIAL: Readonly<Partial<Record<keyof Operations, Consequence>>> = {
  acceptOwnership: always,
  activateAgent: always,
  agreeToRenewal: always,
  actOnAgents: (input) => member(member(input, "act"), "kind") === "resume",
  adoptAgent: always,
  allowDelegation: always,
  applyManifests: always,
  applyPolicies: always,
  answerApproval: (input) => member(input, "verdict") !== "denied",
  addClientRule: always,
  // Who says no gives nobody anything to do.
  answerClientRequest: (input) => member(input, "agree") === true,
  answerDeviceSignIn: (input) => member(input, "agree") === true,
  changeRole: always,
  enrol: always,
  enrolReporter: always,
  erasePerson: always,
  importPeople: applied,
  importRegister: applied,
  inviteAgain: always,
  invitePerson: always,
  makeApiToken: always,
  makeTrustRule: always,
  // Whose word ends tokens and sessions, and who is told of agents, is settled while it can be shown who settled it.
  makeSignalSource: always,
  makeSignalStream: always,
  offerEnrolment: always,
  offerReporterEnrolment: always,
  observeAgent: always,
  openTask: always,
  // By it a guard-rail lets the agent write.
  recordRehearsal: always,
  // Who may ask, and what an application permits, is settled while it can be shown who settled it.
  putApplication: always,
  registerEnforcementPoint: always,
  putManifest: always,
  putOwnPolicies: always,
  // Whoever keeps more takes nothing away.
  putRetention: (input) => member(input, "months") !== null,
  putSettings: always,
  putSignInSettings: always,
  putTokenSettings: always,
  reactivatePerson: always,
  registerClient: always,
  registerServer: always,
  // What a tool is taken for decides what is asked about, and what is not.
  correctTool: always,
  pinTool: always,
  renewMandate: always,
  resumeAgent: always,
  rotateKey: always,
}

/** Answers whether an operation that is asked so must not be done while the record cannot be kept. */
export function isConsequential(operation: string, input: unknown): boolean {
  return Object.entries(CONSEQUENTIAL).some(([name, consequence]) => name === operation && consequence(input))
}

function member(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined
}
