import type { Node } from "web-tree-sitter"
import type { KnownDeclaration } from "../../knowledge/knowledge-pack.ts"
import { lineOf } from "../syntax/read-value.ts"
import { type Call, type Entry, LOOKUP, namedParts, SPREAD, type Value } from "../syntax/value.ts"
import { agentName } from "./agent-name.ts"
import { isBeneath } from "./bindings.ts"
import { chainEnd, type DeclaredPlace, declaredPlace } from "./declared-place.ts"
import { extendedCall, type KnownCall, type KnownCalls, matchingCalls } from "./known-calls.ts"
import { isInLoop } from "./loops.ts"
import { partOf, type Reach, reachOf } from "./reach.ts"
import { resolved } from "./say-value.ts"
import type { SourceModule } from "./source-module.ts"
import { isAgentWorkflow } from "./workflows.ts"

/** An agent that a file declares, and everything that belongs to its declaration. */
export interface FoundAgent {
  readonly known: KnownCall
  readonly name: string | null
  readonly line: number
  /** Where its declaration begins in the text. */
  readonly at: number
  readonly end: number
  readonly reach: Reach
}

/** Answers the agents that a file declares: a known constructor, bound to the import it needs, and called. */
export function findAgents(module: SourceModule, calls: KnownCalls): readonly FoundAgent[] {
  const declared = module.calls.flatMap(({ node, path }) => {
    const known = matchingCalls(path, calls, module.bindings)
    return known.length > 0 ? (declaredCall(node, known, module) ?? []) : []
  })
  const places = new Set(
    declared
      .filter(({ known }) => !known.declaration.alone && !known.declaration.wraps)
      .map(({ node }) => node.startIndex),
  )
  const called = withoutTurns(declared, module).flatMap((one) => calledAgent(one, places, module) ?? [])
  return told([...called, ...extendedAgents(module, calls)].filter((agent) => !isOfFramework(agent, module)))
}

/** A framework's own code makes what its users will: it is not an agent of anybody. */
function isOfFramework({ known }: FoundAgent, file: SourceModule): boolean {
  const { call, how } = known.declaration
  const own = file.grammar.ownPackage?.(file.root)
  if (own && how === "method" && file.functionNamed(call)) return true
  if (!own || /samples?|examples?|demos?|tutorial|quickstart/i.test(own)) return false
  return known.sdk.modules.some((module) => isBeneath(own, module))
}

/** An agent that is spun by hand asks its model in more than one place of a function: it is told by the first. */
function withoutTurns(declared: readonly Declared[], module: SourceModule): readonly Declared[] {
  const seen = new Set<string>()
  return declared.filter(({ known, node }) => {
    const around = known.declaration.turn ? module.enclosing(node, module.grammar.functions) : null
    const key = `${known.framework.id} ${around?.id ?? ""}`
    if (!around || !seen.has(key)) {
      seen.add(key)
      return true
    }
    return false
  })
}

interface Declared {
  readonly known: KnownCall
  readonly node: Node
  /** The end of the chain of calls that begins with it. */
  readonly end: Node
  readonly call: Call
}

function declaredCall(node: Node, known: readonly KnownCall[], module: SourceModule): Declared | undefined {
  const end = chainEnd(node, module)
  const call = withSteps(module.value(node), module.value(end))
  const match = call && known.find(({ declaration }) => holds(declaration, { node, call }, module))
  return match ? { known: match, node, end, call } : undefined
}

function calledAgent(
  { known, node, end, call }: Declared,
  places: ReadonlySet<number>,
  module: SourceModule,
): FoundAgent | undefined {
  const { declaration } = known
  const place = declaredPlace(end, module)
  const others = new Set([...places].filter((at) => at !== node.startIndex))
  const roots = [call, module.value(end), ...decorated(node, module), ...laterCalls(place, module)]
  const reach = reachOf(roots, module, others)
  if (declaration.workflow && !isAgentWorkflow(reach, module)) return undefined
  if (declaration.uses && !reach.names.has(declaration.uses)) return undefined
  const name = agentName(call, declaration, place, module)
  return { known, name, line: lineOf(node), at: node.startIndex, end: node.endIndex, reach }
}

/** A builder names the parts of what it builds by its steps: `.name("x").tools(a, b)`. */
function withSteps(first: Value, whole: Value): Call | undefined {
  if (first.kind !== "call") return undefined
  const steps: Entry[] = []
  for (let at: Value | null = whole; at?.kind === "call" && at.at === first.at && at.on; at = at.on) {
    const [only, ...more] = at.args
    const value: Value | undefined = more.length > 0 ? { kind: "list", items: at.args, line: at.line } : only
    if (value) steps.unshift({ name: at.callee.at(-1) ?? "", value })
  }
  return { ...first, named: [...first.named, ...steps] }
}

