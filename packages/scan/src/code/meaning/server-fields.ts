import { type Call, type Entry, namedParts, type Value } from "../syntax/value.ts"
import { resolved, sayText } from "./say-value.ts"
import type { SourceModule } from "./source-module.ts"

/** The fields of a configuration, by the names that code has for them (in small letters, without `_`). */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["command", "command"],
  ["cmd", "command"],
  ["fullcommand", "command"],
  ["args", "args"],
  ["arguments", "args"],
  ["env", "env"],
  ["envs", "env"],
  ["environment", "env"],
  ["environmentvariables", "env"],
  ["headers", "headers"],
  ["additionalheaders", "headers"],
  ["authorization", "authorization"],
  ["authorizationtoken", "authorization"],
  ["url", "url"],
  ["uri", "url"],
  ["serverurl", "url"],
  ["serveraddress", "url"],
  ["mcpserverurl", "url"],
  ["endpoint", "url"],
  ["sseendpoint", "url"],
  ["sseurl", "url"],
  ["baseurl", "url"],
  ["name", "name"],
  ["servername", "name"],
  ["serverlabel", "name"],
  ["label", "name"],
  ["transport", "transport"],
  ["transporttype", "transport"],
  ["type", "transport"],
])
/** Parts that hold the fields of a server one level further in. */
const HOLDERS = /params|parameters|transport|config|options|connection|clientfactory|server$/
const DEEPEST = 5
const MCP_CALL = /mcp|stdio|sse|streamable|httpconnection|httpclienttransport|serverparam|commandtransport/i

/** The fields of a server, still values of source code, and the calls and maps that they came from. */
export interface ServerFields {
  readonly fields: ReadonlyMap<string, Value>
  readonly places: ReadonlySet<number>
  /** The variables that it was put together from. */
  readonly variables: readonly string[]
  /** The names that were called to describe it: they say how it is spoken with. */
  readonly callees: readonly string[]
}

/** Answers whether a name that is called has to do with a server of tools. */
export function namesServer(callee: readonly string[]): boolean {
  return callee.some((name) => MCP_CALL.test(name))
}

/** Answers the fields of the server that a call or map describes, with those of what it holds or names. */
export function serverFields(value: Value, module: SourceModule): ServerFields {
  const found: Collected = {
    fields: new Map<string, Value>(),
    places: new Set<number>(),
    variables: [],
    callees: [],
  }
  collect(value, module, found, DEEPEST)
  return found
}

interface Collected {
  readonly fields: Map<string, Value>
  readonly places: Set<number>
  readonly variables: string[]
  readonly callees: string[]
}

function collect(value: Value, module: SourceModule, found: Collected, depth: number): void {
  const whole = resolved(value, module)
  if (depth === 0) return
  if (whole.kind === "other") for (const inner of whole.inner) collect(inner, module, found, depth - 1)
  if (whole.kind !== "map" && !(whole.kind === "call" && isPlainHolder(whole))) return
  if (value.kind === "name") found.variables.push(value.path.at(-1) ?? "")
  gather(whole, module, found, depth)
}

function gather(
  whole: Extract<Value, { kind: "call" | "map" }>,
  module: SourceModule,
  found: Collected,
  depth: number,
): void {
  found.places.add(whole.at)
  if (whole.kind === "call") found.callees.push(...rootOf(whole).callee)
  for (const entry of partsWithSteps(whole)) take(entry, module, found, depth)
  if (whole.kind === "call") takeArguments(whole, module, found, depth)
}

function isPlainHolder(call: Call): boolean {
  return namesServer(call.callee) || (call.on !== null && call.on.kind === "call" && isPlainHolder(call.on))
}

/** The steps of a builder are named parts too. */
function partsWithSteps(value: Value): readonly Entry[] {
  if (value.kind !== "call" || value.on?.kind !== "call") return namedParts(value)
  const [only, ...more] = value.args
  const given: Value | undefined =
    more.length > 0 ? { kind: "list", items: value.args, line: value.line } : only
  const step = given ? [{ name: value.callee.at(-1) ?? "", value: given }] : []
  return [...partsWithSteps(value.on), ...namedParts(value), ...step]
}

