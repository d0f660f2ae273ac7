import {
  canonicalText,
  isJsonObject,
  type Json,
  type JsonObject,
  MalformedJson,
  Problem,
  parseLossless,
} from "@tabard/core"

/** A tool as it was reviewed for an agent. */
export interface LockedTool {
  /** Of the whole definition. */
  readonly digest: string
  readonly effects: readonly string[]
  /** What each argument took, in a word; tells what became of a definition whose digest is another. */
  readonly arguments: Readonly<Record<string, string>>
  /** How far each entry of the manifest that covers it lets the agent go. */
  readonly scopes: readonly Json[]
}

/** What was reviewed of an agent: the whole of what `agent.lock` pins. */
export interface AgentLock {
  readonly schema: "tabard.lock/1"
  /** Every member of the manifest but its tools. */
  readonly declared: JsonObject
  readonly tools: Readonly<Record<string, LockedTool>>
  /** Of the compiled policies. */
  readonly policy: string
  /** Of what is written by hand beside the manifest; absent where nothing is. */
  readonly byHand?: string
}

const LARGEST = 4 * 1024 * 1024

/** Writes a lock in its one spelling: the same review gives the same bytes. */
export function writeLock(lock: AgentLock): string {
  const sorted: unknown = JSON.parse(canonicalText(asJson(lock)))
  return `${JSON.stringify(sorted, null, 2)}\n`
}

function asJson({ schema, declared, tools, policy, byHand }: AgentLock): JsonObject {
  return {
    schema,
    declared,
    policy,
    ...(byHand !== undefined && { byHand }),
    tools: Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, { ...tool }])),
  }
}

/**
 * Reads `agent.lock`.
 *
 * @throws {Problem} body_invalid
 */
export function readLock(text: string): AgentLock {
  if (text.length > LARGEST) throw refused(`it is longer than ${LARGEST} characters`)
  const value = parsed(text)
  if (!isJsonObject(value) || value["schema"] !== "tabard.lock/1") throw refused("it is no tabard.lock/1")
  const { declared, tools, policy, byHand } = value
  if (!isJsonObject(declared) || !isJsonObject(tools) || typeof policy !== "string")
    throw refused("it has no declared, tools and policy")
  if (byHand !== undefined && typeof byHand !== "string") throw refused("its byHand is no digest")
  return {
    schema: "tabard.lock/1",
    declared,
    policy,
    ...(byHand !== undefined && { byHand }),
    tools: Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, lockedTool(name, tool)])),
  }
}

function lockedTool(name: string, tool: Json | undefined): LockedTool {
  const { digest, effects, arguments: takes, scopes } = isJsonObject(tool) ? tool : {}
  if (typeof digest !== "string" || !Array.isArray(effects) || !isJsonObject(takes) || !Array.isArray(scopes))
    throw refused(`its tool ${name} lacks digest, effects, arguments or scopes`)
  return {
    digest,
    effects: effects.map(asText),
    arguments: Object.fromEntries(Object.entries(takes).map(([argument, kind]) => [argument, asText(kind)])),
    scopes,
  }
}

function asText(value: Json | undefined): string {
  return typeof value === "string" ? value : ""
}

function parsed(text: string): Json {
  try {
    return parseLossless(text)
  } catch (error) {
    if (error instanceof MalformedJson) throw refused(error.message)
    throw error
  }
}

function refused(why: string): Problem {
  return new Problem("body_invalid", `the lock cannot be used: ${why}. Write it anew with tabard lock`)
}
