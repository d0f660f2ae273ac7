import type { Enforcement } from "./ports.ts"
import type { ToolCallDeps, ToolRun } from "./tool-run.ts"

/** Asks the decision point. One that cannot answer is a denial. */
export async function decideAttempt(
  { decisions, report }: Pick<ToolCallDeps, "decisions" | "report">,
  { attempt, resolve }: Pick<ToolRun, "attempt" | "resolve">,
): Promise<Enforcement> {
  try {
    return await decisions.enforce({ ...attempt, resolvedPaths: await resolve() })
  } catch (error) {
    report(error)
    return deny(
      "decision_unavailable",
      "it could not be decided just now, and is not run undecided; try again later",
    )
  }
}

/** A denial of the gateway's own. */
export function deny(code: string, words: string): Extract<Enforcement, { effect: "deny" }> {
  return { effect: "deny", decision: null, code, words }
}
