import { BULKY, OF_SOMEBODY, TYPED } from "./committed.ts"
import type { ProfilesOf } from "./profile.ts"

const REASON = { reason: TYPED }

/** What is recorded of agents, and of who answers for them. */
export const AGENT_PROFILES: ProfilesOf<"agent" | "maintainer" | "manifest" | "ownership" | "policy"> = {
  "agent.activated": { means: "A proposed agent may act from now on.", names: ["agent", "owner"] },
  "agent.described": {
    means: "A person stated what describes an agent, or took such a statement back.",
    names: ["agent", "owner"],
    committed: { "facts.purpose": TYPED },
  },
  "agent.discovered": {
    means: "An agent was seen for the first time: by a scan, or as a person signed its client in.",
    names: ["agent"],
  },
  "agent.dismissed": {
    means: "A person said that a discovery is not an agent.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.entered": {
    means: "A person entered an agent that no scan had seen.",
    names: ["agent", "owner"],
    committed: { purpose: TYPED },
  },
  "agent.merged": {
    means: "A person said that two agents are one.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.mode-changed": {
    means:
      "A person had an agent observed until a day: what its own bounds would have stopped was let through and kept. Or had them enforced again, which time does as well, or recorded that it was rehearsed.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.proposed": {
    means: "An agent was proposed with owner, purpose, tier and end; it may not act yet.",
    names: ["agent"],
    committed: { purpose: TYPED },
  },
  "agent.quarantined": {
    means:
      "An agent was stopped by the system, or on the word of security, until a person lets it go on; its tokens and questions ended with it.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.reappeared": { means: "An agent was seen again after it had vanished.", names: ["agent"] },
  "agent.renewal-asked": {
    means: "The owner of an agent wants it to go on beyond its end; a second person has to agree.",
    names: ["agent"],
  },
  "agent.renewal-declined": {
    means: "A renewal that waited was declined, or taken back by its owner.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.renewed": {
    means: "The mandate of an agent ends later than before, on the same terms.",
    names: ["agent"],
  },
  "agent.reopened": {
    means: "A person took a dismissal back.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.resumed": {
    means: "A person let a stopped agent act again.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.retired": {
    means:
      "An agent ended for ever: its data are the signed certificate. With an exception, a person signed that keys of others may work.",
    names: ["agent"],
    committed: { exception: TYPED },
    verbatim: ["jws"],
  },
  "agent.retiring": {
    means:
      "A person began to end an agent: its tokens and questions ended with it, and a plan ends the rest.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.risk-changed": { means: "An agent's risk came into another band.", names: ["agent"] },
  "agent.split": {
    means: "A person said that a sighting is an agent of its own.",
    names: ["agent"],
    committed: { ...REASON, key: OF_SOMEBODY },
  },
  "agent.successor-named": {
    means:
      "It was said who is to be asked first to own an agent once its owner leaves, or that it is nobody.",
    names: ["agent"],
  },
  "agent.suspended": {
    means:
      "An agent was stopped: by a person, or as its mandate ended, it lay idle or its owner left. Its tokens and questions ended with it.",
    names: ["agent"],
    committed: REASON,
  },
  "agent.vanished": { means: "A scan no longer found an agent where it was seen.", names: ["agent"] },

  "agent.warned": {
    means:
      "The people of an agent were warned that it will be suspended, as its mandate ends or it lies idle, or enforced again, as its time in observe mode ends.",
    names: ["agent"],
  },
  "maintainer.added": { means: "A person may help with an agent.", names: ["agent"] },
  "maintainer.removed": { means: "A person helps with an agent no longer.", names: ["agent"] },
  "maintainer.team-added": { means: "A team may help with an agent.", names: ["agent"] },
  "maintainer.team-removed": { means: "A team helps with an agent no longer.", names: ["agent"] },

  "manifest.put": {
    means: "An agent's manifest came into force in place of the one before.",
    names: ["agent"],
    committed: { sentences: BULKY },
  },

  "policy.put": {
    means:
      "A person put guard-rails, tiers, a set of values, cases or an agent's hand-written policies in force in place of those before.",
    names: [],
  },

  "ownership.accepted": {
    means: "A person accepted to answer for an agent.",
    names: ["agent", "owner"],
  },
  "ownership.declined": {
    means: "A person declined to answer for an agent.",
    names: ["agent"],
    committed: REASON,
  },
  "ownership.expired": { means: "Nobody answered an offer of ownership in time.", names: ["agent"] },
  "ownership.offered": {
    means: "A person was asked to answer for an agent.",
    names: ["agent"],
    committed: { note: TYPED },
  },
  "ownership.withdrawn": { means: "An offer of ownership was taken back.", names: ["agent"] },
}
