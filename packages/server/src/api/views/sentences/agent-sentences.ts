import type { SentencesOf, Told } from "./sentence.ts"
import { counted, data, dayIn, namesIn } from "./told-words.ts"

/** What happened to agents, and to who answers for them. */
export const AGENT_SENTENCES: SentencesOf<"agent" | "maintainer" | "manifest" | "ownership" | "policy"> = {
  "agent.activated": ({ actor, agent }) => `${actor} activated ${agent}`,
  "agent.described": ({ actor, agent, body }) => `${actor} said of ${agent}: ${namesIn(body, "facts")}`,
  "agent.discovered": ({ agent }) => `${agent} was discovered`,
  "agent.dismissed": ({ actor, agent }) => `${actor} dismissed ${agent}`,
  "agent.entered": ({ actor, agent }) => `${actor} entered ${agent} by hand`,
  "agent.merged": ({ actor, agent, body }) =>
    `${actor} said that ${agent} is what was also found as ${data(body, "merged")}`,
  "agent.mode-changed": ({ actor, agent, body }) => {
    if (data(body, "mode") === "rehearsed")
      return `${actor} recorded that ${agent} was rehearsed with ${data(body, "calls")} calls`
    return data(body, "mode") === "observe"
      ? `${actor} has ${agent} observed until ${data(body, "until")}`
      : enforcedAgain(body, actor, agent)
  },
  "agent.proposed": ({ actor, agent, body }) =>
    actedByOwner(body) ? `${actor} accepted to own ${agent}` : `${actor} proposed ${agent}`,
  "agent.quarantined": ({ actor, agent }) => `${actor} quarantined ${agent}`,
  "agent.reappeared": ({ agent }) => `${agent} was seen again after it had vanished`,
  "agent.renewal-asked": ({ actor, agent, body }) =>
    `${actor} asked to renew the mandate of ${agent} until ${dayIn(body, "expiresAt")}`,
  "agent.renewal-declined": ({ actor, agent }) => `${actor} declined to renew the mandate of ${agent}`,
  "agent.renewed": ({ actor, agent, body }) =>
    `${actor} renewed the mandate of ${agent} until ${dayIn(body, "expiresAt")}`,
  "agent.reopened": ({ actor, agent }) => `${actor} took the dismissal of ${agent} back`,
  "agent.resumed": ({ actor, agent }) => `${actor} let ${agent} act again`,
  "agent.retired": ({ actor, agent, body }) =>
    data(body, "exception") === "?"
      ? `${agent} was retired for ever`
      : `${actor} signed that ${agent} is retired for ever`,
  "agent.retiring": ({ actor, agent }) => `${actor} began to retire ${agent}`,
  "agent.risk-changed": ({ agent, body }) =>
    `The risk of ${agent} is now ${data(body, "band")}; it was ${data(body, "before")}`,
  "agent.split": ({ actor, agent, body }) => `${actor} split ${agent} off ${data(body, "from")}`,
  "agent.successor-named": ({ actor, agent, person }) =>
    person === undefined
      ? `${actor} took back who is to own ${agent} next`
      : `${actor} named ${person} to own ${agent} next`,
  "agent.suspended": ({ actor, agent }) => `${actor} suspended ${agent}`,
  "agent.vanished": ({ agent }) => `${agent} is no longer where it was seen`,
  "agent.warned": ({ agent, body }) => warnedOf(body, agent),
  "maintainer.added": ({ actor, agent, person = "somebody" }) => `${actor} lets ${person} help with ${agent}`,
  "maintainer.removed": ({ actor, agent, person = "somebody" }) =>
    `${actor} ended ${person}'s helping with ${agent}`,
  "maintainer.team-added": ({ actor, agent, body }) =>
    `${actor} lets the team ${data(body, "name")} help with ${agent}`,
  "maintainer.team-removed": ({ actor, agent, body }) =>
    `${actor} ended the helping of the team ${data(body, "name")} with ${agent}`,
  "policy.put": ({ actor, agent, body }) =>
    `${actor} put version ${data(body, "version")} of ${policiesIn(body, agent)} in force${aloneIn(body)}`,
  "manifest.put": ({ actor, agent, body }) =>
    `${actor} put manifest ${data(body, "version")} of ${agent} in force${widenedIn(body)}`,
  "ownership.accepted": ({ actor, agent }) => `${actor} accepted to own ${agent}`,
  "ownership.declined": ({ actor, agent }) => `${actor} declined to own ${agent}`,
  "ownership.expired": ({ agent, person = "Somebody" }) =>
    `${person} did not answer the offer of ${agent} in time`,
  "ownership.offered": ({ actor, agent, person = "somebody" }) => `${actor} offered ${agent} to ${person}`,
  "ownership.withdrawn": ({ actor, agent, person = "somebody" }) =>
    `${actor} took back the offer of ${agent} to ${person}`,
}

/** Who adopts for themselves is both actor and owner; the records of before say so too. */
function actedByOwner({ actor, owner }: Told["body"]): boolean {
  return typeof actor === "object" && actor !== null && "id" in actor && actor.id === owner
}

function warnedOf(body: Told["body"], agent: string): string {
  switch (data(body, "cause")) {
    case "observing":
      return `${agent} is enforced again from ${data(body, "due")}: its time in observe mode ends then`
    case "inactivity":
      return `${agent} lies idle: it will be suspended within ${counted(body, "days", "day")}`
    default:
      return `The mandate of ${agent} ends within ${counted(body, "days", "day")}`
  }
}

function enforcedAgain(body: Told["body"], actor: string, agent: string): string {
  return data(body, "cause") === "time"
    ? `${agent} is enforced again: its time in observe mode was over`
    : `${actor} has the bounds of ${agent} enforced again`
}

/** Which of the organisation's own policies were written. */
function policiesIn(body: Told["body"], agent: string): string {
  switch (data(body, "kind")) {
    case "guard":
      return "the organisation’s guard-rails"
    case "offered":
      return "where the offered guard-rails hold"
    case "tier":
      return "the organisation’s tiers"
    case "cases":
      return "the cases that policies are held to"
    case "set":
      return `the set ${data(body, "subject")}`
    default:
      return `the hand-written policies of ${agent}`
  }
}

/** Where nobody else could look at it. */
function aloneIn(body: Told["body"]): string {
  return data(body, "widenedBy") === "sole-administrator" ? ", as the sole administrator" : ""
}

/** Who stood behind it, where the agent may do more by it. */
function widenedIn(body: Told["body"]): string {
  const by = data(body, "widenedBy")
  if (by === "?") return ""
  return `, by which it may do more${by === "sole-administrator" ? ", as the sole administrator" : ""}`
}
