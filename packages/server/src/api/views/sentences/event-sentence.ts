import { type EventType, findingRule } from "@tabard/control"
import { receptionWords } from "./reception-words.ts"

/** Who and what an event is about, by the names of today. */
export interface Told {
  readonly actor: string
  readonly agent: string
  readonly body: Readonly<Record<string, unknown>>
  /** The person whom the event's data name, if any. */
  readonly person?: string
  /** The enrolled reporter whose word it is, if one's. */
  readonly reporter?: string
}

/** What happened, in one sentence. A new type of event does not compile until it has one. */
const SENTENCES: Readonly<Record<EventType, (told: Told) => string>> = {
  "agent.activated": ({ actor, agent }) => `${actor} activated ${agent}`,
  "agent.described": ({ actor, agent, body }) => `${actor} said of ${agent}: ${namesIn(body, "facts")}`,
  "agent.discovered": ({ agent }) => `${agent} was discovered`,
  "agent.dismissed": ({ actor, agent }) => `${actor} dismissed ${agent}`,
  "agent.entered": ({ actor, agent }) => `${actor} entered ${agent} by hand`,
  "agent.proposed": ({ actor, agent, body }) =>
    actedByOwner(body) ? `${actor} accepted to own ${agent}` : `${actor} proposed ${agent}`,
  "agent.quarantined": ({ actor, agent }) => `${actor} quarantined ${agent}`,
  "agent.renewal-asked": ({ actor, agent, body }) =>
    `${actor} asked to renew the mandate of ${agent} until ${dayIn(body, "expiresAt")}`,
  "agent.renewal-declined": ({ actor, agent }) => `${actor} declined to renew the mandate of ${agent}`,
  "agent.renewed": ({ actor, agent, body }) =>
    `${actor} renewed the mandate of ${agent} until ${dayIn(body, "expiresAt")}`,
  "agent.reopened": ({ actor, agent }) => `${actor} took the dismissal of ${agent} back`,
  "agent.merged": ({ actor, agent, body }) =>
    `${actor} said that ${agent} is what was also found as ${data(body, "merged")}`,
  "agent.reappeared": ({ agent }) => `${agent} was seen again after it had vanished`,
  "agent.resumed": ({ actor, agent }) => `${actor} let ${agent} act again`,
  "agent.risk-changed": ({ agent, body }) =>
    `The risk of ${agent} is now ${data(body, "band")}; it was ${data(body, "before")}`,
  "agent.retired": ({ actor, agent, body }) =>
    data(body, "exception") === "?"
      ? `${agent} was retired for ever`
      : `${actor} signed that ${agent} is retired for ever`,
  "agent.retiring": ({ actor, agent }) => `${actor} began to retire ${agent}`,
  "agent.split": ({ actor, agent, body }) => `${actor} split ${agent} off ${data(body, "from")}`,
  "agent.successor-named": ({ actor, agent, person }) =>
    person === undefined
      ? `${actor} took back who is to own ${agent} next`
      : `${actor} named ${person} to own ${agent} next`,
  "agent.suspended": ({ actor, agent }) => `${actor} suspended ${agent}`,
  "agent.vanished": ({ agent }) => `${agent} is no longer where it was seen`,
  "agent.warned": ({ agent, body }) =>
    data(body, "cause") === "inactivity"
      ? `${agent} lies idle: it will be suspended within ${counted(body, "days", "day")}`
      : `The mandate of ${agent} ends within ${counted(body, "days", "day")}`,
  "api-token.made": ({ actor, body }) => `${actor} made an API token: ${data(body, "purpose")}`,
  "api-token.revoked": ({ actor, body }) => `${actor} revoked the API token: ${data(body, "purpose")}`,
  "approval.approved": ({ actor, agent }) => `${actor} approved what ${agent} asked for`,
  "approval.cancelled": ({ agent }) => `A question of ${agent} was withdrawn`,
  "approval.denied": ({ actor, agent }) => `${actor} denied what ${agent} asked for`,
  "approval.expired": ({ agent }) => `A question of ${agent} expired unanswered`,
  "approval.requested": ({ agent, body }) => `${agent} asked to call ${text(body["action"])}`,
  "approval.spent": ({ agent }) => `${agent} used an approval up`,
  "call.decided": ({ agent, body }) => `${decided(body)} ${agent} to call ${text(body["action"])}`,
  "call.finished": ({ agent, body }) => `${agent} called ${text(body["action"])}: ${text(body["outcome"])}`,
  "channel.made": ({ actor, body }) => `${actor} made the channel ${data(body, "name")}`,
  "channel.removed": ({ actor, body }) => `${actor} removed the channel ${data(body, "name")}`,
  "channel.rotated": ({ actor, body }) => `${actor} gave the channel ${data(body, "name")} a new secret`,
  "client.agreed": ({ actor, agent, body }) => `${actor} signed ${data(body, "name")} in as ${agent}`,
  "client.ended": ({ actor, body }) => `${actor} signed the client ${data(body, "name")} out`,
  "client.registered": ({ actor, body }) => `${actor} registered the client ${data(body, "name")}`,
  "client.removed": ({ actor, body }) => `${actor} removed the client ${data(body, "name")}`,
  "client.rule-made": ({ actor, body }) =>
    `${actor} let ${data(body, "match")} be adopted as ${data(body, "tier")} for whoever signs it in`,
  "client.rule-removed": ({ actor, body }) =>
    `${actor} ended the rule by which ${data(body, "match")} was adopted`,
  "credential.discovered": ({ body }) =>
    `A credential was discovered: ${data(body, "kind")}, ${data(body, "storedAs")}`,
  "credential.reappeared": ({ body }) =>
    `A credential is back where it had vanished: ${data(body, "kind")}, ${data(body, "storedAs")}`,
  "credential.settled": ({ actor, agent, body }) =>
    `${actor} settled a credential of ${agent}: ${data(body, "how")}`,
  "credential.vanished": () => "A credential is no longer where it was seen",
  "dead-letter.retried": ({ actor, body }) =>
    `${actor} had ${counted(body, "letters", "dead letter")} of the sink ${data(body, "name")} tried again`,
  "delegation.allowed": ({ actor, agent, body }) => `${actor} let ${text(body["resource"])} act for ${agent}`,
  "delegation.withdrawn": ({ actor, agent, body }) =>
    `${actor} withdrew that ${text(body["resource"])} may act for ${agent}, and ${counted(body, "tokens", "token")} ended`,
  "delivery.retried": ({ actor }) => `${actor} had a notification sent again`,
  "enrolment.offered": ({ actor, agent }) => `${actor} made an enrolment code for ${agent}`,
  "enrolment.refused": ({ agent }) => `An enrolment for ${agent} was refused`,
  "finding.accepted": ({ actor, ...told }) => `${actor} accepted a finding${findingIn(told)}`,
  "finding.opened": (told) => `A finding was opened${findingIn(told)}`,
  "finding.reopened": (told) => `A finding is open again${findingIn(told)}`,
  "finding.resolved": (told) => `A finding was put right${findingIn(told)}`,
  "instance.enrolled": ({ agent, body }) => `${agent} enrolled a key: ${data(body, "label")}`,
  "instance.revoked": ({ agent, actor, body }) =>
    `${actor} ended an install of ${agent}: ${data(body, "reason")}`,
  "instance.rotated": ({ agent }) => `${agent} put a new key in the place of an older one`,
  "key.rewrapped": ({ actor, body }) =>
    `${actor} had the ${data(body, "purpose")} key sealed under another key-encryption key`,
  "log.pruned": ({ body }) =>
    `Entries ${data(body, "from")} up to ${data(body, "to")} left the log ${data(body, "log")} by its retention`,
  "log.rotated": ({ actor, body }) =>
    `A new log of the record followed as ${actor} had asked: ${data(body, "reason")}`,
  "log.rotation-asked": ({ actor, body }) =>
    `${actor} asked for a new log of the record: ${data(body, "reason")}`,
  "maintainer.added": ({ actor, agent, person = "somebody" }) => `${actor} lets ${person} help with ${agent}`,
  "maintainer.removed": ({ actor, agent, person = "somebody" }) =>
    `${actor} ended ${person}'s helping with ${agent}`,
  "maintainer.team-added": ({ actor, agent, body }) =>
    `${actor} lets the team ${data(body, "name")} help with ${agent}`,
  "maintainer.team-removed": ({ actor, agent, body }) =>
    `${actor} ended the helping of the team ${data(body, "name")} with ${agent}`,
  "manifest.put": ({ actor, agent, body }) =>
    `${actor} put manifest ${data(body, "version")} of ${agent} in force`,
  "person.successor-named": ({ actor, person = "somebody", body }) =>
    data(body, "successor") === "?"
      ? `${actor} took back who is to follow ${person}`
      : `${actor} named who is to follow ${person}`,
  "plan.ended": (told) =>
    `${planOf(told)} ${data(told.body, "how") === "done" ? "is complete" : "was called off"}`,
  "plan.started": (told) => `${planOf(told)} has begun`,
  "plan.step-done": (told) => `${planOf(told)}: ${data(told.body, "does")}, ${data(told.body, "outcome")}`,
  "report.refused": ({ body }) => `Reports of ${data(body, "name")} are refused: ${text(body["outcome"])}`,
  "reporter.enrolled": ({ body }) => `The reporter ${data(body, "name")} was enrolled`,
  "reporter.offered": ({ actor, body }) =>
    `${actor} made an enrolment code for the reporter ${data(body, "name")}`,
  "reporter.revoked": ({ actor, body }) => `${actor} revoked the reporter ${data(body, "name")}`,
  "notifications.chosen": ({ actor }) => `${actor} chose what to be told of`,
  "ownership.accepted": ({ actor, agent }) => `${actor} accepted to own ${agent}`,
  "ownership.declined": ({ actor, agent }) => `${actor} declined to own ${agent}`,
  "ownership.expired": ({ agent, person = "Somebody" }) =>
    `${person} did not answer the offer of ${agent} in time`,
  "ownership.offered": ({ actor, agent, person = "somebody" }) => `${actor} offered ${agent} to ${person}`,
  "ownership.withdrawn": ({ actor, agent, person = "somebody" }) =>
    `${actor} took back the offer of ${agent} to ${person}`,
  "people.imported": ({ actor, body }) =>
    `${actor} imported people: ${data(body, "entered")} entered, ${data(body, "changed")} changed, ${data(body, "deactivated")} switched off`,
  "person.address-changed": ({ actor, person = "somebody" }) => `${actor} gave ${person} another address`,
  "person.bound": ({ actor, body }) => `${actor} signed in by ${data(body, "issuer")} for the first time`,
  "person.deactivated": ({ actor, person = "somebody" }) => `${actor} switched ${person} off`,
  "person.entered": ({ actor, body, person = "somebody" }) =>
    `${actor} entered ${person} ${data(body, "by") === "scim" ? "over SCIM" : "by a file"}`,
  "person.erased": ({ actor }) => `${actor} erased a person who was switched off`,
  "person.invited": ({ actor, person = "somebody" }) => `${actor} invited ${person}`,
  "person.kept": ({ actor, person = "somebody" }) => `${actor} said over SCIM what ${person} is called`,
  "person.manager-changed": ({ actor, body, person = "somebody" }) =>
    data(body, "manager") === "?"
      ? `${actor} said that ${person} answers to nobody`
      : `${actor} said whom ${person} answers to`,
  "person.provisioned": ({ actor, body }) =>
    `${actor} came in by ${data(body, "issuer")} without an invitation`,
  "person.reactivated": ({ actor, person = "somebody" }) => `${actor} let ${person} in again`,
  "person.released": ({ actor, body, person = "somebody" }) =>
    data(body, "by") === "scim"
      ? `${actor} removed ${person} over SCIM`
      : `${actor} took ${person} back from SCIM`,
  "person.renamed": ({ actor, body }) =>
    `${actor} changed the name of ${data(body, "before")} to ${data(body, "name")}`,
  "log-policy.changed": ({ actor }) => `${actor} settled who witnesses the log`,
  "log.split-view": ({ body }) => `The witness ${data(body, "witness")} has seen another history of the log`,
  "person.role-changed": ({ actor, body, person = "somebody" }) =>
    `${actor} changed the role of ${person} from ${data(body, "before")} to ${data(body, "role")}`,
  "person.unbound": ({ actor, body, person = "somebody" }) =>
    `${actor} took back who ${person} is at ${data(body, "issuer")}`,
  "register.imported": ({ actor, body }) =>
    `${actor} imported a register: ${counted(body, "entered", "agent")} entered, ${data(body, "changed")} changed`,
  "retention.changed": ({ actor, body }) =>
    data(body, "months") === "?"
      ? `${actor} settled that the record is kept for ever`
      : `${actor} settled that the record is kept for ${counted(body, "months", "month")}`,
  "scan.finished": ({ body, reporter }) =>
    `A scan${reporter === undefined ? "" : ` by ${reporter}`} read ${counted(body, "filesRead", "file")} and saw ${counted(body, "agents", "agent")}`,
  "server.discovered": ({ body }) => `The MCP server ${data(body, "name")} was discovered`,
  "server.registered": ({ actor, body }) => `${actor} put ${data(body, "name")} behind the gateway`,
  "session.ended": ({ actor, person }) =>
    person === undefined ? `${actor} signed out` : `${actor} ended a session of ${person}`,
  "session.started": ({ actor }) => `${actor} signed in`,
  "settings.changed": (told) =>
    data(told.body, "graceDays") === "?"
      ? settledBeside(told)
      : `${told.actor} settled how long agents wait: ${waitsIn(told.body)}`,
  "signal.received": ({ agent, body, person }) =>
    `${data(body, "name")} signalled ${data(body, "signal")}${body["agent"] ? ` of ${agent}` : person ? ` of ${person}` : ""}: ${receptionWords(body)}`,
  "signal.refused": ({ body }) =>
    `Something that ${data(body, "name")} signalled was not believed: ${data(body, "description")}`,
  "signal.undelivered": ({ body }) =>
    `The receiver of ${data(body, "name")} would not have a signal: ${data(body, "code")}`,
  "signal-source.changed": ({ actor, body }) =>
    `${actor} ${data(body, "state") === "paused" ? "paused" : "resumed"} the source of signals ${data(body, "name")}`,
  "signal-source.made": ({ actor, body }) => `${actor} had signals of ${data(body, "name")} be acted upon`,
  "signal-source.removed": ({ actor, body }) =>
    `${actor} had signals of ${data(body, "name")} be heard no more`,
  "signal-stream.changed": ({ actor, body }) => `${actor} changed the signal stream ${data(body, "name")}`,
  "signal-stream.made": ({ actor, body }) => `${actor} made the signal stream ${data(body, "name")}`,
  "signal-stream.removed": ({ actor, body }) => `${actor} removed the signal stream ${data(body, "name")}`,
  "signing-key.rotated": ({ actor, body }) => signingKeyStep(actor, body),
  "sink.changed": ({ actor, body }) => `${actor} changed the sink ${data(body, "name")}`,
  "sink.made": ({ actor, body }) => `${actor} made the sink ${data(body, "name")}`,
  "sink.paused": ({ actor, body }) => `${actor} paused the sink ${data(body, "name")}`,
  "sink.recovered": ({ body }) => `The sink ${data(body, "name")} takes the record again`,
  "sink.refused": ({ body }) =>
    `The sink ${data(body, "name")} refused ${counted(body, "items", "item")}: ${data(body, "said")}`,
  "sink.removed": ({ actor, body }) => `${actor} removed the sink ${data(body, "name")}`,
  "sink.replayed": ({ actor, body }) =>
    `${actor} had the record carried again to the sink ${data(body, "name")}, from place ${data(body, "to")}`,
  "sink.resumed": ({ actor, body }) => `${actor} let the sink ${data(body, "name")} go on`,
  "sink.stalled": ({ body }) => `The sink ${data(body, "name")} takes nothing: ${data(body, "said")}`,
  "sink.tested": ({ actor, body }) => `${actor} tested the sink ${data(body, "name")}`,
  "task.closed": ({ actor, agent }) => `${actor} closed a task of ${agent}`,
  "task.expired": ({ agent }) => `A task of ${agent} ended with its time`,
  "task.opened": ({ actor, agent, body }) => `${actor} opened a task for ${agent}: ${data(body, "text")}`,
  "team.changed": ({ actor, body }) => `${actor} changed the team ${data(body, "name")}`,
  "team.made": ({ actor, body }) => `${actor} made the team ${data(body, "name")}`,
  "team.member-added": ({ actor, body, person = "somebody" }) =>
    `${actor} took ${person} into the team ${data(body, "name")}`,
  "team.member-removed": ({ actor, body, person = "somebody" }) =>
    `${actor} took ${person} out of the team ${data(body, "name")}`,
  "team.removed": ({ actor, body }) => `${actor} removed the team ${data(body, "name")}`,
  "token.issued": ({ agent }) => `${agent} got a token`,
  "token.refused": ({ agent, body }) => `${agent} was refused a token: ${text(body["outcome"])}`,
  "token.revoked": ({ agent, body }) =>
    `${counted(body, "tokens", "token")} of ${agent} ${data(body, "tokens") === "1" ? "was" : "were"} ended`,
  "trust-rule.made": ({ actor, agent, body }) =>
    `${actor} let workloads of ${data(body, "issuer")} be ${agent}`,
  "trust-rule.removed": ({ actor, agent, body }) =>
    `${actor} removed the trust rule ${data(body, "name")} of ${agent}`,
  "view.removed": ({ actor }) => `${actor} removed a saved view of their own`,
  "view.saved": ({ actor }) => `${actor} saved a view of their own`,
}

