import { type Governed, type GovernedTable, LOOKS } from "./governed.ts"

const EXPORT: Governed = { everybodys: "where the record goes" }
const TOLD: Governed = { everybodys: "who is told what happens" }
const SIGNALS: Governed = { everybodys: "whose word ends tokens and sessions, and who is told" }
const AGAIN: Governed = { nothing: "it carries the same again to where it goes already" }
const OWN: Governed = { nothing: "it is a list of one's own" }

/** What operations on the organisation itself change. */
export const HOUSE_GOVERNING: GovernedTable = {
  askWhatIf: LOOKS,
  testPolicies: LOOKS,
  previewOwnPolicies: LOOKS,
  planPolicies: LOOKS,
  applyPolicies: {
    everybodys: "the policies by which the organisation rules its agents",
    keptElsewhere: true,
  },
  putOwnPolicies: { everybodys: "the policies by which the organisation rules its agents" },
  changeSink: EXPORT,
  changeView: OWN,
  createNotificationChannel: TOLD,
  enrolReporter: { nothing: "who holds the code is the reporter that a person let in" },
  importRegister: {
    everybodys: "what describes agents, and who is asked to own them",
    when: (input) => typeof input === "object" && input !== null && Reflect.get(input, "apply") === true,
  },
  makeSignalSource: SIGNALS,
  makeSignalStream: SIGNALS,
  makeSink: EXPORT,
  markNotificationsRead: OWN,
  offerReporterEnrolment: { everybodys: "whose sightings are believed" },
  pauseSink: EXPORT,
  putApplication: { everybodys: "what is decided for other software" },
  putLogPolicy: { everybodys: "who witnesses the record" },
  // What a person is told of an agent is how they know what it does.
  putNotificationChoices: { names: { caller: "caller" } },
  putRetention: { everybodys: "how long the record is kept" },
  putSettings: { everybodys: "how long agents wait, and how far they delegate" },
  putTokenSettings: { everybodys: "what tokens are good for" },
  correctTool: { everybodys: "what tools are taken for" },
  pinTool: { everybodys: "what tools are taken for" },
  reviewServer: LOOKS,
  registerServer: { everybodys: "what stands behind the gateway" },
  registerEnforcementPoint: { everybodys: "which doors ask, and whose word they give" },
  removeApplication: { everybodys: "what is decided for other software" },
  removeEnforcementPoint: { everybodys: "which doors ask, and whose word they give" },
  removeNotificationChannel: TOLD,
  removeSignalSource: SIGNALS,
  removeSignalStream: SIGNALS,
  removeSink: EXPORT,
  removeView: OWN,
  replaySink: AGAIN,
  resumeSink: AGAIN,
  retryDeadLetters: AGAIN,
  revokeReporter: { everybodys: "whose sightings are believed" },
  rewrapKeys: { nothing: "the same keys are sealed anew" },
  rotateLog: { everybodys: "which log the record is in" },
  rotateNotificationChannel: TOLD,
  rotateSigningKey: { everybodys: "what tokens are signed with" },
  saveView: OWN,
  sendDeliveryAgain: AGAIN,
  setSignalSourceState: SIGNALS,
  setSignalStreamReceiver: SIGNALS,
  setSignalStreamStatus: SIGNALS,
  startScan: LOOKS,
  testNotificationChannel: LOOKS,
  testSink: LOOKS,
  verifySignalStream: LOOKS,
}
