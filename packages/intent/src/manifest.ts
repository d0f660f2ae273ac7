import type { Category, EffectClass, Environment, Limits, TierName, TimeWindow } from "@tabard/core"

/** Texts that stand in the manifest, or a named set that the organisation keeps. */
export type Texts = string | readonly string[] | { readonly inSet: string }

/** A bound on one argument. An argument that is left out is within no bound but `given: false`. */
export type ArgumentLimit =
  | { readonly under: Texts }
  | { readonly atMost: string; readonly atLeast?: string | undefined }
  | { readonly atLeast: string }
  | { readonly exactly: string | boolean }
  | { readonly oneOf: readonly string[] }
  | { readonly inSet: string }
  | { readonly host: Texts }
  | { readonly recipient: Texts }
  | { readonly matches: string }
  | { readonly given: boolean }

/** So many different people of several: any of them by what they are, by team or by name. */
export interface AskOf {
  readonly anyOf: readonly string[]
  /** How many have to agree; one where nobody says. */
  readonly count?: number | undefined
}

/** Who is asked before a call: somebody by what they are (`owner`, `security`), a team, a person, or so many of several. */
export type AskOne = string | AskOf

/** Who is asked: one route, or each of several. */
export type Ask = AskOne | readonly AskOne[]

/** What has to be so around a call. */
export interface Conditions {
  /** Networks (CIDR): the call comes from any one of them. */
  readonly networks?: readonly string[] | undefined
  /** The call comes over an endpoint that the open internet does not reach. */
  readonly privateEndpoint?: true | undefined
  /** Hours: within any one of them. */
  readonly hours?: readonly TimeWindow[] | undefined
  /** What its door has to say of the client, all of it. */
  readonly posture?: readonly string[] | undefined
}

/** Tools of one server that the agent may use, and how far. */
export interface ManifestTool {
  /** The server's id, or its name in the gateway. */
  readonly server: string
  /** A tool's name, or `effect:read` for every tool of the server that only reads. */
  readonly tool: string
  /** What the tool may be used on: the exact names of its targets. */
  readonly resources?: readonly string[] | undefined
  /** Bounds by argument; `body.amount` is a member of an argument. */
  readonly arguments?: Readonly<Record<string, ArgumentLimit>> | undefined
  readonly conditions?: Conditions | undefined
  /** How much may be done with these tools together. */
  readonly limits?: Limits | undefined
  /** Who is asked before each use. */
  readonly ask?: Ask | undefined
}

/** The ways in which an agent can prove who it is. */
export const IDENTITY_KINDS = ["federated", "hardware-key", "keychain-key", "file-key"] as const

/** One of those ways. */
export type IdentityKind = (typeof IDENTITY_KINDS)[number]

/** What keeps an agent on a person's machine apart from the rest of it. */
export const ISOLATIONS = ["none", "user", "sandbox", "container", "virtual-machine"] as const

/** One of those walls. */
export type Isolation = (typeof ISOLATIONS)[number]

/** Declared standing purpose and bounds of an agent; what it does not name, the agent may not do. */
export interface Manifest {
  /** The format of the file. */
  readonly version?: 1 | undefined
  /** The id of the agent that it is for. */
  readonly agent?: string | undefined
  /** The one answerable person: address or id. */
  readonly owner?: string | undefined
  /** People who help, by address or id, and teams by name or id. */
  readonly maintainers?: readonly string[] | undefined
  readonly purpose: string
  readonly category?: Category | undefined
  readonly tier: TierName
  /** Where it acts. */
  readonly environment?: Exclude<Environment, "unknown"> | undefined
  /** The day or the moment that ends it. */
  readonly expires?: string | undefined
  /** The ways in which it may prove itself, where not every one will do. */
  readonly identity?: readonly IdentityKind[] | undefined
  readonly isolation?: Isolation | undefined
  /** True where the agent acts without anyone opening a task: a nightly job. */
  readonly standing?: boolean | undefined
  readonly tools: readonly ManifestTool[]
  /** Agents that it may hand work to, by id or, before they have one, by the name of their file. */
  readonly delegatesTo?: readonly string[] | undefined
  readonly conditions?: Conditions | undefined
  /** How much may be done in all. */
  readonly limits?: Limits | undefined
  /** Who is asked before whatever has an effect of this class. */
  readonly ask?: Readonly<Partial<Record<EffectClass, Ask>>> | undefined
}