/** Says an event in one sentence; an event of a newer program is told by its type. */
export function eventSentence(type: string, told: Told): string {
  return isKnown(type) ? SENTENCES[type](told) : type
}

function isKnown(type: string): type is EventType {
  return Object.hasOwn(SENTENCES, type)
}

/** What a plan is for: what a person leaves behind, or the end of an agent. */
function planOf({ person, agent, body }: Pick<Told, "agent" | "body" | "person">): string {
  return data(body, "kind") === "retirement"
    ? `The retirement of ${agent}`
    : `The departure of ${person ?? "somebody"}`
}

function settledBeside({ actor, body }: Told): string {
  return "tokens" in Object(body["data"])
    ? `${actor} settled how long tokens live, and what they are bound to`
    : `${actor} settled who may come in without an invitation`
}

function signingKeyStep(actor: string, body: Told["body"]): string {
  const asked = `${actor} asked for the next key that signs tokens: ${data(body, "reason")}`
  const steps: Readonly<Record<string, string>> = {
    asked,
    published: "The next key that signs tokens was made and published",
    signing: "The next key signs tokens; the one before is published until its last token ends",
  }
  return steps[data(body, "step")] ?? "A key that signs tokens changed"
}

function waitsIn(body: Told["body"]): string {
  const waits: Readonly<Record<string, string>> = {
    graceDays: "to be taken up",
    idleDays: "while they lie idle",
    leaverGraceDays: "once their owner has left",
  }
  const known = Object.entries(waits).filter(([name]) => data(body, name) !== "?")
  return known.map(([name, words]) => `${counted(body, name, "day")} ${words}`).join(", ")
}

