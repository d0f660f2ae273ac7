import { createHash } from "node:crypto"
import {
  canonicalText,
  type EffectClass,
  type Id,
  isJsonObject,
  type JsonObject,
  Problem,
} from "@tabard/core"
import type { PinnedTool } from "@tabard/policy"
import { effectsOf } from "./effects-of.ts"
import { knownTool } from "./known-tools.ts"

/** A tool as a server lists it. */
export interface ListedTool {
  readonly server: Id<"server">
  /** The package that the server was started from, where that is known and trusted. */
  readonly packageName?: string
  readonly definition: JsonObject
  /** What its server's tools are known to do between them, where a catalogue says so. */
  readonly serverEffects?: readonly EffectClass[]
}

/** A pinned tool, and whether its effects were read in its source or guessed from its definition. */
export interface Registration extends PinnedTool {
  readonly source: "known" | "guessed"
}

/** Names a tool's whole definition: one changed word in a description is another definition. */
export function definitionDigest(definition: JsonObject): string {
  return createHash("sha256").update(canonicalText(definition)).digest("base64url")
}

/** Pins a tool: what policies may say about it from now on holds for exactly this definition. */
export function pinTool({ server, packageName = "", definition, serverEffects }: ListedTool): Registration {
  const { name, inputSchema } = definition
  if (typeof name !== "string" || name === "" || !isJsonObject(inputSchema)) {
    throw new Problem("tool_not_found", "a tool needs a name and an input schema")
  }
  const known = knownTool(packageName, name)
  return {
    server,
    name,
    digest: definitionDigest(definition),
    inputSchema,
    effects: known?.effects ?? effectsOf(definition, serverEffects),
    roles: known?.roles ?? {},
    source: known ? "known" : "guessed",
  }
}