function holds(
  declaration: KnownDeclaration,
  { node, call }: Pick<Declared, "node" | "call">,
  module: SourceModule,
): boolean {
  const parts = partsOf(call, module)
  const isGiven = (name: string): boolean =>
    parts.some((part) => part.name === name && !isNothing(part.value)) || isGivenLater(name, call, module)
  const needs = declaration.needs ?? []
  if (declaration.how === "method" && (isBare(node) || isOwnMethod(call, module))) return false
  return (
    needs.every((group) => group.some(isGiven)) &&
    saysAll(declaration, call) &&
    (!declaration.loop || (isInLoop(node, module) && !parts.some(isForcedChoice)))
  )
}

/** `tool_choice={"type": "function", "function": …}` has the model fill in one form: it chooses nothing. */
function isForcedChoice({ name, value }: Entry): boolean {
  const isChoice = /^(?:tool_?choice|function_call)$/i.test(name)
  return (
    isChoice && value.kind === "map" && value.entries.some((entry) => /^(?:name|function)$/.test(entry.name))
  )
}

/** `options["tools"] = tools` before `create(**options)`. */
function isGivenLater(name: string, call: Call, module: SourceModule): boolean {
  const options = [
    ...call.args,
    ...call.named.filter((part) => part.name === SPREAD).map(({ value }) => value),
  ]
  return options.some((option) => {
    if (option.kind !== "name") return false
    const given =
      module.given([...option.path, LOOKUP, name], option.at) ??
      module.given([...option.path, name], option.at)
    return given !== undefined && !isNothing(given)
  })
}

/** A method is called on something. */
function isBare(node: Node): boolean {
  const callee = node.childForFieldName("function")
  return callee ? callee.type === "identifier" : node.childForFieldName("object") === null
}

/** `self.create_agent()` is what the file itself says it is. */
function isOwnMethod({ callee }: Call, module: SourceModule): boolean {
  return (
    /^(?:self|this|cls)$/.test(callee[0] ?? "") && module.functionNamed(callee.at(-1) ?? "") !== undefined
  )
}

/** What a needed part must say, it says: as text, or by the last name of a constant. */
function saysAll({ values = {} }: KnownDeclaration, call: Call): boolean {
  return Object.entries(values).every(([name, words]) => {
    const last = lastWord(partOf(call, name))?.toLowerCase()
    return words.some((word) => word.toLowerCase() === last)
  })
}

function lastWord(value: Value | undefined): string | undefined {
  return value?.kind === "text" ? value.text : value?.kind === "name" ? value.path.at(-1) : undefined
}

/** The named parts of a call, with those of options that are spread into it. */
function partsOf(call: Call, module: SourceModule): readonly Entry[] {
  const own = namedParts({ ...call, args: call.args.map((arg) => resolved(arg, module)) })
  const spread = own.filter(({ name }) => name === SPREAD)
  return [...own, ...spread.flatMap(({ value }) => namedParts(resolved(value, module)))]
}

function isNothing(value: Value): boolean {
  return (
    (value.kind === "constant" && value.value === null) || (value.kind === "list" && value.items.length === 0)
  )
}

/** How the function around a declaration is decorated is part of it. */
function decorated(node: Node, module: SourceModule): readonly Value[] {
  const around = module.enclosing(node, module.grammar.functions)
  return around ? module.grammar.decorators(around) : []
}

/** What is called later on the variable that holds an agent completes it: nodes, tools, a compilation. */
function laterCalls(place: DeclaredPlace, module: SourceModule): readonly Value[] {
  return place.kind === "variable" ? module.callsOn(place.path).map(({ node }) => module.value(node)) : []
}

function extendedAgents(module: SourceModule, calls: KnownCalls): readonly FoundAgent[] {
  return module.nodes(module.grammar.classes).flatMap((node) => {
    const known = extendedCall(module.grammar.bases(node), calls, module.bindings)
    if (!known) return []
    const name = node.childForFieldName("name")?.text ?? null
    return [
      {
        known,
        name,
        line: lineOf(node),
        at: node.startIndex,
        end: node.endIndex,
        reach: reachOf([], module),
      },
    ]
  })
}

/** What goes around an agent is told only where that agent is not, and some calls only where nothing else is. */
function told(agents: readonly FoundAgent[]): readonly FoundAgent[] {
  const first = agents.filter(({ known }) => !known.declaration.alone)
  const kept = first.filter(
    (agent) =>
      !agent.known.declaration.wraps ||
      !first.some((other) => other !== agent && agent.reach.places.has(other.at)),
  )
  return kept.length > 0 ? withoutHosts(kept) : agents.slice(0, 1)
}

/** A class that agents run in is told where what it runs has no name of its own, and else what it runs is. */
function withoutHosts(agents: readonly FoundAgent[]): readonly FoundAgent[] {
  const hosts = agents.filter(({ known }) => known.declaration.hosts)
  const hosted = (host: FoundAgent): readonly FoundAgent[] =>
    agents.filter(({ at }) => host.at < at && at < host.end)
  const isNameless = ({ known }: FoundAgent): boolean => known.declaration.name?.from === "call"
  return agents.filter((agent) =>
    agent.known.declaration.hosts
      ? hosted(agent).every(isNameless)
      : !isNameless(agent) || !hosts.some((host) => hosted(host).includes(agent)),
  )
}
