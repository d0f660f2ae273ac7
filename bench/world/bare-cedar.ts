import { createRequire } from "node:module"
import { entitiesOf, linksOf } from "../../packages/policy/src/entities.ts"
import { lowerInput } from "../../packages/policy/src/lower-input.ts"
import { preparsedPolicies, preparsedSchema } from "../../packages/policy/src/preparsed.ts"
import { sessionContext } from "../../packages/policy/src/session.ts"
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
  const { server, action: asked } = question
  const action = "tool" in asked ? base.schema.actions.get(`${server.id}/${asked.tool}`) : undefined
  if (!action?.tool || !("tool" in asked)) throw new Error("the question is about no tool")
  const links = linksOf(question)
  const roots = links.flatMap((link) => base.index.slice(link, action).flatMap((policy) => policy.roots))
  const lowered = lowerInput(action.tool, asked.arguments, { roots: [...new Set(roots)] })
  const [lowest] = lowered.kind === "lowered" ? lowered.inputs : []
  const [target] = lowest?.targets ?? []
  if (!lowest || target === undefined) throw new Error("the arguments were refused")
  const resource = { type: "Tabard::Resource", id: `${server.id}/${target}` }
  const context = { session: sessionContext(question, { pinned: true, lowered: true }), input: lowest.input }
  return links.map((link) => {
    const slice = base.index.slice(link, action).filter(({ kind }) => kind !== "requestable")
    return {
      principal: { ...link.principal },
      action: { type: "Tabard::Action", id: action.id },
      resource,
      context,
      entities: entitiesOf(question, resource),
      preparsedSchemaName: preparsedSchema(action.fingerprint, action.schema),
      validateRequest: true,
      preparsedPolicySetId: preparsedPolicies(slice.map(({ serial }) => serial).join(), () => ({
        staticPolicies: Object.fromEntries(slice.map(({ id, text }) => [id, text])),
      })),
    }
  })
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
