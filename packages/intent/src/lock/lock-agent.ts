import { createHash } from "node:crypto"
import { canonicalText, isJsonObject, type Json, type JsonObject, Problem } from "@tabard/core"
import { compileManifest } from "../compile-manifest.ts"
import type { Registration } from "../pin-tool.ts"
import type { AgentDeclaration, DeclaredUse } from "../standards/declaration.ts"
import { offlineSource } from "../standards/offline-source.ts"
import { DEFAULT_STANDARDS, type Standards } from "../standards/standards.ts"
import type { ToolCatalogue } from "../standards/tool-catalogue.ts"
import type { ManifestSource } from "../uses.ts"
import { meaningDigest } from "../written/document-digest.ts"
import type { AgentLock, LockedTool } from "./agent-lock.ts"

/**
 * Pins a declaration as it stands, with each tool as its server defines it.
 *
 * @throws {Problem} manifest_invalid, where a tool has no definition or the manifest does not compile
 */
export function lockAgent(
  declaration: AgentDeclaration,
  catalogue: ToolCatalogue,
  standards: Pick<Standards, "sets"> = DEFAULT_STANDARDS,
): AgentLock {
  const unknown = declaration.uses.filter(({ isDefined }) => !isDefined)
  if (unknown.length > 0) throw undefinedTools(unknown)
  return {
    schema: "tabard.lock/1",
    declared: declaredOf(declaration),
    tools: toolsOf(declaration.uses, catalogue),
    policy: policyDigest(offlineSource(declaration, catalogue, standards)),
    ...(declaration.byHand && { byHand: meaningDigest(declaration.byHand.policies) }),
  }
}

function undefinedTools(uses: readonly DeclaredUse[]): Problem {
  const names = uses.map(({ server, entry }) => `${server}/${entry.tool}`).join(", ")
  return new Problem(
    "manifest_invalid",
    `nothing is known of ${names}: put what the server answers to tools/list into tabard.tools.json (tabard tools export writes it)`,
  )
}

function declaredOf({ manifest }: AgentDeclaration): JsonObject {
  return plain({ ...manifest, tools: undefined })
}

/** What is there, and nothing that is undefined. */
function plain(value: object): JsonObject {
  const copy: Json = JSON.parse(JSON.stringify(value))
  return isJsonObject(copy) ? copy : {}
}

function toolsOf(
  uses: readonly DeclaredUse[],
  { servers }: ToolCatalogue,
): Readonly<Record<string, LockedTool>> {
  const covered = uses.flatMap((use) =>
    (servers.get(use.server) ?? [])
      .filter(({ name }) => use.tools?.includes(name))
      .map((tool) => ({ name: `${use.server}/${tool.name}`, tool, use })),
  )
  const byName = Map.groupBy(covered, ({ name }) => name)
  return Object.fromEntries(
    [...byName].flatMap(([name, [first, ...others]]) =>
      first ? [[name, lockedTool(first.tool, [first, ...others])] as const] : [],
    ),
  )
}

function lockedTool(tool: Registration, by: readonly { readonly use: DeclaredUse }[]): LockedTool {
  const scopes = by.map(({ use }) => scopeOf(use))
  return {
    digest: tool.digest,
    effects: tool.effects,
    arguments: argumentsOf(tool.inputSchema),
    scopes: scopes.toSorted((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1)),
  }
}

function scopeOf({ entry }: DeclaredUse): JsonObject {
  const byClass = entry.tool.startsWith("effect:") ? { class: entry.tool } : {}
  return plain({ ...entry, server: undefined, tool: undefined, ...byClass })
}

function argumentsOf({ properties, required }: JsonObject): Record<string, string> {
  const needed = Array.isArray(required) ? required : []
  return Object.fromEntries(
    Object.entries(isJsonObject(properties) ? properties : {}).map(([name, shape]) => [
      name,
      `${kindOf(shape)}${needed.includes(name) ? ", required" : ""}`,
    ]),
  )
}

function kindOf(shape: Json | undefined): string {
  const type = isJsonObject(shape) ? shape["type"] : undefined
  return typeof type === "string" ? type : "anything"
}

/** The same manifest over the same tools compiles to the same policies, whatever their ids will be. */
function policyDigest(source: ManifestSource): string {
  const { policies } = compileManifest(source)
  return createHash("sha256")
    .update(canonicalText(policies.map(({ text }) => text).toSorted()))
    .digest("base64url")
}
