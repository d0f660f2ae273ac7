import type { EntityUidJson, PolicyJson } from "../cedar.ts"
import type { Evaluation } from "./code.ts"
import { isWithin } from "./expressions/entities.ts"
import { MalformedCedar } from "./malformed-cedar.ts"
import type { ExactPolicyJson } from "./read-policy.ts"
import { entityRefOf } from "./value-json.ts"
import type { EntityRef } from "./values.ts"

/** Answers whether a policy speaks of a request at all; it cannot err. */
export type Scope = (given: Evaluation) => boolean

type Who = "principal" | "resource"

/** Compiles whom, what and on what a policy speaks of. */
export function compileScope({ principal, action, resource }: ExactPolicyJson): Scope {
  const parts = [partyScope("principal", principal), actionScope(action), partyScope("resource", resource)]
  const [first = always, second = always, third = always] = parts.filter((part) => part !== always)
  return (given) => first(given) && second(given) && third(given)
}

/** The entities that a scope names with `==`: no other request can match. */
export type NamedInScope = Readonly<Partial<Record<Who | "action", EntityRef>>>

/** Answers which entities a scope names with `==`. */
export function namedInScope({ principal, action, resource }: ExactPolicyJson): NamedInScope {
  return {
    ...(principal.op === "==" && { principal: namedBy(principal) }),
    ...(action.op === "==" && { action: namedBy(action) }),
    ...(resource.op === "==" && { resource: namedBy(resource) }),
  }
}

function partyScope(who: Who, constraint: PolicyJson["principal" | "resource"]): Scope {
  switch (constraint.op) {
    case "All":
      return always
    case "==":
      return sameAs(who, namedBy(constraint))
    case "in":
      return within(who, namedBy(constraint))
    case "is":
      return ofType(who, constraint.entity_type, constraint.in)
  }
}

function ofType(who: Who, type: string, group: Parameters<typeof namedBy>[0] | undefined): Scope {
  if (!group) return (given) => given[who].type === type
  const inGroup = within(who, namedBy(group))
  return (given) => given[who].type === type && inGroup(given)
}

function actionScope(constraint: PolicyJson["action"]): Scope {
  switch (constraint.op) {
    case "All":
      return always
    case "==":
      return sameAs("action", namedBy(constraint))
    case "in": {
      const entities = "entities" in constraint ? constraint.entities : [constraint.entity]
      const groups = entities.map((entity) => within("action", namedBy({ entity })))
      return (given) => groups.some((group) => group(given))
    }
  }
}

function sameAs(who: Who | "action", named: EntityRef): Scope {
  return (given) => named.is(given[who])
}

function within(who: Who | "action", group: EntityRef): Scope {
  return (given) => isWithin(given[who], group, given)
}

function namedBy(constraint: { readonly entity: EntityUidJson } | { readonly slot: string }): EntityRef {
  if ("slot" in constraint)
    throw new MalformedCedar("a template is linked before it is compiled: it names nobody")
  return entityRefOf(constraint.entity)
}

function always(): boolean {
  return true
}
