import { type Agent, type Id, isId, Problem } from "@tabard/core"
import { checkManifest, type Manifest, type ManifestProblem, manifestInvalid } from "@tabard/intent"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { stateFacts } from "../registry/describe-agent.ts"
import { findAgent } from "../registry/find-agent.ts"
import { MANIFEST_REPOSITORY } from "../self-government/keepers-of.ts"
import { addressOf, type KeptPlace, repositoryAt } from "../self-government/kept-place.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { guardRailsLeft } from "./guard-rails-left.ts"
import { overseeWidening } from "./oversee-widening.ts"
import type { PolicySet } from "./policy-store.ts"
import { putPolicies } from "./put-policies.ts"
import { compileAgainstTools, type VetStores, vetText } from "./vet-manifest.ts"
import type { AgentBounds } from "./widens.ts"

export interface PutManifestDeps extends RecordContext {
  readonly transact: Transact<"outbox" | keyof AssessStores | keyof VetStores>
}

export interface CheckManifestDeps {
  readonly snapshot: Snapshot<"agents" | keyof VetStores>
}

/** The text of a manifest, and the agent that it is for. */
export interface ManifestRequest {
  readonly agent: string
  readonly text: string
}

/** A manifest to put in force. */
export interface ManifestWish extends ManifestRequest {
  /** The repository that it is kept in, as `github.com/acme/agents`; null where it is in none any more. */
  readonly repository?: string | null | undefined
}

/** A manifest in force and what it means. */
export interface ManifestInForce {
  readonly set: PolicySet
  readonly sentences: readonly string[]
}

/** What a manifest would come to: every problem of it, or what it means in words and in Cedar. */
export interface ManifestMeaning {
  readonly problems: readonly ManifestProblem[]
  readonly sentences: readonly string[]
  readonly policies: readonly { readonly id: string; readonly text: string }[]
}

/**
 * Puts an agent's manifest in force in place of the one before. It may not say otherwise than was agreed for the agent: whose it
 * is, who helps, how far it may go and until when are acts of their own. Where it is kept is known from then on, until
 * another is put with another place.
 *
 * @throws {Problem} agent_not_found, body_invalid, not_allowed, agent_state_conflict, manifest_invalid, policy_invalid,
 * second_person_needed
 */
export async function putManifest(
  deps: PutManifestDeps,
  by: Caller,
  wish: ManifestWish,
): Promise<ManifestInForce> {
  return deps.transact((tx) => putManifestIn(deps, tx, by, wish))
}

/** Does the same in a transaction that does more. */
export async function putManifestIn(
  deps: RecordContext,
  tx: Parameters<Parameters<PutManifestDeps["transact"]>[0]>[0],
  by: Caller,
  { agent: id, text, repository: kept }: ManifestWish,
): Promise<ManifestInForce> {
  const repository = typeof kept === "string" ? repositoryAt(kept) : kept
  const agent = await findAgent(tx.agents, id)
  assertAnswersFor(by, agent.owner)
  const vetted = await vetText(tx, agent, text)
  if ("problems" in vetted) throw manifestInvalid(vetted.problems)
  const { policies, sentences, budgets } = vetted.compiled
  const { environment } = vetted.manifest
  const widenedBy = await overseeWidening(tx, {
    agent,
    leaves:
      environment === undefined
        ? []
        : await guardRailsLeft(tx, { agent: agent.id, environment, kind: "declared" }),
    by,
    before: await boundsInForce(tx, agent.id),
    after: { ...vetted.compiled, environment },
  })

  const set = await putPolicies(deps, tx, {
    kind: "intent",
    subject: agent.id,
    author: by.id,
    policies,
    budgets,
    source: text,
  })
  await stateFacts(deps, tx, [{ agent, by, kind: "declared", change: describedIn(vetted.manifest) }])
  if (repository !== undefined) await keepRepository(deps, tx, agent, { by, repository })
  await tx.organisation.bumpVersion()
  await reassessAgents(deps, tx, [agent.id])
  await recordEvent(deps, tx.outbox, {
    type: "manifest.put",
    actor: { kind: "user", id: by.id },
    agent: agent.id,
    owner: agent.owner,
    data: {
      policySet: set.id,
      version: set.version,
      policies: policies.length,
      sentences: [...sentences].slice(0, 50),
      ...(widenedBy && { widenedBy }),
      ...(repository && { repository: addressOf(repository) }),
    },
  })
  return { set, sentences }
}

/**
 * Answers what a manifest would come to, and puts nothing in force.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict
 */
export async function checkAgentManifest(
  { snapshot }: CheckManifestDeps,
  by: Caller,
  { agent: id, text }: ManifestRequest,
): Promise<ManifestMeaning> {
  return snapshot(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const vetted = await vetText(tx, agent, text)
    return "problems" in vetted
      ? { problems: vetted.problems, sentences: [], policies: [] }
      : { problems: [], sentences: vetted.compiled.sentences, policies: vetted.compiled.policies }
  })
}

/** Says again what a manifest in force means, against the tools as they are pinned now; nothing where it no longer compiles. */
export async function explainManifest(
  tx: Pick<Transaction, "policies" | "servers">,
  agent: Id<"agent">,
  text: string,
): Promise<readonly string[]> {
  try {
    return (await compileAgainstTools(tx, agent, text)).sentences
  } catch (error) {
    if (error instanceof Problem) return [`This manifest no longer compiles: ${error.message}`]
    throw error
  }
}

async function boundsInForce(
  { policies }: Pick<Transaction, "policies">,
  agent: Id<"agent">,
): Promise<AgentBounds | undefined> {
  const set = await policies.current("intent", agent)
  if (!set) return undefined
  const environment = set.source === null ? undefined : checkManifest(set.source).manifest?.environment
  return { ...set, environment }
}

/**
 * Answers whether a manifest is said to be kept elsewhere than is known of its agent.
 *
 * @throws {Problem} body_invalid
 */
export async function isKeptElsewhere(
  { facts }: Pick<Transaction, "facts">,
  { agent, repository }: Pick<ManifestWish, "agent" | "repository">,
): Promise<boolean> {
  if (repository === undefined || !isId("agent", agent)) return false
  const known = (await facts.of([agent])).find(({ name }) => name === MANIFEST_REPOSITORY)?.value
  return (known ?? null) !== (repository === null ? null : repositoryAt(repository))
}

/** One place at a time: the last that was said. */
async function keepRepository(
  { clock }: RecordContext,
  { facts }: Pick<Transaction, "facts">,
  { id: subject }: Pick<Agent, "id">,
  { by, repository }: { readonly by: Caller; readonly repository: KeptPlace | null },
): Promise<void> {
  await facts.remove(subject, MANIFEST_REPOSITORY, ["declared"])
  if (repository === null) return
  const said = { kind: "declared", source: by.id, value: repository, at: clock.now() } as const
  await facts.put({ subject, name: MANIFEST_REPOSITORY, ...said })
}

/** What a manifest says of where its agent acts is its owner's word. */
function describedIn({ environment }: Manifest): { readonly environment?: Manifest["environment"] } {
  return environment === undefined ? {} : { environment }
}
