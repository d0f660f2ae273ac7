import { TOKEN_ACTION } from "@tabard/control"
import type { SentencesOf, Told } from "./sentence.ts"
import { counted, data, text } from "./told-words.ts"

/** What happened to tasks, keys and tokens, decisions and questions, and what agents did. */
export const AUTHORITY_SENTENCES: SentencesOf<
  | "access"
  | "application"
  | "approval"
  | "call"
  | "client"
  | "delegation"
  | "door"
  | "enrolment"
  | "instance"
  | "reach"
  | "signing-key"
  | "task"
  | "token"
  | "trust-rule"
> = {
  "access.evaluated": ({ body }) =>
    `${data(body, "application")} was asked about ${data(body, "action")} and answered ${data(body, "effect")}`,
  "application.put": ({ actor, body }) =>
    `${actor} put version ${data(body, "version")} of the application ${data(body, "name")} in force`,
  "application.removed": ({ actor, body }) => `${actor} removed the application ${data(body, "name")}`,
  "approval.agreed": ({ actor, agent }) =>
    `${actor} agreed to what ${agent} asked for; others are asked as well`,
  "approval.approved": ({ actor, agent }) => `${actor} approved what ${agent} asked for`,
  "approval.cancelled": ({ agent }) => `A question of ${agent} was withdrawn`,
  "approval.denied": ({ actor, agent }) => `${actor} denied what ${agent} asked for`,
  "approval.expired": ({ agent }) => `A question of ${agent} expired unanswered`,
  "approval.requested": ({ agent, body }) =>
    body["action"] === TOKEN_ACTION
      ? `${agent} asked a person to act for them`
      : `${agent} asked to call ${text(body["action"])}`,
  "approval.spent": ({ agent }) => `${agent} used an approval up`,
  "call.decided": ({ agent, body }) =>
    `${decided(body)} ${agent} to call ${text(body["action"])}${letThrough(body)}`,
  "call.disputed": ({ agent, body }) =>
    body["agent"] === undefined
      ? `Two judges differ about a question of ${text(body["action"])}, which was denied`
      : `Two judges differ about a call of ${text(body["action"])} by ${agent}, which was denied`,
  "call.finished": ({ agent, body }) => `${agent} called ${text(body["action"])}: ${text(body["outcome"])}`,
  "client.agreed": ({ actor, agent, body }) => `${actor} signed ${data(body, "name")} in as ${agent}`,
  "client.ended": ({ actor, body }) => `${actor} signed the client ${data(body, "name")} out`,
  "client.registered": ({ actor, body }) => `${actor} registered the client ${data(body, "name")}`,
  "client.removed": ({ actor, body }) => `${actor} removed the client ${data(body, "name")}`,
  "client.rule-made": ({ actor, body }) =>
    `${actor} let ${data(body, "match")} be adopted as ${data(body, "tier")} for whoever signs it in`,
  "client.rule-removed": ({ actor, body }) =>
    `${actor} ended the rule by which ${data(body, "match")} was adopted`,
  "delegation.allowed": ({ actor, agent, other = "another agent" }) =>
    `${actor} let ${other} act for ${agent}`,
  "delegation.withdrawn": ({ actor, agent, other = "another agent", body }) =>
    `${actor} withdrew that ${other} may act for ${agent}, and ${counted(body, "tokens", "token")} ended`,
  "door.registered": ({ actor, body }) => `${actor} registered the enforcement point ${data(body, "name")}`,
  "door.removed": ({ actor, body }) => `${actor} removed the enforcement point ${data(body, "name")}`,
  "enrolment.offered": ({ actor, agent }) => `${actor} made an enrolment code for ${agent}`,
  "enrolment.refused": ({ agent }) => `An enrolment for ${agent} was refused`,
  "instance.enrolled": ({ agent, body }) => `${agent} enrolled a key: ${data(body, "label")}`,
  "instance.revoked": ({ agent, actor, body }) =>
    `${actor} ended an install of ${agent}: ${data(body, "reason")}`,
  "instance.rotated": ({ agent }) => `${agent} put a new key in the place of an older one`,
  "reach.declared": ({ actor, agent, body }) =>
    `${actor} said that ${agent} has ${text(body["resource"])} in its hands`,
  "reach.refused": ({ actor, agent, body }) =>
    `${data(body, "operation")} as ${actor} was refused, since ${agent} would govern itself by it`,
  "reach.withdrawn": ({ actor, agent, body }) =>
    `${actor} took back that ${agent} has ${text(body["resource"])} in its hands`,
  "signing-key.rotated": ({ actor, body }) => signingKeyStep(actor, body),
  "task.closed": ({ actor, agent }) => `${actor} closed a task of ${agent}`,
  "task.expired": ({ agent }) => `A task of ${agent} ended with its time`,
  "task.opened": ({ actor, agent, body }) => `${actor} opened a task for ${agent}: ${data(body, "text")}`,
  "token.issued": ({ agent }) => `${agent} got a token`,
  "token.refused": ({ agent, body }) => `${agent} was refused a token: ${text(body["outcome"])}`,
  "token.revoked": ({ agent, body }) =>
    `${counted(body, "tokens", "token")} of ${agent} ${data(body, "tokens") === "1" ? "was" : "were"} ended`,
  "trust-rule.made": ({ actor, agent, body }) =>
    `${actor} let workloads of ${data(body, "issuer")} be ${agent}`,
  "trust-rule.removed": ({ actor, agent, body }) =>
    `${actor} removed the trust rule ${data(body, "name")} of ${agent}`,
}

function signingKeyStep(actor: string, body: Told["body"]): string {
  const signs = data(body, "signs") === "signals" ? "signals" : "tokens"
  const asked = `${actor} asked for the next keys that sign tokens and signals: ${data(body, "reason")}`
  const steps: Readonly<Record<string, string>> = {
    asked,
    published: `The next key that signs ${signs} was made and published`,
    signing: `The next key signs ${signs}; the one before is published while something that it signed counts`,
  }
  return steps[data(body, "step")] ?? `A key that signs ${signs} changed`
}

/** Whoever reads that something was denied must not take it that it did not happen. */
function letThrough({ decision }: Told["body"]): string {
  if (typeof decision !== "object" || decision === null) return ""
  const isThrough = "observed" in decision && decision.observed === "let_through"
  const wasPermitted = "effect" in decision && decision.effect === "permit"
  return isThrough && !wasPermitted ? ", and let it through: the agent is observed" : ""
}

function decided({ decision }: Told["body"]): string {
  const effect =
    typeof decision === "object" && decision !== null && "effect" in decision ? decision.effect : undefined
  if (effect === "permit") return "Permitted"
  return effect === "ask" ? "Asked people whether to permit" : "Denied"
}
