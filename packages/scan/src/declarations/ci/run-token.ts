import type { SettingSighting } from "../../configurations/observation.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { WORKFLOW_SETTINGS, WORKFLOW_TOKENS } from "../workflow-settings.ts"

/** Not a right in the repository: it lets the run say who it is. */
const IDENTITY = "id-token"
/** Nothing in the repository changes by asking a model. */
const CHANGES_NOTHING = new Set([IDENTITY, "copilot-requests", "models"])

/** Answers what the token of a job may write; the job's own permissions stand instead of the workflow's. */
export function runToken(job: Fields, workflow: Fields): readonly SettingSighting[] {
  const holder = Object.hasOwn(job, "permissions") ? job : workflow
  if (!Object.hasOwn(holder, "permissions")) return [token(WORKFLOW_TOKENS.unknown)]
  const permissions = field(holder, "permissions")
  const whole = asText(permissions)
  if (whole === "write-all") return [token(whole), identity()]
  const rights = Object.entries(asFields(permissions) ?? {}).filter(([, right]) => right === "write")
  const written = rights
    .filter(([scope]) => !CHANGES_NOTHING.has(scope))
    .map(([scope]) => token(`${scope}: write`))
  const proves = rights.some(([scope]) => scope === IDENTITY) ? [identity()] : []
  return [...(written.length > 0 ? written : [token(WORKFLOW_TOKENS.readOnly)]), ...proves]
}

function token(value: string): SettingSighting {
  return { setting: WORKFLOW_SETTINGS.token, value, level: null }
}

function identity(): SettingSighting {
  return { setting: WORKFLOW_SETTINGS.federation, value: "identity token", level: null }
}
