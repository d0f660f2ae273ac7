import type { EntityUidJson } from "@cedar-policy/cedar-wasm/nodejs"
import type { EntityRef } from "./cedar/values.ts"
import { type EntityUid, uidKey } from "./cedar.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import type { Action } from "./schema.ts"

/** Who asks: one link of the chain, with all that it belongs to. */
export interface LinkScope {
  readonly principal: EntityRef
  readonly ancestors: readonly EntityRef[]
}

/**
 * Policies by whom and what they speak of. A slice is gathered by look-ups alone, so that it costs the same beside ten
 * agents and beside ten thousand.
 */
export class PolicyIndex {
  readonly #byPrincipal = new Map<string, Map<string, ParsedPolicy[]>>()

  constructor(policies: Iterable<ParsedPolicy>) {
    for (const policy of policies) this.#add(policy)
  }

  /** Answers every policy that could match this link and action, in one order. */
  slice(link: LinkScope, action: Action): ParsedPolicy[] {
    const found = new Set<ParsedPolicy>()
    const actionKeys = actionKeysOf(action)
    for (const principalKey of principalKeysOf(link)) {
      const byAction = this.#byPrincipal.get(principalKey)
      if (!byAction) continue
      for (const actionKey of actionKeys) {
        for (const policy of byAction.get(actionKey) ?? []) found.add(policy)
      }
    }
    return [...found].toSorted((a, b) => a.serial - b.serial)
  }

  /** Answers the policies that name this very principal, whatever the action: what it was given. */
  naming(principal: EntityUid): ParsedPolicy[] {
    const byAction = this.#byPrincipal.get(`== ${uidKey(principal)}`)
    return byAction ? [...new Set([...byAction.values()].flat())] : []
  }

  #add(policy: ParsedPolicy): void {
    const principalKey = scopeOfPrincipal(policy)
    const byAction = this.#byPrincipal.get(principalKey) ?? new Map<string, ParsedPolicy[]>()
    this.#byPrincipal.set(principalKey, byAction)
    for (const actionKey of scopeOfAction(policy)) {
      const policies = byAction.get(actionKey) ?? []
      byAction.set(actionKey, policies)
      policies.push(policy)
    }
  }
}

function principalKeysOf({ principal, ancestors }: LinkScope): string[] {
  const within = [principal, ...ancestors].map((entity) => `in ${uidKey(entity)}`)
  return [`== ${uidKey(principal)}`, ...within, `is ${principal.type}`, "any"]
}

function actionKeysOf({ id, groups }: Action): string[] {
  return [`== ${id}`, `in ${id}`, ...groups.map((group) => `in ${group}`), "any"]
}

/** `is T in X` stands under X alone: Cedar asks for the type again, so the slice may hold it in vain. */
function scopeOfPrincipal({ json: { principal } }: ParsedPolicy): string {
  switch (principal.op) {
    case "All":
      return "any"
    case "is":
      return principal.in && "entity" in principal.in
        ? `in ${keyOf(principal.in.entity)}`
        : `is ${principal.entity_type}`
    case "==":
    case "in":
      return "entity" in principal ? `${principal.op} ${keyOf(principal.entity)}` : "any"
  }
}

function scopeOfAction({ json: { action } }: ParsedPolicy): string[] {
  switch (action.op) {
    case "All":
      return ["any"]
    case "==":
      return "entity" in action ? [`== ${plain(action.entity).id}`] : ["any"]
    case "in":
      return ("entities" in action ? action.entities : [action.entity]).map(
        (entity) => `in ${plain(entity).id}`,
      )
  }
}

function keyOf(entity: EntityUidJson): string {
  return uidKey(plain(entity))
}

/** Answers the actions and classes that the scope of a policy names; none where it leaves its action open. */
export function actionsNamed({ action }: Pick<ParsedPolicy["json"], "action">): readonly string[] {
  if (action.op === "All") return []
  const named = "entities" in action ? action.entities : "entity" in action ? [action.entity] : []
  return named.map((entity) => plain(entity).id)
}

/** Cedar writes an entity's name in two ways. */
export function plain(entity: EntityUidJson): EntityUid {
  const { __entity: named } = "__entity" in entity ? entity : { __entity: entity }
  return named
}
