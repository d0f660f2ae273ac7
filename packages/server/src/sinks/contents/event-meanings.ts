import type { EventType } from "@tabard/control"

/** What kind of thing an event is about, as a receiver tells events apart. */
export type Subject =
  | "agent"
  | "agent key"
  | "api token"
  | "approval"
  | "call"
  | "checkpoint"
  | "client"
  | "credential"
  | "enrolment"
  | "finding"
  | "log"
  | "mcp server"
  | "notification"
  | "notification channel"
  | "person"
  | "plan"
  | "policy"
  | "register"
  | "reporter"
  | "saved view"
  | "scan"
  | "session"
  | "settings"
  | "signal"
  | "signal source"
  | "signal stream"
  | "server key"
  | "signing key"
  | "sink"
  | "task"
  | "team"
  | "token"

/** What became of it. */
export type Change =
  | "activated"
  | "changed"
  | "created"
  | "deactivated"
  | "disabled"
  | "ended"
  | "enabled"
  | "enrolled"
  | "joined"
  | "left"
  | "removed"
  | "resumed"
  | "revoked"
  | "role given"
  | "started"
  | "suspended"
  | "unenrolled"

/** What an event means to a receiver that does not know our types. */
export interface Meaning {
  readonly subject: Subject
  readonly change: Change
  /** It was tried and refused. */
  readonly refused?: true
}

/** Answers what an event of this type means; one that this program does not know is a change of something. */
export function meaningOf(type: string): Meaning {
  return isEventType(type) ? MEANINGS[type] : UNKNOWN
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(MEANINGS, type)
}

const UNKNOWN: Meaning = { subject: "settings", change: "changed" }

const means = (subject: Subject, change: Change): Meaning => ({ subject, change })
const refused = (subject: Subject, change: Change): Meaning => ({ subject, change, refused: true })

