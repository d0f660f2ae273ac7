import { type Agent, effectiveFacts, type Fact, type Mandate, type Team, type User } from "@tabard/core"
import { endOf, type Manifest, type ManifestFault } from "@tabard/intent"

/** What is known of the agent that a manifest is for. */
export interface ManifestParties {
  readonly agent: Agent
  readonly mandate: Mandate
  readonly owner: User | undefined
  readonly maintainers: readonly User[]
  readonly teams: readonly Team[]
  readonly facts: readonly Fact[]
}

/**
 * Answers where a manifest says something else of its agent than was agreed for it. Owner, helpers, tier, category and term change
 * by acts of their own, which ask and tell the people whom they touch; a file changes none of them.
 */
export function agentFaults(manifest: Manifest, parties: ManifestParties): ManifestFault[] {
  return [
    ...agentFault(manifest, parties),
    ...ownerFault(manifest, parties),
    ...maintainerFaults(manifest, parties),
    ...categoryFault(manifest, parties),
    ...tierFault(manifest, parties),
    ...environmentFault(manifest, parties),
    ...endFault(manifest, parties),
  ]
}

function agentFault({ agent: named }: Manifest, { agent }: ManifestParties): ManifestFault[] {
  if (named === undefined || named === agent.id) return []
  return [
    fault("agent", `it is the manifest of ${named}`, `put it in force for that agent, or name ${agent.id}`),
  ]
}

function ownerFault({ owner: named }: Manifest, { owner }: ManifestParties): ManifestFault[] {
  if (named === undefined || (owner && isPerson(named, owner))) return []
  const words = owner
    ? `the agent's owner is ${owner.email}, and the manifest says ${named}`
    : "the agent has no owner"
  return [fault("owner", words, "hand the agent over first: the new owner has to agree")]
}

function maintainerFaults(
  { maintainers: named }: Manifest,
  { maintainers, teams }: ManifestParties,
): ManifestFault[] {
  if (named === undefined) return []
  const strangers = named.flatMap((name, index): ManifestFault[] => {
    const helps = maintainers.some((user) => isPerson(name, user)) || teams.some((team) => isTeam(name, team))
    if (helps) return []
    return [
      {
        path: ["maintainers", index],
        message: `${name} does not help with this agent`,
        next: "add them to the agent first",
      },
    ]
  })
  const silent = [
    ...maintainers.filter((user) => !named.some((name) => isPerson(name, user))).map(({ email }) => email),
    ...teams.filter((team) => !named.some((name) => isTeam(name, team))).map((team) => `team:${team.name}`),
  ]
  return silent.length === 0
    ? strangers
    : [
        ...strangers,
        fault(
          "maintainers",
          `${silent.join(", ")} help with this agent too`,
          "name them, or take them off the agent first",
        ),
      ]
}

function categoryFault({ category: named }: Manifest, { facts }: ManifestParties): ManifestFault[] {
  const known = textOf(effectiveFacts(facts), "category")
  if (named === undefined || known === undefined || known === named) return []
  return [
    fault(
      "category",
      `the agent is known as ${known}, and the manifest says ${named}`,
      "describe the agent so first",
    ),
  ]
}

function tierFault({ tier }: Manifest, { mandate }: ManifestParties): ManifestFault[] {
  if (tier === mandate.tier) return []
  return [
    fault(
      "tier",
      `the agent was adopted for the tier ${mandate.tier}, and the manifest says ${tier}`,
      "another ceiling is a new adoption",
    ),
  ]
}

/** What security insists on stands above a file. */
function environmentFault({ environment: named }: Manifest, { facts }: ManifestParties): ManifestFault[] {
  const insisted = textOf(effectiveFacts(facts.filter(({ kind }) => kind === "overridden")), "environment")
  if (named === undefined || insisted === undefined || insisted === named) return []
  return [
    fault(
      "environment",
      `security insists that the agent acts in ${insisted}`,
      "ask security or an administrator",
    ),
  ]
}

function endFault(manifest: Manifest, { mandate }: ManifestParties): ManifestFault[] {
  const end = endOf(manifest)
  const last = mandate.expiresAt.toISOString().slice(0, 10)
  // A day is taken at its word: a mandate that ends on that day is not overstepped by it.
  if (!end || end <= mandate.expiresAt || manifest.expires === last) return []
  return [
    fault(
      "expires",
      `the agent's mandate ends on ${last}, before ${manifest.expires ?? ""}`,
      "have the mandate renewed first",
    ),
  ]
}

function textOf(facts: ReadonlyMap<string, Fact>, name: string): string | undefined {
  const value = facts.get(name)?.value
  return typeof value === "string" ? value : undefined
}

/** People are named by their address or by id. */
function isPerson(name: string, { id, email }: User): boolean {
  return name === id || name.toLowerCase() === email.toLowerCase()
}

function isTeam(name: string, { id, name: called }: Team): boolean {
  return name === id || name === `team:${called}`
}

function fault(member: string, message: string, next: string): ManifestFault {
  return { path: [member], message, next }
}
