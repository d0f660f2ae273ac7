import type { EffectClass } from "@tabard/core"
import { type PolicyText, quote } from "@tabard/policy"

/** Effects that a person is asked about whenever an agent causes them, and why. */
const ASKED: readonly (readonly [EffectClass, string])[] = [
  ["delete", "something is deleted or replaced for good"],
  ["financial", "money leaves"],
  ["infrastructure", "infrastructure changes"],
  ["execute", "code runs"],
]

const AGREED = `context.session.approved.contains("owner")`

/**
 * The guard-rails that ship. They speak of effect classes, not of tools, so that a tool registered tomorrow is behind them; writing is
 * not asked about by default, a manifest may do so for a tool.
 */
export function guardRails(): PolicyText[] {
  return [...ASKED.map(([effect, say]) => askFor(effect, say)), egress(), ownedAgents(), activePeople()].map(
    (text, index) => ({ id: `guard/${index + 1}`, text }),
  )
}

function askFor(effect: EffectClass, say: string): string {
  return `@ask("owner") @say(${quote(say)})
forbid (principal is Tabard::Agent, action in Tabard::Action::${quote(`effect:${effect}`)}, resource)
unless { ${AGREED} };`
}

/** Data may leave unasked only to a recipient that the person, a trusted record or a delegation named. */
function egress(): string {
  return `@ask("owner") @say("data leaves, to a recipient that the person did not name")
forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:egress", resource)
unless {
  (!context.session.prov.target.isEmpty() &&
    ["request", "record", "delegated"].containsAll(context.session.prov.target)) || ${AGREED}
};`
}

function ownedAgents(): string {
  return `@say("an agent without an owner does nothing: a person has to take it over")
forbid (principal is Tabard::Agent, action, resource) unless { principal has owner };`
}

function activePeople(): string {
  return `@say("the person served is no longer active")
forbid (principal is Tabard::User, action, resource) unless { principal.active };`
}
