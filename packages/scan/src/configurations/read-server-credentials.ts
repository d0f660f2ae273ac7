import type { CredentialReader } from "../credentials/credential-reader.ts"
import { namesSecret } from "../credentials/secret-names.ts"
import type { Document } from "../documents/document.ts"
import { asFields, asText, asTexts, field } from "../documents/fields.ts"
import type { ServerEntry } from "./server-entries.ts"

/** Maps of names and values that a server is given. */
const VALUE_MAPS = ["env", "envs", "environment", "headers", "http_headers", "requestInit"]
/** Maps of names and the variables that hold their values. */
const VARIABLE_MAPS = ["env_http_headers"]
const MAP_DEPTH = 3

/** Hands every credential that a server is given, by value or by reference, to `reader`. */
export function readServerCredentials(
  entry: ServerEntry,
  document: Document,
  reader: CredentialReader,
): void {
  for (const map of VALUE_MAPS) readValues([map], 0)
  for (const map of VARIABLE_MAPS) readVariables(map)
  readSingleFields()

  function readValues(path: readonly string[], depth: number): void {
    const values = asFields(path.reduce<unknown>((at, name) => field(asFields(at), name), entry.fields)) ?? {}
    for (const [name, value] of Object.entries(values)) {
      const text = asText(value)
      if (text !== undefined)
        reader.take({ name, text, line: () => document.lineOf([...entry.path, ...path, name]) })
      else if (depth < MAP_DEPTH) readValues([...path, name], depth + 1)
    }
  }

  function readVariables(map: string): void {
    for (const [name, value] of Object.entries(asFields(field(entry.fields, map)) ?? {})) {
      const variable = asText(value)
      if (variable && (namesSecret(name) || namesSecret(variable)))
        reader.refer("env-reference", variable, line(map))
    }
  }

  function readSingleFields(): void {
    const variable = asText(field(entry.fields, "bearer_token_env_var"))
    if (variable) reader.refer("env-reference", variable, line("bearer_token_env_var"))
    const helper = asText(field(entry.fields, "headersHelper"))
    if (helper) reader.refer("helper", entry.name, line("headersHelper"))
    const passed = asTexts(field(entry.fields, "env_vars")).filter((name) => namesSecret(name))
    for (const name of passed) reader.refer("env-reference", name, line("env_vars"))
  }

  function line(name: string): number | null {
    return document.lineOf([...entry.path, name])
  }
}