function take({ name, value }: Entry, module: SourceModule, found: Collected, depth: number): void {
  const plain = name.toLowerCase().replaceAll(/[_.]/g, "")
  const kind = HOLDERS.test(plain) ? resolved(value, module).kind : "text"
  if (kind !== "text" && kind !== "name") {
    collect(value, module, found, depth - 1)
    return
  }
  const field = FIELDS.get(plain)
  if (!field || found.fields.has(field)) return
  const words = field === "command" ? commandWords(value, module) : undefined
  if (!words) found.fields.set(field, value)
  else {
    found.fields.set("command", words.command)
    found.fields.set("args", words.args)
  }
}

/** A command may be a list with its arguments; Go hands it over as what runs it: `exec.Command("npx", "-y", …)`. */
function commandWords(
  value: Value,
  module: SourceModule,
): { readonly command: Value; readonly args: Value } | undefined {
  const whole = resolved(value, module)
  const [command, ...items] = wordsOf(whole)
  return command ? { command, args: { kind: "list", items, line: whole.line } } : undefined
}

function wordsOf(whole: Value): readonly Value[] {
  if (whole.kind === "list") return whole.items
  const isWords =
    whole.kind === "call" && /^(?:Command(?:Context)?|of|asList|listOf)$/.test(whole.callee.at(-1) ?? "")
  return isWords ? whole.args : []
}

/** The first argument may be the address, the command, or what holds them. */
function takeArguments(call: Call, module: SourceModule, found: Collected, depth: number): void {
  const root = rootOf(call)
  for (const arg of root.args) {
    const text = sayText(arg, module)
    if (text !== undefined && isAddress(text)) takeFirst(found, "url", arg)
    else if (isUnsaid(text)) collect(arg, module, found, depth - 1)
  }
  const [first] = root.args
  if (first) takeNamed(first, root, module, found)
}

/** Text that is no address is a command where its arguments follow, a builder's command, and else a client's name. */
function takeNamed(first: Value, root: Call, module: SourceModule, found: Collected): void {
  const text = sayText(first, module)
  if (isAddress(text ?? "")) return
  if (takesCommand(root, module)) takeCommand(root, found)
  else if (isUnsaid(text)) takeAddress(first, root, found)
  else if (root.callee.at(-1) === "builder" || found.fields.has("args") || isLine(text, root))
    takeFirst(found, "command", first)
  else if (/stdio/i.test(root.callee.join("."))) takeFirst(found, "name", first)
}

/** A client of a transport is handed its address first. */
function takeAddress(first: Value, { callee }: Call, found: Collected): void {
  if (first.kind === "name" && /(?:sse|http)_?client/i.test(callee.at(-1) ?? ""))
    takeFirst(found, "url", first)
}

/** `MCPTools("uvx notes-mcp")` */
function isLine(text: string | undefined, { callee }: Call): boolean {
  return /^MCPTools$|stdio/i.test(callee.at(-1) ?? "") && /^[\w./-]+ [\w@./-]/.test(text ?? "")
}

/** `MCPServerStdio("npx", ["-y", …])`, and in Go `NewStdioMCPClient("npx", environment, "-y", …)`. */
function takesCommand({ callee, args }: Call, module: SourceModule): boolean {
  if (!/stdio/i.test(callee.join("."))) return false
  const [, second, ...rest] = args
  if (isGoClient(callee)) return second !== undefined
  return second !== undefined && rest.length < 3 && resolved(second, module).kind === "list"
}

function takeCommand({ callee, args, line }: Call, found: Collected): void {
  const [command, second, ...rest] = args
  if (!command || !second) return
  takeFirst(found, "command", command)
  takeFirst(found, "args", isGoClient(callee) ? { kind: "list", items: rest, line } : second)
  const [environment] = rest
  if (environment && !isGoClient(callee)) takeFirst(found, "env", environment)
}

function isGoClient(callee: readonly string[]): boolean {
  return callee.at(-1) === "NewStdioMCPClient"
}

function takeFirst({ fields }: Collected, field: string, value: Value): void {
  if (!fields.has(field)) fields.set(field, value)
}

function isUnsaid(text: string | undefined): boolean {
  return text === undefined || (text.startsWith("<") && !text.startsWith("<env "))
}

function rootOf(call: Call): Call {
  return call.on?.kind === "call" ? rootOf(call.on) : call
}

/** Answers whether a text is the address of a server, or the variable that holds one. */
export function isAddress(text: string): boolean {
  return (
    /^(?:https?|wss?):\/\//i.test(text) ||
    /^<env [A-Z0-9_]*(?:URL|URI|ENDPOINT|ADDRESS|HOST)[A-Z0-9_]*>/.test(text)
  )
}
