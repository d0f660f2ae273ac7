import type { AutonomyLevel, EffectClass } from "@tabard/core"
import type { Format } from "../documents/parse-document.ts"
import type { Severity } from "../report.ts"

/** The systems whose paths are known. */
export type OperatingSystem = "linux" | "macos" | "windows"

/** A file in which a client keeps servers or settings. */
export interface KnownFile {
  /** How its path ends, with `/` between names; `*` stands for any part of one name, `**` for any folders. */
  readonly path: string
  /** `servers` files may be a bare map of servers. */
  readonly role: "servers" | "settings"
  readonly scope: "user" | "project"
  readonly format: Format
  /** Where it is beneath a home directory, if not at `path`. */
  readonly home?: Readonly<Record<OperatingSystem, readonly string[]>>
  /** Where it is for all users of a machine, beneath the root of its file system (the drive, on Windows). */
  readonly system?: Readonly<Partial<Record<OperatingSystem, readonly string[]>>>
  /** The maps of servers in it, if they are not where most clients keep them; then nowhere else. `*` is any name. */
  readonly servers?: readonly (readonly string[])[]
  /** A map in it of agents that the client runs beside its own. */
  readonly subAgents?: readonly string[]
  /** Left behind by an older version: the client reads it no more, but what it holds is still there. */
  readonly stale?: boolean
  /** Its name alone tells whose it is, in whichever folder it lies. */
  readonly anywhere?: boolean
  /** Never at a fixed place in a home directory. */
  readonly elsewhere?: boolean
  /** Names of which the file must hold one: others of the same name are another program's. */
  readonly holdsOneOf?: readonly string[]
  /** Not by itself a sign of an agent: only where it holds servers or says how freely one acts. */
  readonly onlyIfItSpeaks?: boolean
}

/**
 * A setting, and the level each of its values gives; `*` in its way stands for any name, and in a list each item counts.
 * A value without a level is told, and decides nothing, unless `otherwise` says what any other gives.
 */
export interface KnownSetting {
  readonly setting: readonly string[]
  readonly levels: Readonly<Record<string, AutonomyLevel>>
  readonly otherwise?: AutonomyLevel
}

/** How sure it is that a client's entry is right: read in its source or documents, told by others, or not confirmed. */
export type Confidence = "high" | "medium" | "low"

/** How a client is told among running programs. */
export interface KnownProcesses {
  /** Names of its programs; no other program that we know of is called so. */
  readonly names?: readonly string[]
  /** Packages whose code an interpreter runs. */
  readonly packages?: readonly string[]
  /** Names that other programs have too: they tell that a client runs only where its files were seen. */
  readonly shared?: readonly string[]
}

/** A program that runs agents on somebody's machine. */
export interface KnownClient {
  readonly id: string
  readonly name: string
  readonly confidence: Confidence
  /** No longer maintained: what it leaves on disk is stale. */
  readonly discontinued?: boolean
  /** Where it keeps credentials in a home directory or project; read only if they are among `files` too. */
  readonly credentialFiles: readonly string[]
  /** Folders in a home directory that show it is used there. */
  readonly presence: readonly string[]
  readonly processes?: KnownProcesses
  /** Flags of its command line that free it, as `--flag` or `--flag=value`, with `*` for any value; `--flag value` is the same. */
  readonly flags?: Readonly<Record<string, AutonomyLevel>>
  readonly default: { readonly level: AutonomyLevel; readonly says: string }
  readonly files: readonly KnownFile[]
  readonly autonomy: readonly KnownSetting[]
  /** Endings of other clients' files whose servers it takes over. */
  readonly alsoReads?: readonly string[]
  /** Its own agents that are given no tool, whatever else is set: they write titles and summaries. */
  readonly agentsWithoutTools?: readonly string[]
}

/** An MCP server that is known, by package, image, command or address. */
export interface KnownServer {
  readonly id: string
  readonly system: string | null
  readonly match: readonly string[]
  readonly capabilities: readonly EffectClass[]
}

