import { Recent } from "@tabard/core"
import type { AsksDescription } from "./asks-description.ts"
import type { EntityRef } from "./cedar/values.ts"
import { type AskedFacts, askedTogether } from "./facts/asked-facts.ts"
import { type ForbiddenReads, readTogether } from "./forbidden-reads.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import type { PolicyInvalid } from "./policy-invalid.ts"
import type { Action } from "./schema.ts"
import type { LinkScope, PolicyIndex } from "./slice.ts"

/** As many as an agent's links and tools make; what is asked beyond is gathered anew. */
const MOST = 2000

/** The policies that could speak on one link and action, ready to be judged. */
export interface Slice extends AsksDescription {
  readonly policies: readonly ParsedPolicy[]
  /** Those among them that the schema no longer bears. */
  readonly broken: readonly string[]
  /** Folders that they ask about. */
  readonly roots: readonly string[]
  /** What else they ask about arguments and the time. */
  readonly asked: AskedFacts
  /** What they forbid by. */
  readonly forbids: ForbiddenReads
  /** Whether any of them asks what was read before. */
  readonly asksRead: boolean
}

/** Gathers slices once, and keeps them for as long as what they are gathered from is in force. */
export class SliceKeeper {
  readonly #kept = new Recent<Slice>(MOST)
  readonly #index: PolicyIndex
  readonly #broken: ReadonlyMap<string, PolicyInvalid>

  constructor(index: PolicyIndex, broken: ReadonlyMap<string, PolicyInvalid>) {
    this.#index = index
    this.#broken = broken
  }

  /** Answers the slice of a link and an action. */
  of(link: LinkScope, action: Action): Slice {
    const key = keyOf(link, action)
    const kept = this.#kept.get(key)
    if (kept) return kept
    const slice = this.#gather(link, action)
    this.#kept.set(key, slice)
    return slice
  }

  #gather(link: LinkScope, action: Action): Slice {
    const policies = this.#index.slice(link, action)
    return {
      policies,
      broken: policies.filter(({ id }) => this.#broken.has(id)).map(({ id }) => id),
      roots: [...new Set(policies.flatMap(({ roots }) => roots))],
      asked: askedTogether(policies.map(({ asked }) => asked)),
      forbids: readTogether(policies.map(({ forbids }) => forbids)),
      asksRead: policies.some((policy) => policy.asksRead),
      asksRisk: policies.some((policy) => policy.asksRisk),
      asksFacts: policies.some((policy) => policy.asksFacts),
    }
  }
}

/** An id may hold anything, so each is written with its length. */
function keyOf({ principal, ancestors }: LinkScope, { ref }: Action): string {
  let key = spelt(ref) + spelt(principal)
  for (const ancestor of ancestors) key += spelt(ancestor)
  return key
}

function spelt({ key }: EntityRef): string {
  return `${key.length}:${key}`
}
