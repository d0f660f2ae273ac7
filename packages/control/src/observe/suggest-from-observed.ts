import { type Agent, type Id, type JsonObject, Problem, type Upstream } from "@tabard/core"
import {
  allowedTools,
  type Manifest,
  type ObservedUse,
  readManifest,
  suggestManifest,
  writeManifest,
} from "@tabard/intent"
import type { PinnedTool } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import { explainManifest } from "../decisions/put-manifest.ts"
import { type ComparedLine, compareTexts } from "../policies/compare-texts.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Snapshot, Transaction } from "../transaction.ts"
import { MOST_OBSERVED, type ObservedCall } from "./observe-store.ts"
import { type EnforcingPreview, type PreviewStores, previewOf } from "./preview-enforcing.ts"

export interface SuggestDeps extends RecordContext {
  readonly snapshot: Snapshot<PreviewStores | "decisions">
}

/** A tool that the manifest in force allows and nobody was seen to use. */
export interface UnusedTool {
  readonly server: string
  readonly tool: string
  /** When its agent was last permitted a call of it; null where nobody knows of one. */
  readonly lastUsed: Date | null
}

/** The smallest manifest that covers what was observed, and what would follow from it. It is a text for a person to put, or not. */
export interface ManifestSuggestion {
  readonly manifest: string
  /** What it would change of the manifest in force, line by line. */
  readonly difference: readonly ComparedLine[]
  readonly sentences: readonly string[]
  readonly unused: readonly UnusedTool[]
  /** What it would have made of what was observed. */
  readonly preview: EnforcingPreview
}

type Stores = Pick<Transaction, PreviewStores | "decisions">

/** As far back as a last use is looked for. */
const LOOKED_AT = 100

/**
 * Suggests the smallest manifest that covers what was observed of an agent. Nothing is put in force.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict
 */
export async function suggestFromObserved(
  deps: SuggestDeps,
  by: Caller,
  { agent: id }: { readonly agent: string },
): Promise<ManifestSuggestion> {
  return deps.snapshot(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    const calls = await tx.observing.calls(agent.id, MOST_OBSERVED)
    const servers = await tx.servers.list()
    const tools = (await tx.servers.pinned()).map(pinnedTool)
    const uses = usesIn(calls, tools, servers)
    if (uses.length === 0)
      throw new Problem(
        "agent_state_conflict",
        `no call of ${agent.id} was observed that a manifest could cover`,
      )
    const manifest = await manifestOf(tx, agent)
    const standing = calls.some(({ circumstances }) => !circumstances.task)
    const text = writeManifest(suggestManifest({ manifest, uses, standing }))
    return {
      manifest: text,
      // Both are written by one hand, so that what differs is what it means and not how somebody spelled it.
      difference: compareTexts(writeManifest(manifest), text),
      sentences: await explainManifest(tx, agent.id, text),
      unused: await unusedOf(tx, agent, { manifest, calls, tools, servers }),
      preview: await previewOf(deps, tx, agent, text),
    }
  })
}

/** A definition that has changed since was another tool. */
function usesIn(
  calls: readonly ObservedCall[],
  tools: readonly PinnedTool[],
  servers: readonly Upstream[],
): readonly ObservedUse[] {
  return tools.flatMap((tool) => {
    const server = servers.find(({ id }) => id === tool.server)
    const own = calls.filter(
      (call) => call.server === tool.server && call.tool === tool.name && call.digest === tool.digest,
    )
    if (!server || own.length === 0) return []
    return [{ tool, server: server.name, serverId: server.id, arguments: own.map(knownArguments) }]
  })
}

/** An argument that was not kept whole is not known. */
function knownArguments({ arguments: args, withheld }: ObservedCall): JsonObject {
  const hidden = withheld.map((place) => place.split(".")[0])
  return Object.fromEntries(Object.entries(args ?? {}).filter(([name]) => !hidden.includes(name)))
}

async function manifestOf({ policies }: Stores, agent: Agent): Promise<Manifest> {
  const inForce = await policies.current("intent", agent.id)
  if (inForce?.source) return readManifest(inForce.source)
  if (!agent.mandate)
    throw new Problem("agent_state_conflict", `${agent.id} is ${agent.state}: adopt it first`)
  return { purpose: agent.mandate.purpose, tier: agent.mandate.tier, tools: [] }
}

interface Allowed {
  readonly manifest: Manifest
  readonly calls: readonly ObservedCall[]
  readonly tools: readonly PinnedTool[]
  readonly servers: readonly Upstream[]
}

async function unusedOf(
  { decisions }: Stores,
  agent: Agent,
  { manifest, calls, tools, servers }: Allowed,
): Promise<readonly UnusedTool[]> {
  const byName = Object.fromEntries(servers.map(({ name, id }) => [name, id]))
  const source = { agent: agent.id, manifest, tools, servers: byName }
  const allowed = allowedTools(source)
  const unused: UnusedTool[] = []
  for (const { server: id, name: tool } of allowed) {
    if (calls.some((call) => call.server === id && call.tool === tool)) continue
    const server = nameOf(servers, id)
    const latest = await decisions.list({ agent: agent.id, action: `${server}/${tool}`, limit: LOOKED_AT })
    unused.push({ server, tool, lastUsed: latest.find(({ effect }) => effect === "permit")?.at ?? null })
  }
  return unused.toSorted((a, b) => (`${a.server}/${a.tool}` < `${b.server}/${b.tool}` ? -1 : 1))
}

function nameOf(servers: readonly Upstream[], id: Id<"server">): string {
  return servers.find((server) => server.id === id)?.name ?? id
}
