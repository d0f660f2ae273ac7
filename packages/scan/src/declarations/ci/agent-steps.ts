import { asText, field } from "../../documents/fields.ts"
import { declarationKnowledge, type KnownAction } from "../declaration-knowledge.ts"
import { type HeadlessRun, headlessRuns } from "./headless-runs.ts"
import type { WorkflowStep } from "./workflow-jobs.ts"

/** What of a step runs an agent: an action, or a client that a script starts. */
export type AgentStep =
  | { readonly kind: "action"; readonly action: KnownAction; readonly ref: string; readonly isCopy: boolean }
  | { readonly kind: "command"; readonly run: HeadlessRun }

/** Answers the agents that a step runs; a script that starts one client twice runs one agent. */
export function agentSteps(step: WorkflowStep): readonly AgentStep[] {
  const uses = asText(field(step.fields, "uses"))
  if (uses !== undefined) return actionStep(uses)
  return commandSteps(asText(field(step.fields, "run")) ?? "")
}

/** Answers the agents that a script runs, one for each client. */
export function commandSteps(script: string): readonly AgentStep[] {
  const runs = new Map<string, HeadlessRun>()
  for (const run of headlessRuns(script)) {
    const before = runs.get(run.program.program)
    runs.set(run.program.program, { ...run, args: [...(before?.args ?? []), ...run.args] })
  }
  return [...runs.values()].map((run) => ({ kind: "command", run }))
}

function actionStep(uses: string): readonly AgentStep[] {
  const [place = "", ref = ""] = uses.trim().split("@")
  const same = (repository: string): boolean => repository.toLowerCase() === place.toLowerCase()
  const { actions } = declarationKnowledge()
  const known = actions.find(({ repositories }) => repositories.some(same))
  if (known) return [{ kind: "action", action: known, ref, isCopy: false }]
  const [, name = "", folder] = place.split("/")
  const copied = actions.find(({ names }) => folder === undefined && names.includes(name))
  return copied ? [{ kind: "action", action: copied, ref, isCopy: true }] : []
}

/** Answers how an action is named: a commit stays what it is, a tag is moved by people, a branch moves by itself. */
export function refKind(ref: string): "sha" | "tag" | "branch" {
  if (/^[0-9a-f]{40}$/i.test(ref)) return "sha"
  return /^v?\d/.test(ref) ? "tag" : "branch"
}
