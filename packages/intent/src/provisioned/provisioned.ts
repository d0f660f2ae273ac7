import type { FoundFinding } from "@tabard/core"
import type { PlaceOf, ValuePath } from "../standards/place.ts"

/** A value that is only known once a plan has been applied. */
export const UNKNOWN: unique symbol = Symbol("known after apply")

/** What was said: a text, nothing, or something that nobody knows yet. */
export type Told = string | typeof UNKNOWN | undefined

/** Something about to be made that is an agent, or that an agent can act by. */
export interface Provisioned {
  readonly subject: string
  /** An identity is held to who may take it; an agent to all that its manifest says. */
  readonly kind: "agent" | "identity"
  readonly file: string
  /** Where it stands in that file. */
  readonly path: ValuePath
  readonly placeOf: PlaceOf
  /** By what it is taken for an agent, though it may not say so; null where nothing but its own word does. */
  readonly sign: string | null
  /** Which manifest it names. */
  readonly agent: Told
  readonly owner: Told
  /** `sha256:` and the digest of the agent.lock that it was reviewed with. */
  readonly lock: Told
  /** What it runs as; null where it runs as nothing of its own. */
  readonly account: Told | null
  /** How strangers could become it, or what it proves itself by that can be copied. */
  readonly weaknesses: readonly string[]
}

/** An agent whose manifest was vetted. */
export interface ReviewedAgent {
  readonly agent: string
  readonly owner: string | null
  /** `sha256:` and the digest of its agent.lock; null where it has none. */
  readonly lock: string | null
  /** What its manifest is still lacking. */
  readonly findings: readonly FoundFinding[]
}

/** What is known beforehand of images and resources that are agents by themselves. */
export interface AgentSigns {
  /** Answers what an image is, where it is an agent; else undefined. */
  image(name: string): string | undefined
  /** Answers what a type of resource of Terraform is, where it is an agent; else undefined. */
  resource(type: string): string | undefined
}
