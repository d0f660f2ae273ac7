import type { Evaluation } from "./cedar/code.ts"
import type { Link } from "./entities.ts"
import type { CedarQuestion, Standing } from "./judge-link.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import type { Slice } from "./slice-keeper.ts"

/** Judges each policy of a slice once, by the closures that it was compiled to. */
export function evaluateSlice(
  { policies }: Slice,
  { principal }: Link,
  { action, resource, context, entities }: CedarQuestion,
): Standing {
  const given: Evaluation = { principal, action: action.ref, resource, context, entities }
  const held: ParsedPolicy[] = []
  const erred: string[] = []
  for (const policy of policies) {
    try {
      if (policy.compiled.matches(given) && policy.compiled.holds(given)) held.push(policy)
    } catch {
      // Whatever stopped it, a stack that ran out included: it was not judged.
      erred.push(policy.id)
    }
  }
  return { kind: "judged", held, erred }
}
