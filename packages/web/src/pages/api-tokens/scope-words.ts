import { READ_SCOPE, SCOPE_GROUPS, type ScopeGroup } from "@tabard/api"
import { keysOf } from "../../shell/read-address.ts"
import { listed } from "../../words/count.ts"

/** What each group of operations lets a token do. */
export const SCOPE_WORDS: Readonly<Record<ScopeGroup, string>> = {
  "access:ask": "Ask the decision point, as the enforcement point that it is registered for",
  "applications:read": "Read the applications of the decision point and who may ask it",
  "applications:write": "Change applications of the decision point, but for the built-in one",
  "agents:read": "Read agents, the overview and the directory",
  "agents:write": "Enter, describe, offer, suspend and retire agents",
  "findings:read": "Read findings and rules",
  "findings:write": "Accept findings and take acceptances back",
  "inventory:read": "Read servers, credentials, systems, scans and machines",
  "manifests:apply": "Put planned manifests in force",
  "policies:apply": "Put planned guard-rails, tiers and sets in force",
  "people:read": "Read people and teams",
  "people:write": "Import people and their teams",
  "record:read": "Read the record, the log with its files, and approvals",
  "search:read": "Search everything",
  "ssf.manage": "Manage and fetch its own streams of signals, as their receiver",
  "ssf.read": "Read its own streams of signals, as their receiver",
  "keys:write": "Seal the server's keys anew",
  "scans:write": "Start scans",
  "trust:read": "Read trust rules",
  "trust:write": "Try trust rules, let workloads be agents by them, and end that",
}

/** What an auditor needs and no more: the log's files, and events with what proves them. */
export const AUDITOR_SCOPES: readonly string[] = ["readLog", "listEvents", "getEvent", "getEventProof"]

/** The groups in the order in which they are offered. */
export const SCOPES_OFFERED: readonly ScopeGroup[] = keysOf(SCOPE_GROUPS)

/** Says what a token may ask for in a few words. */
export function scopesTold(scopes: readonly string[]): string {
  return listed(scopes.map((scope) => (scope === READ_SCOPE ? "reads everything" : scope)))
}
