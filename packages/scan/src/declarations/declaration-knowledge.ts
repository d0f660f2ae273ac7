import { readFileSync } from "node:fs"
import type { AutonomyLevel } from "@tabard/core"

/** The values of an option, and the level each gives; null where it is told and decides nothing. */
export type Modes = Readonly<Record<string, Readonly<Record<string, AutonomyLevel | null>>>>

/** An action of a CI workflow that runs an agent. */
export interface KnownAction {
  readonly framework: string
  readonly says: string
  /** Owner, repository and folder, without the reference behind `@`. */
  readonly repositories: readonly string[]
  /** The name of the repository by which somebody's copy of it is known. */
  readonly names: readonly string[]
  /** It refuses people without write access, but for the events in `notFor` or where an input of `off` has such a value. */
  readonly guard?: {
    readonly off: Readonly<Record<string, readonly string[]>>
    readonly notFor: readonly string[]
  }
  /** Inputs that hold a command line, and the program whose options they are. */
  readonly arguments?: Readonly<Record<string, string>>
  /** Variables that hold a command line, and the program whose options they are. */
  readonly environment?: Readonly<Record<string, string>>
  readonly tools?: readonly string[]
  readonly modes?: Modes
  /** Inputs that hold JSON which may name MCP servers. */
  readonly documents?: readonly string[]
  /** Inputs that trade the run's identity for a credential that lives minutes. */
  readonly federation?: readonly string[]
}

/** A client that runs without a person when it is started so. */
export interface KnownProgram {
  readonly program: string
  readonly says: string
  readonly packages: readonly string[]
  /** Options of which one makes it run by itself. */
  readonly starts?: readonly string[]
  /** Its own commands for which those options mean the same. */
  readonly within?: readonly string[]
  /** First words of which one makes it run by itself. */
  readonly words?: readonly string[]
  /** Options that end all asking. */
  readonly unattended?: readonly string[]
  readonly modes?: Modes
  readonly tools?: readonly string[]
  readonly documents?: readonly string[]
}

/** A resource of a cloud that is an agent. */
export interface KnownResource {
  readonly framework: string
  readonly says: string
  readonly category: "chatbot" | "production"
  readonly terraform: readonly string[]
  readonly cloudformation: readonly string[]
  /** Properties in which it is given its name. */
  readonly names: readonly string[]
}

/** A published Terraform module that makes an agent: always, until `off` is false, or only where `on` is true. */
export interface KnownModule {
  readonly framework: string
  readonly says: string
  readonly source: string
  readonly off?: string
  readonly on?: string
  readonly names: readonly string[]
}

/** What is known beforehand about agents that files declare. */
export interface DeclarationKnowledge {
  /** Beginnings of variables, and whose credential they hold. */
  readonly providers: readonly (readonly [prefix: string, provider: string])[]
  readonly actions: readonly KnownAction[]
  readonly programs: readonly KnownProgram[]
  readonly events: { readonly strangers: readonly string[]; readonly trustedTypes: readonly string[] }
  readonly images: {
    /** Images that are agents by themselves, and what they are; those of agent builders are not. */
    readonly agents: readonly (readonly [image: string, says: string])[]
    /** Images that start MCP servers for others. */
    readonly gateways: readonly string[]
    /** Images of MCP servers, or how their names begin. */
    readonly servers: readonly string[]
  }
  readonly resources: readonly KnownResource[]
  readonly modules: readonly KnownModule[]
  /** Resource types of Azure that are agents, in small letters and without a version. */
  readonly azure: { readonly framework: string; readonly types: readonly string[] }
  readonly checks: { readonly actions: readonly string[]; readonly words: readonly string[] }
}

let loaded: DeclarationKnowledge | undefined

/** Answers the knowledge that ships with this package; a test holds its file to the shape it is read as. */
export function declarationKnowledge(): DeclarationKnowledge {
  loaded ??= read()
  return loaded
}

function read(): DeclarationKnowledge {
  const file = new URL("../../knowledge/declarations.json", import.meta.url)
  const knowledge: DeclarationKnowledge = JSON.parse(readFileSync(file, "utf8"))
  return knowledge
}

/** Answers whose credential a variable of this name holds, or null. */
export function providerOf(variable: string): string | null {
  const name = variable.toUpperCase().replaceAll("-", "_")
  const known = declarationKnowledge()
    .providers.filter(([prefix]) => name === prefix || name.startsWith(`${prefix}_`))
    .toSorted(([a], [b]) => b.length - a.length)[0]
  return known?.[1] ?? null
}
