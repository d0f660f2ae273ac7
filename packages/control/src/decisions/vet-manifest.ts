import { type Agent, askWords, type Id, Problem, readAskRoute } from "@tabard/core"
import {
  asksIn,
  type CompiledManifest,
  checkManifest,
  type Manifest,
  type ManifestFault,
  type ManifestProblem,
  manifestInvalid,
  routesOf,
  vetManifest,
} from "@tabard/intent"
import { compilePolicies, compileSchema, PolicyInvalid, type PolicyText } from "@tabard/policy"
import { peopleAsked } from "../approvals/people-asked.ts"
import { unknownAsked } from "../approvals/unknown-asked.ts"
import { setsInForce } from "../policies/named-sets.ts"
import { tiersInForce } from "../policies/tiers-in-force.ts"
import type { Transaction } from "../transaction.ts"
import { agentFaults, type ManifestParties } from "./agent-faults.ts"
import { pinnedTool } from "./policies-in-force.ts"

/** The stores that a manifest is held against. */
export type VetStores = Pick<
  Transaction,
  "agents" | "facts" | "maintainers" | "policies" | "servers" | "teams" | "users"
>

/** A manifest with what it comes to, or everything that keeps it from being in force. */
export type VettedText =
  | { readonly manifest: Manifest; readonly compiled: CompiledManifest }
  | { readonly problems: readonly ManifestProblem[] }

/**
 * Reads a manifest and holds it against the agent that it is for and the tools there are.
 *
 * @throws {Problem} agent_state_conflict, policy_invalid
 */
export async function vetText(tx: VetStores, agent: Agent, text: string): Promise<VettedText> {
  const checked = checkManifest(text)
  const { manifest, problems } = checked
  if (!manifest) return { problems }
  const vetted = await compileFor(tx, agent, manifest)
  const faults = [
    ...agentFaults(manifest, await partiesOf(tx, agent)),
    ...(await askFaults(tx, manifest)),
    ...("faults" in vetted ? vetted.faults : []),
  ]
  if (faults.length > 0 || "faults" in vetted) return { problems: checked.place(faults) }
  const { sentences, ...compiled } = vetted.compiled
  return {
    manifest,
    compiled: { ...compiled, sentences: [...sentences, ...(await shortSentences(tx, agent, manifest))] },
  }
}

/** Teams and people who are asked have to be there. */
async function askFaults(tx: VetStores, manifest: Manifest): Promise<ManifestFault[]> {
  const faults: ManifestFault[] = []
  for (const { ask, path } of asksIn(manifest)) {
    for (const route of routesOf(ask)) {
      const message = await unknownAsked(tx, route)
      if (message !== undefined)
        faults.push({ path, message, next: "name one that is there, or make it first" })
    }
  }
  return faults
}

/** Who can be asked now is told; that may be otherwise by the time somebody is. Whom a run will serve nobody knows. */
async function shortSentences(
  tx: VetStores,
  { id }: Pick<Agent, "id">,
  manifest: Manifest,
): Promise<readonly string[]> {
  const routes = asksIn(manifest).flatMap(({ ask }) => routesOf(ask))
  const asked = await peopleAsked(tx, { chain: [id] }, routes)
  return asked
    .filter(({ route, needed, people }) => people.length < needed && !isServeds(route))
    .map(
      ({ route }) => `Too few can agree as ${askWords(route)} now: until they can, what asks them is denied.`,
    )
}

function isServeds(route: string): boolean {
  return (readAskRoute(route)?.of ?? []).some(
    (asked) => asked.kind === "party" && (asked.party === "user" || asked.party === "manager"),
  )
}

/**
 * Compiles a manifest against the tools, tiers and sets as they are now.
 *
 * @throws {Problem} policy_invalid
 */
export async function compileFor(
  tx: Pick<Transaction, "policies" | "servers">,
  { id: agent }: Pick<Agent, "id">,
  manifest: Manifest,
): Promise<ReturnType<typeof vetManifest>> {
  const tools = (await tx.servers.pinned()).map(pinnedTool)
  const servers = Object.fromEntries((await tx.servers.list()).map(({ name, id }) => [name, id]))
  const tiers = await tiersInForce(tx)
  const vetted = vetManifest({ agent, manifest, tools, servers, tiers, sets: await setsInForce(tx) })
  if ("compiled" in vetted) assertJudgeable(tools, vetted.compiled.policies)
  return vetted
}

/**
 * Compiles a manifest's text against the tools as they are pinned now.
 *
 * @throws {Problem} manifest_invalid, policy_invalid
 */
export async function compileAgainstTools(
  tx: Pick<Transaction, "policies" | "servers">,
  agent: Id<"agent">,
  text: string,
): Promise<CompiledManifest> {
  const checked = checkManifest(text)
  if (!checked.manifest) throw manifestInvalid(checked.problems)
  const vetted = await compileFor(tx, { id: agent }, checked.manifest)
  if ("faults" in vetted) throw manifestInvalid(checked.place(vetted.faults))
  return vetted.compiled
}

async function partiesOf(tx: VetStores, agent: Agent): Promise<ManifestParties> {
  const mandate = mandateOf(agent)
  const ids = [agent.id]
  const helping = (await tx.maintainers.of(ids)).map(({ user }) => user)
  const people = await tx.users.findAll([...helping, ...(agent.owner ? [agent.owner] : [])])
  const teamIds = (await tx.maintainers.teamsOf(ids)).map(({ team }) => team)
  return {
    agent,
    mandate,
    owner: people.find(({ id }) => id === agent.owner),
    maintainers: people.filter(({ id }) => helping.includes(id)),
    teams: (await tx.teams.list()).filter(({ id }) => teamIds.includes(id)),
    facts: await tx.facts.of(ids),
  }
}

function mandateOf({ id, state, mandate }: Agent): ManifestParties["mandate"] {
  if (mandate && state !== "retired" && state !== "retiring") return mandate
  throw new Problem("agent_state_conflict", `${id} is ${state}: only an adopted agent has a manifest`)
}

function assertJudgeable(tools: Parameters<typeof compileSchema>[0], policies: readonly PolicyText[]): void {
  try {
    compilePolicies({ schema: compileSchema(tools), policies, version: 0 })
  } catch (error) {
    if (error instanceof PolicyInvalid) throw new Problem("policy_invalid", error.message, { cause: error })
    throw error
  }
}
