import { createRequire } from "node:module"
import { preparsedPolicies, preparsedSchema } from "../../packages/policy/src/preparsed.ts"
import { recordJson } from "../../packages/policy/src/value-json.ts"
import { whatIsAsked } from "../../packages/policy/src/what-is-asked.ts"
import type { DecisionWorld } from "./decision-world.ts"

type Call = Readonly<Record<string, unknown>>

/** As much of Cedar as is called here. */
interface Cedar {
  statefulIsAuthorized(call: Call): {
    readonly type: string
    readonly response?: { readonly decision: string }
  }
}

// The very Cedar that the policy package keeps its parsed slices in: another copy would know none of them.
const cedar: Cedar = createRequire(new URL("../../packages/policy/src/index.ts", import.meta.url))(
  "@cedar-policy/cedar-wasm/nodejs",
)

/**
 * Answers what a decision asks of Cedar, one call for each link, made ready beforehand: slice and schema parsed inside
 * Cedar, arguments and entities as JSON. Less than this no decision can cost.
 */
export function bareCalls({ base, question }: DecisionWorld): Call[] {
  const asked = whatIsAsked(base, question)
  if ("refused" in asked) throw new Error(asked.words)
  const { action, links, questions } = asked
  return questions.flatMap(({ resource, context, known }) =>
    links.map(({ link, slice }) => {
      const live = slice.policies.filter(({ kind }) => kind !== "requestable")
      return {
        principal: uidOf(link.principal),
        action: uidOf(action.ref),
        resource: uidOf(resource),
        context: recordJson(context),
        entities: known.map(({ ref, attrs, parents }) => ({
          uid: uidOf(ref),
          attrs: recordJson({ members: attrs }),
          parents: parents.map(uidOf),
        })),
        preparsedSchemaName: preparsedSchema(action.fingerprint, action.schema),
        validateRequest: true,
        preparsedPolicySetId: preparsedPolicies(live.map(({ serial }) => serial).join(), () => ({
          staticPolicies: Object.fromEntries(live.map(({ id, text }) => [id, text])),
        })),
      }
    }),
  )
}

function uidOf({ type, id }: { readonly type: string; readonly id: string }): Call {
  return { type, id }
}

/** Asks Cedar, and insists on a permit from every link. */
export function askCedar(calls: readonly Call[]): void {
  for (const call of calls) {
    const answer = cedar.statefulIsAuthorized(call)
    if (answer.response?.decision !== "allow") {
      throw new Error(`Cedar does not permit: ${JSON.stringify(answer)}`)
    }
  }
}
