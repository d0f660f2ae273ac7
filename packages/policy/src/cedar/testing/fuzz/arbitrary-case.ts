import * as fc from "fast-check"
import { quote } from "../../../cedar.ts"
import type { Case } from "../oracle.ts"
import { expressions } from "./arbitrary-expressions.ts"
import { entities, records } from "./arbitrary-values.ts"
import { entityUids, TYPES } from "./words.ts"

/** Any policies, and a request that is made of the same few words; most of its entities are known. */
export const cases: fc.Arbitrary<Case> = entities.chain((known) => {
  const names = known.map(({ uid }) => uid)
  const named =
    names.length === 0
      ? entityUids
      : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...names) }, entityUids)
  return fc.record({
    policies: fc.array(policies(), { minLength: 1, maxLength: 4 }).map(numbered),
    principal: named,
    action: named,
    resource: named,
    context: records(),
    entities: fc.constant(known),
  })
})

function policies(): fc.Arbitrary<string> {
  const conditions = fc.array(fc.tuple(fc.constantFrom("when", "unless"), expressions.bool), { maxLength: 2 })
  return fc
    .tuple(
      fc.constantFrom("permit", "forbid"),
      scopes("principal"),
      scopes("action"),
      scopes("resource"),
      conditions,
    )
    .map(
      ([effect, principal, action, resource, all]) =>
        `${effect} (${principal}, ${action}, ${resource})${all.map(([kind, text]) => ` ${kind} { ${text} }`).join("")};`,
    )
}

/** Mostly open, so that most conditions are looked at. */
function scopes(who: "principal" | "action" | "resource"): fc.Arbitrary<string> {
  const named = entityUids.map(({ type, id }) => `${type}::${quote(id)}`)
  const action = entityUids.map(({ id }) => `Action::${quote(id)}`)
  const types = fc.constantFrom(...TYPES)
  const closed =
    who === "action"
      ? [
          action.map((uid) => `action == ${uid}`),
          action.map((uid) => `action in ${uid}`),
          fc.array(action, { maxLength: 3 }).map((uids) => `action in [${uids.join(", ")}]`),
        ]
      : [
          named.map((uid) => `${who} == ${uid}`),
          named.map((uid) => `${who} in ${uid}`),
          types.map((type) => `${who} is ${type}`),
          fc.tuple(types, named).map(([type, uid]) => `${who} is ${type} in ${uid}`),
        ]
  return fc.oneof({ weight: 12, arbitrary: fc.constant(who) }, ...closed)
}

/** Names policies by their place. */
export function numbered(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, place) => [`p${place}`, text]))
}
