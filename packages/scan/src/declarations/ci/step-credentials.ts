import type { SettingSighting } from "../../configurations/observation.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import { namesSecret } from "../../credentials/secret-names.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { type KnownAction, providerOf } from "../declaration-knowledge.ts"
import { WORKFLOW_SETTINGS } from "../workflow-settings.ts"
import { inputText } from "./input-text.ts"

const SECRET = /\bsecrets(?:\.([A-Za-z_]\w*)|\[\s*['"]([A-Za-z_]\w*)['"]\s*\])/g
/** It lives as long as the run, and is told as the run's token. */
const RUN_TOKEN = "GITHUB_TOKEN"
/** Inputs of the actions that sign in at the clouds. */
const TRADES = ["role-to-assume", "workload_identity_provider"]

/** Keeps every credential that values are filled from: the secrets they name, and secrets that stand there themselves. */
export function readCredentials(
  values: Fields,
  lineOf: (name: string) => number | null,
  reader: CredentialReader,
): void {
  for (const [name, value] of Object.entries(values)) {
    const text = asText(value)
    if (text === undefined) continue
    const references = [...text.matchAll(SECRET)].map(([, dotted, indexed]) => dotted ?? indexed ?? "")
    for (const secret of references.filter((reference) => reference !== RUN_TOKEN))
      reader.refer("env-reference", secret, lineOf(name), providerOf(secret))
    if (references.length === 0 && namesSecret(name) && !text.includes("${{"))
      reader.take({ name, text, line: () => lineOf(name) })
  }
}

/** Answers how a job gets credentials that live minutes: inputs that trade the run's identity for them. */
export function federationOf(
  action: KnownAction | undefined,
  steps: readonly Fields[],
): readonly SettingSighting[] {
  const known = new Set([...TRADES, ...(action?.federation ?? [])])
  const inputs = steps.flatMap((step) => Object.entries(asFields(field(step, "with")) ?? {}))
  const used = inputs.filter(
    ([name, value]) => known.has(name) && inputText(value) !== "" && inputText(value) !== "false",
  )
  return [...new Set(used.map(([name]) => name))].map((value) => ({
    setting: WORKFLOW_SETTINGS.federation,
    value,
    level: null,
  }))
}
