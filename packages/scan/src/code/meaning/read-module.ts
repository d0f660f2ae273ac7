import type { AutonomyLevel } from "@tabard/core"
import type { SettingSighting } from "../../configurations/observation.ts"
import type { Confidence } from "../../knowledge/knowledge-pack.ts"
import { autonomyInCode } from "./autonomy-in-code.ts"
import { type FoundAgent, findAgents } from "./find-agents.ts"
import { type FoundServer, findServers } from "./find-servers.ts"
import { type FoundText, type FoundVariable, findTexts, findVariables } from "./find-texts.ts"
import type { KnownCalls } from "./known-calls.ts"
import type { SourceModule } from "./source-module.ts"

/** An agent that a file declares. Texts of it may still hold secrets. */
export interface CodeAgent {
  readonly framework: string
  readonly name: string | null
  readonly line: number
  readonly what: string
  readonly confidence: Confidence
  readonly level: AutonomyLevel
  readonly settings: readonly SettingSighting[]
  /** Which of the file's servers and variables are its own. */
  readonly servers: readonly number[]
  readonly variables: readonly number[]
}

/** Everything that one source file says about agents; plain data, so that it can cross from thread to thread. */
export interface CodeFacts {
  readonly agents: readonly CodeAgent[]
  readonly servers: readonly Omit<FoundServer, "places">[]
  readonly variables: readonly FoundVariable[]
  readonly texts: readonly FoundText[]
}

/** Answers what a parsed file says about agents. */
export function readModule(module: SourceModule, calls: KnownCalls): CodeFacts {
  const agents = findAgents(module, calls)
  const servers = findServers(module)
  const variables = agents.length + servers.length > 0 ? findVariables(module) : []
  return {
    agents: agents.map((agent) =>
      codeAgent(agent, { servers, variables, alone: agents.length === 1 }, module),
    ),
    servers: servers.map(({ name, fields, line }) => ({ name, fields, line })),
    variables,
    texts: findTexts(module),
  }
}

interface Beside {
  readonly servers: readonly FoundServer[]
  readonly variables: readonly FoundVariable[]
  /** Whether it is the only agent of its file: then all of the file is its own. */
  readonly alone: boolean
}

function codeAgent(
  agent: FoundAgent,
  { servers, variables, alone }: Beside,
  module: SourceModule,
): CodeAgent {
  const { framework, declaration } = agent.known
  const { level, settings } = autonomyInCode(agent, module)
  return {
    framework: framework.id,
    name: agent.name,
    line: agent.line,
    what:
      declaration.how === "subclass"
        ? `class of ${declaration.call} of ${framework.name}`
        : `${declaration.call}(…) of ${framework.name}`,
    confidence: declaration.alone ? "low" : declaration.how === "method" ? "medium" : framework.confidence,
    level,
    settings,
    servers: servers.flatMap(({ places }, at) =>
      alone || [...places].some((place) => agent.reach.places.has(place)) ? [at] : [],
    ),
    variables: variables.flatMap(({ line }, at) => (alone || agent.reach.lines.has(line) ? [at] : [])),
  }
}
