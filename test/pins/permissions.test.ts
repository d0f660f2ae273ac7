import assert from "node:assert/strict"
import { it } from "node:test"
import { OPERATIONS, type Operation } from "@tabard/api"

// Written out: a widened permission, a moved address or a new operation has to be changed here as well.
const PERMISSIONS = {
  offerOwnership: "POST /agents/:id/offer signed-in",
  withdrawOffer: "POST /agents/:id/offer/withdrawal signed-in",
  listOffers: "GET /offers signed-in",
  acceptOwnership: "POST /offers/:id/acceptance signed-in",
  declineOwnership: "POST /offers/:id/refusal signed-in",
  addMaintainer: "POST /agents/:id/maintainers signed-in",
  removeMaintainer: "POST /agents/:id/maintainers/:user/removal signed-in",
  describeAgent: "PUT /agents/:id/description signed-in",
  reopenAgent: "POST /agents/:id/reopening administrator+security",
  enterAgent: "POST /agents administrator+security",
  importRegister: "POST /register administrator+security",
  exportRegister: "GET /register signed-in",
  getSettings: "GET /settings signed-in",
  putSettings: "PUT /settings administrator",
  checkSignIn: "POST /sign-in/check public",
  signIn: "POST /sign-in public",
  getSession: "GET /session signed-in",
  signOut: "POST /sign-out signed-in",
  getOverview: "GET /overview signed-in",
  getRiskPicture: "GET /risk-picture signed-in",
  startScan: "POST /scans administrator+security",
  listScans: "GET /scans signed-in",
  listPeople: "GET /people signed-in",
  listAgents: "GET /agents signed-in",
  getAgent: "GET /agents/:id signed-in",
  adoptAgent: "POST /agents/:id/adoption administrator+security",
  activateAgent: "POST /agents/:id/activation administrator+security",
  putManifest: "PUT /agents/:id/manifest signed-in",
  offerEnrolment: "POST /agents/:id/enrolments signed-in",
  suspendAgent: "POST /agents/:id/suspension signed-in",
  resumeAgent: "POST /agents/:id/resumption signed-in",
  retireAgent: "POST /agents/:id/retirement signed-in",
  signRetirement: "POST /agents/:id/retirement/exception signed-in",
  dismissAgent: "POST /agents/:id/dismissal administrator+security",
  openTask: "POST /agents/:id/tasks signed-in",
  closeTask: "POST /tasks/:id/closing signed-in",
  listServers: "GET /servers signed-in",
  registerServer: "POST /servers administrator",
  listApprovals: "GET /approvals signed-in",
  getApproval: "GET /approvals/:id signed-in",
  answerApproval: "POST /approvals/:id/verdict signed-in",
  listFindings: "GET /findings signed-in",
  getFinding: "GET /findings/:id signed-in",
  acceptFinding: "POST /findings/:id/acceptance signed-in",
  reopenFinding: "POST /findings/:id/reopening signed-in",
  listRules: "GET /rules signed-in",
  listEvents: "GET /events signed-in",
  getLog: "GET /log signed-in",
  enrol: "POST /enrolments public",
  listReporters: "GET /reporters signed-in",
  offerReporterEnrolment: "POST /reporters administrator+security",
  revokeReporter: "POST /reporters/:id/revocation administrator+security",
  enrolReporter: "POST /reporter-enrolments public",
}

it("each operation has its method, its address and who may ask", () => {
  const table = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).map(
    ([name, { method, path, access }]) => [name, `${method} ${path} ${[access].flat().join("+")}`],
  )
  assert.deepEqual(Object.fromEntries(table), PERMISSIONS)
})
