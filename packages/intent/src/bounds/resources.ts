import { hasRole, type PinnedTool, quote } from "@tabard/policy"
import { shapesOf } from "./argument-at.ts"
import { type Condition, several } from "./condition.ts"
import { itemOf } from "./number-limits.ts"
import { Unjudgeable } from "./refusal.ts"
import { canonicalPath } from "./value-limits.ts"

/** Writes what a tool may be used on, by the exact names of its targets. A call that names none is on none of them. */
export function onResources(tool: PinnedTool, resources: readonly string[]): Condition {
  const targets = [...shapesOf(tool)].filter(([name]) => hasRole(tool, name, "target"))
  if (targets.length === 0)
    throw new Unjudgeable(
      `nobody has reviewed which argument of ${tool.name} names what it acts on`,
      "have the argument's role corrected, or hold the argument itself to these values",
    )
  const paths = targets.some(([, { shape }]) => itemOf(shape).kind === "path")
  const names = resources.map((name) => (paths ? canonicalPath(name) : name))
  const entities = names.map((name) => `Tabard::Resource::${quote(`${tool.server}/${name}`)}`)
  return { cedar: `resource in [${entities.join(", ")}]`, words: `on ${several(names)}` }
}
