import type { SettingSighting } from "../../configurations/observation.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import { namesSecret } from "../../credentials/secret-names.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { providerOf } from "../declaration-knowledge.ts"
import { DeclaredFile } from "../declared-file.ts"
import { WORKFLOW_SETTINGS } from "../workflow-settings.ts"
import { type AgentStep, commandSteps } from "./agent-steps.ts"
import { ciLevel } from "./ci-level.ts"
import { type PipelinePart, pipelineParts } from "./pipeline-scripts.ts"
import { programOptions } from "./program-options.ts"
import { readCredentials } from "./step-credentials.ts"
import { serversIn } from "./step-inputs.ts"
import { namesAgent } from "./workflow-reader.ts"

/** Files of pipelines other than GitHub's: GitLab, Azure, CircleCI, Bitbucket, Buildkite, Drone and Woodpecker. */
const PIPELINE =
  /(?:^|[\\/])(?:[^\\/]*\.gitlab-ci\.ya?ml|azure-pipelines[^\\/]*\.ya?ml|bitbucket-pipelines\.ya?ml|\.(?:drone|woodpecker)\.ya?ml)$|[\\/]?\.(?:circleci|buildkite|woodpecker|azure-pipelines|gitlab[\\/](?:ci|duo)(?:[\\/].*)?)[\\/][^\\/]+\.ya?ml$/i

/** Reads the agents that pipelines run by a command. */
export const pipelineReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => PIPELINE.test(path),
  mayDeclare: namesAgent,
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "yaml", context.limits.nesting)
    const agents = pipelineParts(document.value).flatMap((part) =>
      commandSteps(part.script).flatMap((step) => agentOf(step, part, document, file)),
    )
    return file.read(agents, [], [document])
  },
}

function agentOf(
  step: AgentStep,
  part: PipelinePart,
  document: Document,
  file: DeclaredFile,
): readonly SourceAgent[] {
  if (step.kind !== "command") return []
  const { program, args } = step.run
  const reader = file.credentialReader()
  const line = document.lineOf(part.path)
  const options = programOptions(program, args)
  readVariables(part, asFields(document.value) ?? {}, line, reader)
  const settings = [...options.settings, ...triggersOf(part.fields), ...federationOf(part.fields)]
  return [
    {
      framework: "gha-other",
      name: part.name,
      category: "production",
      line,
      what: `${program.says} runs without a person`,
      confidence: "high",
      level: ciLevel(settings),
      settings,
      servers: serversIn(options.documents, line, reader, file),
      credentials: reader.sightings(),
    },
  ]
}

/** Variables that are set there, and those of the system's own store that the commands name. */
function readVariables(
  part: PipelinePart,
  root: Fields,
  line: number | null,
  reader: CredentialReader,
): void {
  for (const holder of [part.fields, root])
    for (const key of ["variables", "env", "environment"])
      readCredentials(asFields(field(holder, key)) ?? {}, () => line, reader)
  for (const [, name = ""] of part.script.matchAll(/\$[({]?([A-Z][A-Z0-9_]{2,60})\b/g))
    if (namesSecret(name) && providerOf(name)) reader.refer("env-reference", name, line, providerOf(name))
}

/** GitLab tells in its rules what starts a job. */
function triggersOf(fields: Fields): readonly SettingSighting[] {
  const rules = JSON.stringify(field(fields, "rules", "only") ?? "")
  const sources = ["merge_request_event", "schedule", "push", "web", "trigger"].filter((source) =>
    new RegExp(`CI_PIPELINE_SOURCE\\s*==\\s*\\W+${source}\\b`).test(rules),
  )
  return sources.map((value) => ({ setting: WORKFLOW_SETTINGS.trigger, value, level: null }))
}

function federationOf(fields: Fields): readonly SettingSighting[] {
  return asFields(field(fields, "id_tokens"))
    ? [{ setting: WORKFLOW_SETTINGS.federation, value: "identity token", level: null }]
    : []
}
