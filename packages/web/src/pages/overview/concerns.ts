import type { OverviewView } from "@tabard/api"
import { count } from "../../words/count.ts"

/** Something that is wrong and can be looked at. */
export interface Concern {
  readonly says: string
  readonly leadsTo: { readonly to: "/agents" | "/audit"; readonly search: Readonly<Record<string, string>> }
}

/** Answers what is wrong now, worst first; an empty list is the calm that the page is for. */
export function concernsOf(overview: OverviewView): readonly Concern[] {
  const { quarantined = 0 } = overview.agentsByState
  return [
    agentConcern(quarantined, count(quarantined, "agent was", "agents were"), "quarantined by the system", {
      state: "quarantined",
    }),
    agentConcern(
      overview.plaintextCredentials,
      count(overview.plaintextCredentials, "credential lies", "credentials lie"),
      "in plain text",
      { plaintext: "yes" },
    ),
    agentConcern(overview.orphaned, count(overview.orphaned, "agent has", "agents have"), "no owner", {
      orphaned: "yes",
    }),
  ].filter((concern) => concern !== undefined)
}

function agentConcern(
  many: number,
  who: string,
  what: string,
  search: Record<string, string>,
): Concern | undefined {
  return many > 0 ? { says: `${who} ${what}`, leadsTo: { to: "/agents", search } } : undefined
}
