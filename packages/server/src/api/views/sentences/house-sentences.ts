import { findingRule } from "@tabard/control"
import type { SentencesOf, Told } from "./sentence.ts"
import { counted, data, text } from "./told-words.ts"

/** What happened to what is seen, settled and kept. */
export const HOUSE_SENTENCES: SentencesOf<
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
  "channel.made": ({ actor, body }) => `${actor} made the channel ${data(body, "name")}`,
  "channel.removed": ({ actor, body }) => `${actor} removed the channel ${data(body, "name")}`,
  "channel.rotated": ({ actor, body }) => `${actor} gave the channel ${data(body, "name")} a new secret`,
  "credential.discovered": ({ body }) =>
    `A credential was discovered: ${data(body, "kind")}, ${data(body, "storedAs")}`,
  "credential.reappeared": ({ body }) =>
    `A credential is back where it had vanished: ${data(body, "kind")}, ${data(body, "storedAs")}`,
  "credential.settled": ({ actor, agent, body }) =>
    `${actor} settled a credential of ${agent}: ${data(body, "how")}`,
  "credential.vanished": () => "A credential is no longer where it was seen",
  "delivery.retried": ({ actor }) => `${actor} had a notification sent again`,
  "finding.accepted": ({ actor, ...told }) => `${actor} accepted a finding${findingIn(told)}`,
  "finding.opened": (told) => `A finding was opened${findingIn(told)}`,
  "finding.reopened": (told) => `A finding is open again${findingIn(told)}`,
  "finding.resolved": (told) => `A finding was put right${findingIn(told)}`,
  "key.rewrapped": ({ actor, body }) =>
    `${actor} had the ${data(body, "purpose")} key sealed under another key-encryption key`,
  "log-policy.changed": ({ actor }) => `${actor} settled who witnesses the log`,
  "log.pruned": ({ body }) =>
    `Entries ${data(body, "from")} up to ${data(body, "to")} left the log ${data(body, "log")} by its retention`,
  "log.rotated": ({ actor, body }) =>
    `A new log of the record followed as ${actor} had asked: ${data(body, "reason")}`,
  "log.rotation-asked": ({ actor, body }) =>
    `${actor} asked for a new log of the record: ${data(body, "reason")}`,
  "log.split-view": ({ body }) => `The witness ${data(body, "witness")} has seen another history of the log`,
  "plan.ended": (told) =>
    `${planOf(told)} ${data(told.body, "how") === "done" ? "is complete" : "was called off"}`,
  "plan.started": (told) => `${planOf(told)} has begun`,
  "plan.step-done": (told) => `${planOf(told)}: ${data(told.body, "does")}, ${data(told.body, "outcome")}`,
  "register.imported": ({ actor, body }) =>
    `${actor} imported a register: ${counted(body, "entered", "agent")} entered, ${data(body, "changed")} changed`,
  "report.refused": ({ body }) => `Reports of ${data(body, "name")} are refused: ${text(body["outcome"])}`,
  "reporter.enrolled": ({ body }) => `The reporter ${data(body, "name")} was enrolled`,
  "reporter.offered": ({ actor, body }) =>
    `${actor} made an enrolment code for the reporter ${data(body, "name")}`,
  "reporter.revoked": ({ actor, body }) => `${actor} revoked the reporter ${data(body, "name")}`,
  "retention.changed": ({ actor, body }) =>
    data(body, "months") === "?"
      ? `${actor} settled that the record is kept for ever`
      : `${actor} settled that the record is kept for ${counted(body, "months", "month")}`,
  "scan.finished": ({ body, reporter }) =>
    `A scan${reporter === undefined ? "" : ` by ${reporter}`} read ${counted(body, "filesRead", "file")} and saw ${counted(body, "agents", "agent")}`,
  "server.discovered": ({ body }) => `The MCP server ${data(body, "name")} was discovered`,
  "server.registered": ({ actor, body }) => `${actor} put ${data(body, "name")} behind the gateway`,
  "server.tool-reviewed": ({ actor, body }) =>
    data(body, "how") === "corrected"
      ? `${actor} corrected what ${text(body["action"])} does`
      : `${actor} reviewed ${text(body["action"])} as it is defined now`,
  "settings.changed": (told) =>
    data(told.body, "graceDays") === "?" ? settledBeside(told) : settledForAgents(told),
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

function settledForAgents({ actor, body }: Told): string {
  const now = Object(body["data"])
  const widened = now["widenedByAnother"]
  if (widened === Object(now["before"])["widenedByAnother"])
    return `${actor} settled how long agents wait: ${waitsIn(body)}`
  return widened
    ? `${actor} settled that somebody other than its owner widens what an agent may do`
    : `${actor} settled that its owner alone may widen what an agent may do`
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

/** Which finding it was, and about which agent where it is about one itself. */
function findingIn({ agent, body }: Pick<Told, "agent" | "body">): string {
  const rule = data(body, "rule")
  const title = findingRule(rule)?.title ?? rule
  return body["agent"] === undefined ? `: ${title}` : ` about ${agent}: ${title}`
}