/** The shape of one provider's secrets. */
export interface SecretShape {
  readonly id: string
  readonly provider: string | null
  /** Its first group, if it has one, is the secret; else all of it. */
  readonly pattern: RegExp
  readonly severity: Severity
  /** Words of which one must be in the name beside the value; none means the shape speaks for itself. */
  readonly near: readonly string[]
  /** Of a JWT: the role that its payload has to claim. */
  readonly role?: string
  /** It stands for a person, who made it or signed in. */
  readonly personal?: boolean
  /** It may do everything in its account. */
  readonly administrator?: boolean
  /** It does not end by itself within months, and its provider offers something that does. */
  readonly longLived?: boolean
}

/** A variable that moves a folder of a home directory: `from` is then at `to` in the folder that it names. */
export interface Relocation {
  readonly variable: string
  readonly from: string
  readonly to: string
}

/** A language that agents are written in. */
export type CodeLanguage = "python" | "javascript" | "java" | "c-sharp" | "go"

/** How an agent is declared with one call, and what must be there for it to be one. */
export interface KnownDeclaration {
  /** The dotted name that is called, without its module. */
  readonly call: string
  /** Called (the default), called on any object in a file that imports the module, or extended by a class. */
  readonly how?: "call" | "method" | "subclass"
  /** Named parts: of each group there must be one. */
  readonly needs?: readonly (readonly string[])[]
  /** What a needed part must say. */
  readonly values?: Readonly<Record<string, readonly string[]>>
  /** Only in a loop. */
  readonly loop?: boolean
  /** Also as a decorator of the function that the agent is. */
  readonly decorator?: boolean
  /** Among its arguments must be a call of this name. */
  readonly uses?: string
  /** It goes around an agent of the same file, and is one itself only where there is none. */
  readonly wraps?: boolean
  /** It is an agent only where the file declares no other. */
  readonly alone?: boolean
  /** One question to a model among those of one agent: what a function asks is told once. */
  readonly turn?: boolean
  /** A class that agents run in: what is called in it is its own, and where others are declared in it they are told. */
  readonly hosts?: boolean
  /** A graph of nodes, which is an agent only where a model or tools are among them. */
  readonly workflow?: boolean
  /** Where its name is, if not in the usual places. */
  readonly name?: {
    readonly parameters?: readonly string[]
    readonly at?: number
    readonly from?: "function" | "call" | "argument"
  }
  /** How freely it acts where nothing is set. */
  readonly default?: { readonly level: AutonomyLevel; readonly says: string }
}

/** What one language's package of a framework offers. */
export interface KnownSdk {
  readonly languages: readonly CodeLanguage[]
  /** Modules that its names are imported from, or from beneath. */
  readonly modules: readonly string[]
  readonly agents: readonly KnownDeclaration[]
}

/** A setting or a name in code that says how freely an agent acts; what decides nothing has no level, and is told. */
export type KnownCodeSetting =
  | {
      readonly setting: string
      readonly levels: Readonly<Record<string, AutonomyLevel | null>>
      readonly otherwise?: AutonomyLevel
    }
  | { readonly uses: string; readonly level: AutonomyLevel | null }

/** What agents are built with: a library, or a kind of workflow, export or resource that a reader of its own reads. */
export interface KnownFramework {
  readonly id: string
  readonly name: string
  readonly confidence: Confidence
  /** Other ids that mean it. */
  readonly aliases?: readonly string[]
  /** The id of the collection that it is also counted to. */
  readonly family?: string
  readonly sdks: readonly KnownSdk[]
  readonly autonomy?: readonly KnownCodeSetting[]
}

/** Everything that is known beforehand: data, with a version and a date. */
export interface KnowledgePack {
  readonly version: string
  readonly date: string
  readonly clients: readonly KnownClient[]
  readonly relocations: readonly Relocation[]
  readonly servers: readonly KnownServer[]
  readonly bridges: readonly string[]
  /** Names as servers have them, of publishers that are known beside those of the servers. */
  readonly publishers: readonly string[]
  readonly frameworks: readonly KnownFramework[]
  readonly shapes: readonly SecretShape[]
  /** The providers behind secretlint's rules, by the names of the rules. */
  readonly linted: ReadonlyMap<string, string>
  readonly placeholders: readonly RegExp[]
  readonly notSecret: readonly RegExp[]
  readonly weakPasswords: ReadonlySet<string>
}