function dayIn(body: Told["body"], name: string): string {
  return data(body, name).slice(0, 10)
}

/** Which finding it was, and about which agent where it is about one itself. */
function findingIn({ agent, body }: Pick<Told, "agent" | "body">): string {
  const rule = data(body, "rule")
  const title = findingRule(rule)?.title ?? rule
  return body["agent"] === undefined ? `: ${title}` : ` about ${agent}: ${title}`
}

function decided({ decision }: Told["body"]): string {
  const effect =
    typeof decision === "object" && decision !== null && "effect" in decision ? decision.effect : undefined
  if (effect === "permit") return "Permitted"
  return effect === "ask" ? "Asked people whether to permit" : "Denied"
}

/** Who adopts for themselves is both actor and owner; the records of before say so too. */
function actedByOwner({ actor, owner }: Told["body"]): boolean {
  return typeof actor === "object" && actor !== null && "id" in actor && actor.id === owner
}

function namesIn({ data: values }: Told["body"], name: string): string {
  const member =
    typeof values === "object" && values !== null && Object.entries(values).find(([key]) => key === name)
  const named = member ? member[1] : undefined
  return typeof named === "object" && named !== null ? Object.keys(named).join(", ").slice(0, 200) : "?"
}

function data({ data: values }: Told["body"], name: string): string {
  return typeof values === "object" && values !== null
    ? text(Object.entries(values).find(([key]) => key === name)?.[1])
    : "?"
}

function counted(body: Told["body"], name: string, noun: string): string {
  const count = data(body, name)
  return count === "1" ? `1 ${noun}` : `${count} ${noun}s`
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) : "?"
}
