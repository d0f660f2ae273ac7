import type { SettingSighting } from "../../configurations/observation.ts"
import type { Document, Path } from "../../documents/document.ts"
import { asFields, type Fields, field } from "../../documents/fields.ts"
import type { SourceAgent } from "../../sources/source-reader.ts"
import { type DeclaredFile, MOST_AGENTS } from "../declared-file.ts"
import { WORKFLOW_SETTINGS } from "../workflow-settings.ts"
import { type AgentStep, agentSteps, refKind } from "./agent-steps.ts"
import { checkoutOf } from "./checkout.ts"
import { ciLevel } from "./ci-level.ts"
import { inputText } from "./input-text.ts"
import { programOptions } from "./program-options.ts"
import { runToken } from "./run-token.ts"
import { federationOf, readCredentials } from "./step-credentials.ts"
import { actionInputs, type StepInputs, serversIn } from "./step-inputs.ts"
import { strangerAccess } from "./stranger-access.ts"
import { stepName, stepsIn, type WorkflowJob, type WorkflowStep, workflowJobs } from "./workflow-jobs.ts"
import { type Trigger, workflowTriggers } from "./workflow-triggers.ts"
import { writtenFiles } from "./written-files.ts"

/** A workflow while it is read. */
interface Workflow {
  readonly fields: Fields
  readonly document: Document
  readonly file: DeclaredFile
  readonly jobs: readonly WorkflowJob[]
  readonly triggers: readonly Trigger[]
  /** Its jobs say what their token may do; those of a composite action are its callers'. */
  readonly hasToken: boolean
}

/** Answers the agents that a GitHub workflow runs. */
export function readWorkflow(document: Document, file: DeclaredFile): readonly SourceAgent[] {
  const fields = asFields(document.value) ?? {}
  const jobs = workflowJobs(fields)
  const workflow = { fields, document, file, jobs, triggers: workflowTriggers(fields), hasToken: true }
  return jobs.flatMap((job) => agentsOf(job, workflow)).slice(0, MOST_AGENTS + 1)
}

/** Answers the agents that a composite action runs; what starts it and what its token may do is its callers'. */
export function readCompositeAction(document: Document, file: DeclaredFile): readonly SourceAgent[] {
  const fields = asFields(document.value) ?? {}
  const steps = stepsIn(field(asFields(field(fields, "runs")), "steps"), ["runs", "steps"])
  const job = { id: "runs", fields: {}, path: ["runs"], steps, needs: [] }
  return agentsOf(job, { fields, document, file, jobs: [job], triggers: [], hasToken: false })
}

function agentsOf(job: WorkflowJob, workflow: Workflow): readonly SourceAgent[] {
  const found = job.steps.flatMap((step) => agentSteps(step).map((agent) => ({ step, agent })))
  const unnamed = found.filter(({ step }) => stepName(step) === undefined).length
  const settings = jobSettings(job, workflow)
  let nameless = 0
  return found.slice(0, MOST_AGENTS + 1).map(({ step, agent }) => {
    const own = stepName(step)
    if (own === undefined) nameless++
    const name = own ?? (unnamed > 1 ? `${job.id} (${nameless})` : job.id)
    return agentOf({ step, agent, job, name, settings }, workflow)
  })
}

interface Found {
  readonly step: WorkflowStep
  readonly agent: AgentStep
  readonly job: WorkflowJob
  readonly name: string
  /** What its job says of every agent in it. */
  readonly settings: readonly SettingSighting[]
}

function jobSettings(job: WorkflowJob, workflow: Workflow): readonly SettingSighting[] {
  return [
    ...(workflow.hasToken ? runToken(job.fields, workflow.fields) : []),
    ...federationOf(
      undefined,
      job.steps.map(({ fields }) => fields),
    ),
    ...checkoutOf(job.steps),
  ]
}

function agentOf({ step, agent, job, name, settings: ofJob }: Found, workflow: Workflow): SourceAgent {
  const { document, file } = workflow
  const action = agent.kind === "action" ? agent.action : undefined
  const inputs = inputsOf(agent, step.fields)
  const reader = file.credentialReader()
  for (const { values, path } of valuesFor(step, job, workflow))
    readCredentials(values, (key) => document.lineOf([...path, key]), reader)
  const line = document.lineOf(step.path)
  const documents = [...inputs.documents, ...writtenFor(inputs.documents, step, job)]
  const servers = serversIn(documents, line, reader, file)
  const settings = [
    ...strangerAccess({ step, job, jobs: workflow.jobs, triggers: workflow.triggers, action }),
    ...ofJob,
    ...(action ? federationOf(action, [step.fields]) : []),
    ...refOf(agent),
    ...inputs.settings,
  ]
  return {
    ...identityOf(agent),
    name,
    category: "production",
    line,
    level: ciLevel(settings),
    settings,
    servers,
    credentials: reader.sightings(),
  }
}

/** Files that clients read from the folder they work in, without being told to. */
const READ_ANYWAY = /(?:^|\/)(?:\.mcp\.json|\.(?:gemini|qwen|claude)\/settings\.json)$/

/** The texts of files that the job writes before or in the step, where the agent is told to read them or does so anyway. */
function writtenFor(documents: readonly string[], step: WorkflowStep, job: WorkflowJob): readonly string[] {
  const scripts = job.steps
    .slice(0, job.steps.indexOf(step) + 1)
    .map(({ fields }) => inputText(field(fields, "run")))
  const files = scripts.flatMap(writtenFiles)
  return files
    .filter(({ path }) => documents.includes(path) || READ_ANYWAY.test(path))
    .map(({ text }) => text)
}

function identityOf(agent: AgentStep): Pick<SourceAgent, "framework" | "what" | "confidence"> {
  if (agent.kind === "command")
    return {
      framework: "gha-other",
      what: `${agent.run.program.says} runs without a person`,
      confidence: "high",
    }
  const { framework, says } = agent.action
  return { framework, what: `workflow runs the ${says}`, confidence: agent.isCopy ? "medium" : "high" }
}

function inputsOf(agent: AgentStep, step: Fields): StepInputs {
  return agent.kind === "action"
    ? actionInputs(agent.action, step)
    : programOptions(agent.run.program, agent.run.args)
}

function refOf(agent: AgentStep): readonly SettingSighting[] {
  return agent.kind === "action"
    ? [{ setting: WORKFLOW_SETTINGS.actionRef, value: refKind(agent.ref), level: null }]
    : []
}

/** The inputs of the step, and the variables that reach it. */
function valuesFor(
  step: WorkflowStep,
  job: WorkflowJob,
  { fields }: Workflow,
): readonly { readonly values: Fields; readonly path: Path }[] {
  const places: readonly (readonly [holder: Fields, name: string, path: Path])[] = [
    [step.fields, "with", step.path],
    [step.fields, "secrets", step.path],
    [step.fields, "env", step.path],
    [asFields(field(job.fields, "container")) ?? {}, "env", [...job.path, "container"]],
    [job.fields, "env", job.path],
    [fields, "env", []],
  ]
  return places.map(([holder, name, path]) => ({
    values: asFields(field(holder, name)) ?? {},
    path: [...path, name],
  }))
}
