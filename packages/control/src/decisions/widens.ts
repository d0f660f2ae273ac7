import type { Budget } from "@tabard/core"

/** What bounds an agent: its policies, what is counted besides, and the environment that its manifest says it acts in. */
export interface AgentBounds {
  readonly policies: readonly { readonly text: string }[]
  readonly budgets?: readonly Budget[] | undefined
  readonly environment?: string | undefined
}

/** Each space stands in one place alone: where it could stand in two, a policy of a dozen annotations would take years. */
const ANNOTATIONS = String.raw`^\s*(?:@\w+\s*(?:\(\s*"(?:[^"\\]|\\.)*"\s*\)\s*)?)*`
const PERMIT = new RegExp(`${ANNOTATIONS}permit\\b`)
const FORBID = new RegExp(`${ANNOTATIONS}forbid\\b`)

/**
 * Answers whether an agent may do more after a change than before: a permit that was not there, a forbid or a limit that is
 * there no more, another environment. What cannot be told to be no wider counts as wider.
 */
export function widens(before: AgentBounds | undefined, after: AgentBounds): boolean {
  if (!before) return after.policies.some(({ text }) => !FORBID.test(text))
  const [was, is] = [before, after].map(({ policies }) => new Set(policies.map(({ text }) => text.trim())))
  const added = [...(is ?? [])].filter((text) => !was?.has(text))
  const gone = [...(was ?? [])].filter((text) => !is?.has(text))
  return (
    added.some((text) => !FORBID.test(text)) ||
    gone.some((text) => !PERMIT.test(text)) ||
    before.environment !== after.environment ||
    losesLimit(before.budgets ?? [], after.budgets ?? [])
  )
}

/** A limit still holds where one of its name counts as much as it did, over the same time, and no more. */
function losesLimit(before: readonly Budget[], after: readonly Budget[]): boolean {
  return before.some((was) => !after.some((is) => limitsAsWell(is, was)))
}

function limitsAsWell(is: Budget, was: Budget): boolean {
  const { atMost: most, ...counted } = is
  const { atMost, ...countedBefore } = was
  return most <= atMost && JSON.stringify(counted) === JSON.stringify(countedBefore)
}
