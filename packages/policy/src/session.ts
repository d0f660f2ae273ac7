import { type CedarValueJson, uid } from "./cedar.ts"
import { decimalText } from "./number.ts"
import type { Question, SessionFacts } from "./question.ts"

/** Answers the session as policies see it. What is not known takes its worst value, and no set of origins is empty. */
export function sessionContext(
  { session, links }: Question,
  tool: { readonly pinned: boolean; readonly lowered: boolean },
): Record<string, CedarValueJson> {
  return {
    now: { __extn: { fn: "datetime", arg: session.now.toISOString() } },
    door: session.door,
    env: session.env,
    bound: session.bound,
    ...(session.ip !== undefined && { ip: { __extn: { fn: "ip", arg: session.ip } } }),
    posture: [...(session.posture ?? [])],
    ...(links.task && { task: { __entity: uid("Task", links.task.id) } }),
    ...(links.user && { onBehalfOf: { __entity: uid("User", links.user.id) } }),
    depth: links.agents.length,
    tool,
    prov: {
      target: origins(session, "target"),
      amount: origins(session, "amount"),
      content: origins(session, "content"),
      code: origins(session, "code"),
    },
    read: [...(session.read ?? [])],
    left: {
      calls: session.left.calls,
      spend: { __extn: { fn: "decimal", arg: decimalText(session.left.spend) ?? "0.0" } },
    },
    approved: [...(session.approved ?? [])],
  }
}

/** `[…].containsAll([])` is true: an empty set would pass every test of where a value came from. */
function origins({ prov }: SessionFacts, of: keyof NonNullable<SessionFacts["prov"]>): string[] {
  const known = prov?.[of] ?? []
  return known.length > 0 ? [...known] : ["unknown"]
}