/** What each type means. A new type without a line here does not compile. */
export const MEANINGS: Readonly<Record<EventType, Meaning>> = {
  "access.evaluated": means("call", "started"),
  "agent.activated": means("agent", "activated"),
  "agent.described": means("agent", "changed"),
  "agent.discovered": means("agent", "created"),
  "agent.dismissed": means("agent", "deactivated"),
  "agent.entered": means("agent", "created"),
  "agent.merged": means("agent", "changed"),
  "agent.mode-changed": means("agent", "changed"),
  "agent.proposed": means("agent", "changed"),
  "agent.quarantined": means("agent", "suspended"),
  "agent.reappeared": means("agent", "changed"),
  "agent.renewal-asked": means("agent", "changed"),
  "agent.renewal-declined": means("agent", "changed"),
  "agent.renewed": means("agent", "changed"),
  "agent.reopened": means("agent", "activated"),
  "agent.resumed": means("agent", "resumed"),
  "agent.retired": means("agent", "unenrolled"),
  "agent.retiring": means("agent", "deactivated"),
  "agent.risk-changed": means("agent", "changed"),
  "agent.split": means("agent", "changed"),
  "agent.successor-named": means("agent", "changed"),
  "agent.suspended": means("agent", "suspended"),
  "agent.vanished": means("agent", "changed"),
  "agent.warned": means("agent", "changed"),
  "api-token.made": means("api token", "created"),
  "api-token.revoked": means("api token", "revoked"),
  "application.put": means("policy", "changed"),
  "application.removed": means("policy", "removed"),
  "approval.agreed": means("approval", "changed"),
  "approval.approved": means("approval", "changed"),
  "approval.cancelled": means("approval", "ended"),
  "approval.denied": refused("approval", "changed"),
  "approval.expired": means("approval", "ended"),
  "approval.requested": means("approval", "created"),
  "approval.spent": means("approval", "ended"),
  "call.decided": means("call", "started"),
  "call.disputed": means("policy", "changed"),
  "call.finished": means("call", "ended"),
  "channel.made": means("notification channel", "created"),
  "channel.removed": means("notification channel", "removed"),
  "channel.rotated": means("notification channel", "changed"),
  "client.agreed": means("client", "joined"),
  "client.ended": means("client", "left"),
  "client.registered": means("client", "created"),
  "client.removed": means("client", "removed"),
  "client.rule-made": means("policy", "created"),
  "client.rule-removed": means("policy", "removed"),
  "credential.discovered": means("credential", "created"),
  "credential.reappeared": means("credential", "changed"),
  "credential.settled": means("credential", "ended"),
  "credential.vanished": means("credential", "changed"),
  "dead-letter.retried": means("sink", "changed"),
  "delegation.allowed": means("policy", "created"),
  "delegation.withdrawn": means("policy", "removed"),
  "delivery.retried": means("notification", "changed"),
  "door.registered": means("settings", "created"),
  "door.removed": means("settings", "removed"),
  "enrolment.offered": means("enrolment", "created"),
  "enrolment.refused": refused("enrolment", "enrolled"),
  "finding.accepted": means("finding", "disabled"),
  "finding.opened": means("finding", "created"),
  "finding.reopened": means("finding", "changed"),
  "finding.resolved": means("finding", "ended"),
  "instance.enrolled": means("agent key", "enrolled"),
  "instance.revoked": means("agent key", "unenrolled"),
  "instance.rotated": means("agent key", "changed"),
  "key.rewrapped": means("server key", "changed"),
  "log.pruned": means("log", "removed"),
  "log.rotated": means("log", "created"),
  "log.rotation-asked": means("log", "changed"),
  "log-policy.changed": means("policy", "changed"),
  "log.split-view": means("log", "changed"),
  "maintainer.added": means("agent", "changed"),
  "maintainer.removed": means("agent", "changed"),
  "maintainer.team-added": means("agent", "changed"),
  "maintainer.team-removed": means("agent", "changed"),
  "manifest.put": means("policy", "changed"),
  "policy.put": means("policy", "changed"),
  "notifications.chosen": means("settings", "changed"),
  "ownership.accepted": means("agent", "changed"),
  "ownership.declined": means("agent", "changed"),
  "ownership.expired": means("agent", "changed"),
  "ownership.offered": means("agent", "changed"),
  "ownership.withdrawn": means("agent", "changed"),
  "people.imported": means("register", "changed"),
  "person.address-changed": means("person", "changed"),
  "person.bound": means("person", "changed"),
  "person.deactivated": means("person", "disabled"),
  "person.entered": means("person", "created"),
  "person.erased": means("person", "removed"),
  "person.invited": means("person", "created"),
  "person.kept": means("person", "changed"),
  "person.manager-changed": means("person", "changed"),
  "person.provisioned": means("person", "created"),
  "person.reactivated": means("person", "enabled"),
  "person.released": means("person", "changed"),
  "person.renamed": means("person", "changed"),
  "person.role-changed": means("person", "role given"),
  "person.successor-named": means("person", "changed"),
  "person.unbound": means("person", "changed"),
  "plan.ended": means("plan", "ended"),
  "plan.started": means("plan", "started"),
  "plan.step-done": means("plan", "changed"),
  "reach.declared": means("policy", "created"),
  "reach.refused": refused("policy", "changed"),
  "reach.withdrawn": means("policy", "removed"),
  "register.imported": means("register", "changed"),
  "report.refused": refused("reporter", "changed"),
  "reporter.enrolled": means("reporter", "enrolled"),
  "reporter.offered": means("reporter", "created"),
  "reporter.revoked": means("reporter", "unenrolled"),
  "retention.changed": means("settings", "changed"),
  "scan.finished": means("scan", "created"),
  "server.discovered": means("mcp server", "created"),
  "server.registered": means("mcp server", "enrolled"),
  "server.tool-reviewed": means("mcp server", "changed"),
  "session.ended": means("session", "ended"),
  "session.started": means("session", "started"),
  "settings.changed": means("settings", "changed"),
  "signal.received": means("signal", "started"),
  "signal.recovered": means("signal", "resumed"),
  "signal.refused": refused("signal", "started"),
  "signal.stalled": means("signal", "suspended"),
  "signal.undelivered": refused("signal", "ended"),
  "signal-source.changed": means("signal source", "changed"),
  "signal-source.made": means("signal source", "created"),
  "signal-source.removed": means("signal source", "removed"),
  "signal-stream.changed": means("signal stream", "changed"),
  "signal-stream.made": means("signal stream", "created"),
  "signal-stream.removed": means("signal stream", "removed"),
  "signing-key.rotated": means("signing key", "changed"),
  "sink.changed": means("sink", "changed"),
  "sink.made": means("sink", "created"),
  "sink.paused": means("sink", "disabled"),
  "sink.recovered": means("sink", "activated"),
  "sink.refused": refused("sink", "changed"),
  "sink.removed": means("sink", "removed"),
  "sink.replayed": means("sink", "changed"),
  "sink.resumed": means("sink", "enabled"),
  "sink.stalled": means("sink", "suspended"),
  "sink.tested": means("sink", "changed"),
  "task.closed": means("task", "ended"),
  "task.expired": means("task", "ended"),
  "task.opened": means("task", "created"),
  "team.changed": means("team", "changed"),
  "team.made": means("team", "created"),
  "team.member-added": means("team", "joined"),
  "team.member-removed": means("team", "left"),
  "team.removed": means("team", "removed"),
  "token.issued": means("token", "started"),
  "token.refused": refused("token", "started"),
  "token.revoked": means("token", "revoked"),
  "trust-rule.made": means("credential", "created"),
  "trust-rule.removed": means("credential", "revoked"),
  "view.removed": means("saved view", "removed"),
  "view.saved": means("saved view", "created"),
}

/** What somebody has to look at whatever else goes on. */
const ALARMS: readonly string[] = ["call.disputed", "log.split-view"] satisfies EventType[]

/** Answers whether an event of this type is an alarm. */
export function isAlarm(type: string): boolean {
  return ALARMS.includes(type)
}
