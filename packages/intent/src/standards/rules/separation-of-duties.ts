import type { FindingRule, RuleSighting } from "@tabard/core"
import type { AgentDeclaration } from "../declaration.ts"
import { ANYTHING } from "../declare-by-hand.ts"
import { type Chain, chainsFrom, delegatesOf, type Reached, reachedBy } from "../parties.ts"
import { sight, sightByHand } from "../sight.ts"
import type { Separation } from "../standards.ts"
import type { Vetted } from "../vetted.ts"

/** One party reaches more of what is kept apart than it may. */
export const separationOfDuties: FindingRule<Vetted> = {
  id: "separation-of-duties",
  severity: "high",
  title: "Duties that are kept apart come together",
  remediation:
    "Take one of the duties away, or give it to an agent of another owner that is handed no work by this one.",
  controls: ["SP800-53r5:AC-5", "NIST-CSF-2.0:PR.AA-05", "ISO42001-2023-A:A.10.2"],
  judge: (vetted) =>
    vetted.standards.separation.flatMap((separation) => [
      ...byAgents(vetted, separation),
      ...byOwners(vetted, separation),
    ]),
}

/** An agent by itself, or with whom it hands work to: told once, in the sharper words. */
function byAgents({ declarations, delegations }: Vetted, separation: Separation): readonly RuleSighting[] {
  const byAgent = Map.groupBy(declarations, ({ agent }) => agent)
  const delegates = delegatesOf(declarations, delegations)
  return [...byAgent].flatMap(([agent, own]) => {
    const alone = separation.across.includes("agent") ? reachedBy(own, separation) : []
    if (alone.length > separation.atMost) return together(separation, alone, "It reaches")
    if (!separation.across.includes("delegation")) return []
    const chains = chainsFrom(agent, delegates)
    const all = reachedBy(withinReach(chains, byAgent), separation)
    return all.length > separation.atMost ? atOne(own, separation, all, chains) : []
  })
}

function withinReach(
  chains: ReadonlyMap<string, Chain>,
  byAgent: ReadonlyMap<string, readonly AgentDeclaration[]>,
): readonly AgentDeclaration[] {
  return [...chains.keys()].flatMap((agent) => byAgent.get(agent) ?? [])
}

/** All agents of one person together, with whatever these hand on. */
function byOwners({ declarations, delegations }: Vetted, separation: Separation): readonly RuleSighting[] {
  if (!separation.across.includes("owner")) return []
  const byAgent = Map.groupBy(declarations, ({ agent }) => agent)
  const delegates = delegatesOf(declarations, delegations)
  const owned = Map.groupBy(declarations, ({ manifest }) => manifest.owner?.trim().toLowerCase() ?? "")
  return [...owned].flatMap(([owner, own]) => {
    const agents = new Set(own.map(({ agent }) => agent))
    if (owner === "" || agents.size < 2) return []
    const reachable = new Set([...agents].flatMap((agent) => [...chainsFrom(agent, delegates).keys()]))
    const all = reachedBy(
      [...reachable].flatMap((agent) => byAgent.get(agent) ?? []),
      separation,
    )
    if (all.length <= separation.atMost) return []
    return together(separation, all, `The agents of ${owner} reach`).map((each) => ({
      ...each,
      subject: owner,
    }))
  })
}

/** Told at each use, each under its own agent. */
function together(
  separation: Separation,
  reached: readonly Reached[],
  whose: string,
): readonly RuleSighting[] {
  const [first] = reached
  if (!first) return []
  const evidence = reached.flatMap(whereOf)
  const message = `${whose} ${allWords(reached)}, and ${separation.name} lets one have ${separation.atMost} of these.`
  return [{ ...sight(first.by, ["tools"], message), evidence: named(evidence, separation) }]
}

function whereOf({ by, use }: Reached): RuleSighting["evidence"] {
  const isByHand = by.byHand?.uses.includes(use) ?? false
  return isByHand ? sightByHand(by, "").evidence : sight(by, ["tools", use.index, "tool"], "").evidence
}

function atOne(
  [own]: readonly AgentDeclaration[],
  separation: Separation,
  reached: readonly Reached[],
  chains: ReadonlyMap<string, Chain>,
): readonly RuleSighting[] {
  if (!own) return []
  const ways = reached.map(({ by }) => chains.get(by.agent) ?? []).filter(({ length }) => length > 1)
  const handed = [...new Set(ways.map((way) => way.join(" → ")))].join("; ")
  const message = `With whom it hands work to (${handed}) it reaches ${allWords(reached)}, and ${separation.name} lets one have ${separation.atMost} of these.`
  const sighting = sight(own, ["delegatesTo"], message)
  return [{ ...sighting, evidence: named(sighting.evidence, separation) }]
}

function allWords(reached: readonly Reached[]): string {
  return reached.map(({ by, use }) => `${useWords(use)} (${by.agent})`).join(", ")
}

function named(evidence: RuleSighting["evidence"], { name }: Separation): RuleSighting["evidence"] {
  return evidence.map((each) => ({ ...each, what: `${name}: ${each.what}` }))
}

function useWords({ server, entry }: Reached["use"]): string {
  return server === ANYTHING ? "whatever a policy written by hand permits" : `${server}/${entry.tool}`
}
