import type { AgentSummary, CredentialView, FindingView } from "@tabard/api"

/** The columns of a file, each with what stands in it. */
export type Cells<Item> = Readonly<Record<string, (item: Item) => string>>

/** A row of the inventory. */
export const AGENT_CELLS: Cells<AgentSummary> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  category: ({ category }) => category ?? "unknown",
  owner: ({ owner }) => owner?.name ?? "",
  state: ({ state }) => state,
  orphaned: ({ orphaned }) => yesOrNo(orphaned),
  shadow: ({ shadow }) => yesOrNo(shadow),
  risk: ({ risk }) => numeral(risk?.score),
  band: ({ risk }) => risk?.band ?? "",
  access: ({ sides }) => numeral(sides?.access),
  autonomy: ({ sides }) => numeral(sides?.autonomy),
  "runs unasked": ({ autonomy }) => autonomy,
  tier: ({ tier }) => tier ?? "",
  purpose: ({ purpose }) => purpose ?? "",
  servers: ({ servers }) => numeral(servers),
  credentials: ({ credentials }) => numeral(credentials),
  "plain-text credentials": ({ plaintextCredentials }) => numeral(plaintextCredentials),
  place: ({ place }) => place ?? "",
  "seen by": ({ reporterName }) => reporterName ?? "",
  "last seen": ({ lastSeen }) => lastSeen ?? "",
  vanished: ({ vanishedAt }) => vanishedAt ?? "",
  "next review": ({ nextReview }) => nextReview ?? "",
}

/** A line of the findings. */
export const FINDING_CELLS: Cells<FindingView> = {
  id: ({ id }) => id,
  severity: ({ severity }) => severity,
  state: ({ state }) => state,
  rule: ({ rule }) => rule,
  title: ({ title }) => title,
  message: ({ message }) => message,
  "what to do": ({ remediation }) => remediation,
  about: ({ subject }) => subject.kind,
  subject: ({ subject }) => subject.name,
  place: ({ subject }) => subject.place ?? "",
  agents: ({ agents }) => agents.map(({ name }) => name).join("; "),
  evidence: ({ evidence }) => evidence.map(({ path, line }) => placed(path, line)).join("; "),
  opened: ({ openedAt }) => openedAt,
  "last seen": ({ lastSeenAt }) => lastSeenAt,
  resolved: ({ resolvedAt }) => resolvedAt ?? "",
  "accepted until": ({ acceptance }) => acceptance?.until ?? "",
  "accepted by": ({ acceptance }) => acceptance?.by.name ?? "",
}

/** A line of the credentials: kind, places and a keyed hash, as the list tells them. */
export const CREDENTIAL_CELLS: Cells<CredentialView> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  provider: ({ provider }) => provider ?? "",
  "stored as": ({ storedAs }) => storedAs,
  fingerprint: ({ fingerprint }) => fingerprint ?? "",
  agents: ({ agentCount }) => numeral(agentCount),
  "used by": ({ agents }) => agents.map(({ name }) => name).join("; "),
  places: ({ seen }) =>
    seen.flatMap(({ locations }) => locations.map(({ path, line }) => placed(path, line))).join("; "),
  "replace it by": ({ replacement }) => replacement?.words ?? "",
  "first seen": ({ firstSeen }) => firstSeen,
  "last seen": ({ lastSeen }) => lastSeen,
  vanished: ({ vanishedAt }) => vanishedAt ?? "",
}

function yesOrNo(truth: boolean): string {
  return truth ? "yes" : "no"
}

function numeral(many: number | undefined): string {
  return many === undefined ? "" : String(many)
}

function placed(path: string, line: number | null): string {
  return line === null ? path : `${path}:${line}`
}
