import { readPath } from "@tabard/policy"
import type { DeclaredUse } from "./declaration.ts"
import { ANYTHING } from "./declare-by-hand.ts"
import { listed } from "./limit-texts.ts"
import type { ReachSet } from "./standards.ts"

/** Answers whether a use could come to a member of a set; what is not known of it counts as the worst. */
export function mayReach(use: DeclaredUse, { tools = [], effects = [], resources = [] }: ReachSet): boolean {
  return (
    use.server === ANYTHING ||
    effects.some((effect) => use.effects.includes(effect)) ||
    tools.some((pattern) => mayBeTool(use, pattern)) ||
    resources.some((resource) => mayTouch(use, resource))
  )
}

function mayBeTool({ server, tools }: DeclaredUse, pattern: string): boolean {
  if (tools) return tools.some((tool) => matches(pattern, `${server}/${tool}`))
  const servers = pattern.slice(0, pattern.indexOf("/"))
  return matches(servers, server)
}

function mayTouch({ server, entry }: DeclaredUse, resource: string): boolean {
  const colon = resource.indexOf(":/")
  if (colon < 0) return resource === server
  if (resource.slice(0, colon) !== server) return false
  const folder = resource.slice(colon + 1)
  const roots = Object.values(entry.arguments ?? {}).flatMap((limit) =>
    "under" in limit ? [listed(limit.under)] : [],
  )
  // A root that is kept elsewhere, or cannot be read, could be any folder.
  return roots.length === 0 || roots.some((each) => each === null || each.some((root) => meet(root, folder)))
}

function meet(one: string, other: string): boolean {
  const [first, second] = [readPath(one), readPath(other)]
  if ("refused" in first || "refused" in second) return true
  return within(first.path, second.path) || within(second.path, first.path)
}

/** Both are in the spelling of readPath. */
function within(path: string, root: string): boolean {
  return root === "/" || path === root || path.startsWith(`${root}/`)
}

/** Whether a text is what a pattern says, in which `*` stands for any characters. */
export function matches(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.split("*")
  if (rest.length === 0) return pattern === text
  const last = rest.pop() ?? ""
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  return inTurn(rest, text.slice(first.length, text.length - last.length))
}

/** Each piece is looked for once, behind the one before: no pattern makes this slow. */
function inTurn(pieces: readonly string[], text: string): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}
