import { keys } from "./keys.ts"

/** What an answer is remembered under, or the beginning of that. */
export type Key = readonly unknown[]

/** What changed, as the server tells it: the type of an event, and its agent where it is about one. */
export interface Change {
  readonly type: string
  readonly agent: string | null
}

/** Stands for every answer that is kept: what a change of this kind touches is not told one by one. */
export const EVERYTHING: Key = []

/** What each event touches besides what its topic does: it stands in the record, and there on the overview. */
const RECORD: readonly Key[] = [keys.events, keys.log, keys.overview]

const INVENTORY: readonly Key[] = [
  keys.agents,
  keys.riskPicture,
  keys.resources,
  keys.observedServers,
  keys.credentials,
]

type Touches = (agent: Key) => readonly Key[]

/**
 * Which answers an event touches, by the topic of its type (what stands before the dot). A topic that is missing here
 * touches everything, and a test asks for its line.
 */
export const TOUCHED_BY_TOPIC: Readonly<Record<string, Touches>> = {
  agent: (agent) => [...INVENTORY, agent, keys.offers, keys.notifications],
  access: () => [],
  application: () => [],
  "api-token": () => [keys.apiTokens],
  approval: (agent) => [keys.approvals, agent, keys.notifications],
  call: (agent) => [keys.decisions, agent],
  channel: () => [keys.channels],
  client: (agent) => [keys.clients, keys.clientGrants, keys.clientRules, agent],
  credential: (agent) => [...INVENTORY, agent],
  "dead-letter": () => [keys.sinks],
  delegation: () => [keys.anyAgent, keys.agents],
  delivery: () => [keys.channels, keys.notifications],
  door: () => [],
  enrolment: (agent) => [agent],
  finding: (agent) => [keys.findings, keys.rules, keys.agents, agent, keys.notifications],
  instance: (agent) => [agent, keys.trustRules],
  log: () => [keys.notifications, keys.logs, keys.logPolicy, keys.retention],
  "log-policy": () => [keys.logPolicy],
  maintainer: (agent) => [keys.agents, agent, keys.people, keys.teams],
  manifest: (agent) => [keys.agents, keys.riskPicture, keys.coverage, agent],
  notifications: () => [keys.notificationChoices],
  ownership: (agent) => [keys.offers, keys.agents, agent, keys.people, keys.notifications],
  people: () => [EVERYTHING],
  person: () => [EVERYTHING],
  plan: () => [EVERYTHING],
  policy: (agent) => [keys.tiers, keys.ownPolicies, keys.coverage, keys.agents, agent],
  reach: (agent) => [agent],
  register: () => [EVERYTHING],
  report: () => [keys.reporters, keys.scans],
  reporter: () => [keys.reporters],
  retention: () => [keys.retention],
  scan: () => [EVERYTHING],
  server: () => [keys.servers, keys.coverage, ...INVENTORY],
  session: () => [keys.people, keys.ownSessions],
  settings: () => [EVERYTHING],
  signal: (agent) => [keys.signals, agent],
  "signal-source": () => [keys.signals],
  "signal-stream": () => [keys.signals],
  key: () => [],
  "signing-key": () => [keys.signingKeys],
  sink: () => [keys.sinks, keys.notifications],
  task: (agent) => [agent],
  team: () => [EVERYTHING],
  token: (agent) => [agent],
  "trust-rule": (agent) => [keys.trustRules, agent],
  view: () => [keys.views],
}

/** Answers the keys of what a change may have made old. */
export function touchedBy({ type, agent }: Change): readonly Key[] {
  const touches = TOUCHED_BY_TOPIC[type.split(".", 1)[0] ?? ""]
  if (!touches) return [EVERYTHING]
  return [...RECORD, ...touches(agent === null ? keys.anyAgent : keys.agent(agent))]
}

/** What a person waits for: it is asked for at once. */
export const AWAITED: readonly Key[] = [keys.approvals, keys.offers]

/** What goes on changing for a moment after its event: on the way into the log, or to who is told of it. */
export const SETTLING: readonly Key[] = [keys.events, keys.log, keys.notifications]
