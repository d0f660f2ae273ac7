import { parseArgs } from "node:util"
import { isJsonObject, type Json, type JsonObject, Problem, visibleText } from "@tabard/core"
import { fromBase64 } from "@tabard/log"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { namedFile, readArguments } from "./audit-arguments.ts"
import {
  BadCertificate,
  CERTIFICATE_FILE,
  type CheckedCertificate,
  checkCertificate,
} from "./check-certificate.ts"
import { type Checked, proveEntry, trustOf } from "./check-proof.ts"
import { plainJson } from "./plain-json.ts"

const USAGE = `usage: tabard retire verify FILE [--vkey KEY] [--policy FILE] [--issuer-keys FILE] [--json]

Verifies a certificate of retirement without a server and without the log: that it is an entry of the log, by the log's
verifier key as you kept it or by a trust policy (C2SP tlog-policy), and that the issuer signed exactly what it says. With
--issuer-keys its key has to be one of a JWK set that you kept. Exits 0 when all of it holds, 1 when not.`

const OPTIONS = {
  vkey: { type: "string" },
  policy: { type: "string" },
  "issuer-keys": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

type Found =
  | {
      readonly ok: true
      readonly proven: Checked & { readonly ok: true }
      readonly checked: CheckedCertificate
    }
  | { readonly ok: false; readonly reason: string }

/** `tabard retire verify`: says whether a certificate holds. */
export async function retireVerify(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = readArguments(USAGE, () => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help) return undefined
    const [file, ...rest] = positionals
    if (file === undefined || rest.length > 0) throw new UsageError("name one file with a certificate")
    return {
      file,
      keys: values["issuer-keys"],
      json: values.json ?? false,
      vkey: values.vkey,
      policy: values.policy,
    }
  })
  if (!options) {
    surroundings.stdout.write(`${USAGE}\n`)
    return 0
  }
  const found = await verify(options, surroundings)
  surroundings.stdout.write(options.json ? `${plainJson(jsonOf(found))}\n` : wordsOf(found))
  return found.ok ? 0 : 1
}

interface VerifyOptions {
  readonly file: string
  readonly keys: string | undefined
  readonly vkey: string | undefined
  readonly policy: string | undefined
}

async function verify(options: VerifyOptions, surroundings: Surroundings): Promise<Found> {
  const policy = await trustOf(options, surroundings)
  const { cwd } = surroundings
  const kept = await jsonFile(cwd, options.file, "the certificate")
  const keys = options.keys === undefined ? undefined : await jsonFile(cwd, options.keys, "the key set")
  const { schema, entry: text, proof } = kept
  const entry = typeof text === "string" ? fromBase64(text) : undefined
  if (schema !== CERTIFICATE_FILE || !entry || typeof proof !== "string")
    throw new Problem(
      "body_invalid",
      `${visibleText(options.file)} holds no certificate (${CERTIFICATE_FILE})`,
    )
  const proven = await proveEntry({ proof: Buffer.from(proof), entry }, policy, surroundings)
  if (!proven.ok) return proven
  try {
    return { ok: true, proven, checked: checkCertificate(entry, keys) }
  } catch (error) {
    if (error instanceof BadCertificate) return { ok: false, reason: error.message }
    throw error
  }
}

async function jsonFile(cwd: string, path: string, what: string): Promise<JsonObject> {
  const bytes = await namedFile(cwd, path, what)
  try {
    const value: Json = JSON.parse(new TextDecoder().decode(bytes))
    if (isJsonObject(value)) return value
  } catch (cause) {
    throw new Problem("body_invalid", `${what} ${visibleText(path)} cannot be read as JSON`, { cause })
  }
  throw new Problem("body_invalid", `${what} ${visibleText(path)} cannot be read as JSON`)
}

function jsonOf(found: Found): JsonObject {
  if (!found.ok) return { ok: false, reason: found.reason }
  const { proven, checked } = found
  const { origin } = proven.witnessed.checkpoint
  return { ok: true, origin, index: proven.index, kid: checked.kid, certificate: checked.certificate }
}

function wordsOf(found: Found): string {
  if (!found.ok) return `NOT PROVEN: ${visibleText(found.reason)}\n`
  const { proven, checked } = found
  const { sub, credentials, exceptedBy, iss } = checked.certificate
  const all = Array.isArray(credentials) ? credentials.filter((one) => isJsonObject(one)) : []
  const excepted = Array.isArray(exceptedBy) ? exceptedBy.length : 0
  const lines = all.map(
    ({ id, kind, how, by }) =>
      `  ${word(id)} (${word(kind)}): ${word(how)}${typeof by === "string" ? ` by ${word(by)}` : ""}\n`,
  )
  return `Proven: ${word(sub)} ended for ever, as entry ${proven.index} of ${visibleText(
    proven.witnessed.checkpoint.origin,
  )} says, and ${word(iss)} signed it by the key ${checked.kid}.\n${
    excepted > 0 ? "A named person signed that credentials of others may still work.\n" : ""
  }${lines.join("")}`
}

function word(value: Json | undefined): string {
  return typeof value === "string" ? visibleText(value).slice(0, 200) : "?"
}
