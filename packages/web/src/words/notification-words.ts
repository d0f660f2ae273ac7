import type { HowTold, NotificationKind } from "@tabard/core"

/** What each kind is called where one chooses. A new kind does not compile until it has words. */
export const NOTIFICATION_WORDS: Readonly<Record<NotificationKind, string>> = {
  "approval-waiting": "A question waits for you",
  "approval-expiring": "A question is about to expire",
  "ownership-offered": "An agent is offered to you",
  "ownership-answered": "An offer of yours was answered",
  "agent-stopped": "Somebody stopped an agent of yours",
  "agent-quarantined": "An agent was quarantined",
  "agent-observed": "An agent is observed, or enforced again",
  "finding-opened": "A high or critical finding",
  "mandate-ending": "A mandate is ending",
  "mandate-over": "A mandate is over",
  "renewal-waiting": "A renewal waits for a second person",
  "agent-idle": "Nobody uses an agent",
  "review-overdue": "A review is overdue",
  "agents-found": "New agents were found",
  "agent-shadow": "Nobody took an agent up in time",
  "person-left": "Somebody left agents behind",
  "person-invited": "Somebody was invited",
  "role-changed": "A role was changed",
  "signed-in": "You signed in from a new browser",
  "export-troubled": "The record does not reach a receiver",
  "signals-troubled": "Signals do not reach a receiver, or do not come from a source",
  "api-token-expiring": "An API token of yours is about to expire",
  "log-split-view": "A witness has seen another history of the log",
  "decision-disputed": "Two judges differ about a decision",
  "retention-changed": "Entries are to leave the record",
}

/** What is said to a room says nobody’s “you”. */
const IN_A_ROOM: Readonly<Partial<Record<NotificationKind, string>>> = {
  "approval-waiting": "A question of an agent waits for people",
  "ownership-offered": "An agent is offered to somebody",
  "ownership-answered": "An offer was answered",
  "agent-stopped": "An agent was stopped",
}

/** Answers what a kind is called where a channel carries it. */
export function channelWords(kind: NotificationKind): string {
  return IN_A_ROOM[kind] ?? NOTIFICATION_WORDS[kind]
}

/** When exactly one is told, for the kinds whose name does not say it. */
export const NOTIFICATION_HINTS: Readonly<Partial<Record<NotificationKind, string>>> = {
  "approval-expiring": "Five minutes before, if nobody has answered.",
  "agent-stopped":
    "Suspended, retiring, or kept from everything by a set that was changed; not where you did it yourself.",
  "agent-quarantined": "Off until a person looks at it; as security or administrator of every agent.",
  "agent-observed":
    "As it begins, before it ends, as it ends, and where the agent was rehearsed; not where you did it yourself.",
  "finding-opened": "About an agent that you own or help with.",
  "mandate-ending": "As the organisation settled: usually two weeks, one week and one day before.",
  "agent-idle": "Before it is suspended, and when it is.",
  "agents-found": "Once for each scan that found any.",
  "role-changed": "Your own, and as an administrator everybody’s.",
  "export-troubled":
    "A person has to put something right, it has failed for an hour, an entry was refused, or somebody else paused or removed a sink.",
  "signals-troubled":
    "A person has to put something right, it has failed for an hour, or so much waits that a stream was paused.",
  "retention-changed": "Three days before the first of them leave; not where you settled it yourself.",
  "api-token-expiring": "A week before.",
}

/** The ways of being told. */
export const HOW_WORDS: Readonly<Record<HowTold, string>> = {
  "at-once": "At once",
  digest: "In the day’s mail",
  nothing: "Not at all",
}
