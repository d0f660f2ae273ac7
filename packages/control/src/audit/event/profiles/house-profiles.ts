import { OF_SERVED, OF_SOMEBODY, TYPED } from "./committed.ts"
import type { ProfilesOf } from "./profile.ts"

/** What is recorded of scans and what they saw, of findings, and of what the organisation settles. */
export const HOUSE_PROFILES: ProfilesOf<
  | "channel"
  | "credential"
  | "delivery"
  | "finding"
  | "key"
  | "log"
  | "log-policy"
  | "plan"
  | "register"
  | "report"
  | "reporter"
  | "retention"
  | "scan"
  | "server"
  | "settings"
> = {
  "channel.made": { means: "A channel for notifications was made.", names: [] },
  "channel.removed": { means: "A channel for notifications was removed.", names: [] },
  "channel.rotated": { means: "A channel got a new secret.", names: [] },
  "credential.discovered": { means: "A scan saw a credential for the first time.", names: ["resource"] },
  "credential.reappeared": { means: "A credential is back where it had vanished.", names: ["resource"] },
  "credential.settled": {
    means:
      "How it is known that a credential of an agent that is being retired works no longer, or that a person signed for it unknown.",
    names: ["agent"],
    committed: { note: TYPED },
  },
  "credential.vanished": { means: "A credential is no longer where it was seen.", names: ["resource"] },
  "delivery.retried": { means: "A person had a notification sent again.", names: [] },
  "finding.accepted": {
    means: "A person accepted a finding until a date.",
    names: ["resource"],
    committed: { reason: TYPED },
  },
  "finding.opened": { means: "There is something to put right.", names: ["resource"] },
  "finding.reopened": {
    means: "A finding that was resolved or accepted is open again.",
    names: ["resource"],
    committed: { why: TYPED },
  },
  "finding.resolved": { means: "What a finding told of is there no longer.", names: ["resource"] },
  "key.rewrapped": {
    means: "A key of the server's own lies under another key-encryption key from here on.",
    names: [],
  },
  "log.pruned": {
    means: "Entries left a log by its retention: those from one index up to, not including, another.",
    names: [],
    verbatim: ["checkpoint"],
  },
  "log.rotated": {
    means: "A new log followed the old one, whose last checkpoint this first entry of the new one tells.",
    names: ["resource"],
    committed: { reason: TYPED },
    verbatim: ["checkpoint"],
  },
  "log.rotation-asked": {
    means: "An administrator asked for a new log.",
    names: [],
    committed: { reason: TYPED },
  },
  "log.split-view": {
    means: "A witness answered that it has seen another history of this log.",
    names: ["resource"],
  },
  "log-policy.changed": { means: "An administrator settled who witnesses the log.", names: [] },
  "plan.ended": {
    means:
      "What follows as a person left, or from the retirement of an agent, came to its end: all of it was done, or it was called off.",
    names: [],
  },
  "plan.started": {
    means: "What follows as a person left, or from the retirement of an agent, has begun.",
    names: [],
  },
  "plan.step-done": {
    means: "One step of what follows as a person left, or from the retirement of an agent, was done.",
    names: [],
  },
  "register.imported": { means: "A file of agents was taken in.", names: [] },
  "report.refused": {
    means: "What a reporter sent was not believed.",
    names: ["outcome"],
    committed: { name: OF_SOMEBODY },
  },
  "reporter.enrolled": {
    means: "A machine enrolled as a reporter.",
    names: ["onBehalfOf"],
    committed: { name: OF_SERVED },
  },
  "reporter.offered": {
    means: "A person made a one-time code to enrol a reporter.",
    names: [],
    committed: { name: TYPED },
  },
  "reporter.revoked": {
    means: "A person ended a reporter.",
    names: [],
    committed: { name: TYPED, reason: TYPED },
  },
  "retention.changed": {
    means: "An administrator settled after how many months entries may leave the record.",
    names: [],
    committed: { reason: TYPED },
  },
  "scan.finished": { means: "A scan was read into the inventory.", names: [] },
  "server.discovered": { means: "A scan saw an MCP server for the first time.", names: ["resource"] },
  "server.registered": { means: "A person put an MCP server behind the gateway.", names: ["resource"] },
  "server.tool-reviewed": {
    means:
      "A person corrected what a tool is said to do and its arguments are for, or pinned its definition as it is now; what it was before stands beside it, with the agents whose manifests say something else since.",
    names: ["action", "resource"],
    committed: { reason: TYPED },
  },
  "settings.changed": { means: "An administrator settled something for the whole organisation.", names: [] },
}
