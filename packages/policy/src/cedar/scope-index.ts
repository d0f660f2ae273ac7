import type { Evaluation } from "./code.ts"
import type { CompiledPolicy } from "./compile-policy.ts"
import type { EntityRef } from "./values.ts"

const NONE: readonly CompiledPolicy[] = []

/**
 * Policies by the one action, principal or resource that they name with `==`: of a thousand that each speak of another tool,
 * one is looked at. A policy that is passed over would not have spoken, and a scope cannot err.
 */
export class ScopeIndex {
  readonly #named = {
    action: new Map<string, CompiledPolicy[]>(),
    principal: new Map<string, CompiledPolicy[]>(),
    resource: new Map<string, CompiledPolicy[]>(),
  }
  readonly #open: CompiledPolicy[] = []

  constructor(policies: readonly CompiledPolicy[]) {
    for (const policy of policies) this.#listOf(policy).push(policy)
  }

  /** Answers every policy that could speak of a request. */
  for({ action, principal, resource }: Evaluation): readonly (readonly CompiledPolicy[])[] {
    return [
      this.#open,
      this.#named.action.get(action.key) ?? NONE,
      this.#named.principal.get(principal.key) ?? NONE,
      this.#named.resource.get(resource.key) ?? NONE,
    ]
  }

  #listOf({ names }: CompiledPolicy): CompiledPolicy[] {
    if (names.action) return listAt(this.#named.action, names.action)
    if (names.principal) return listAt(this.#named.principal, names.principal)
    return names.resource ? listAt(this.#named.resource, names.resource) : this.#open
  }
}

function listAt(lists: Map<string, CompiledPolicy[]>, { key }: EntityRef): CompiledPolicy[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
