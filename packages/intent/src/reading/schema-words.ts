import type { z } from "zod"
import { ASK_WORDS } from "../ask-routes.ts"
import type { ManifestFault, ManifestPath } from "./manifest-problem.ts"

type Issue = z.core.$ZodIssue

/** Says what a schema found, in words that tell what to do. */
export function schemaFaults(issues: readonly Issue[]): ManifestFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))
    return faultsOf(issue, path)
  })
}

function faultsOf(issue: Issue, path: ManifestPath): ManifestFault[] {
  const name = nameOf(path)
  if (issue.code === "invalid_type") return [typeFault(issue, path)]
  if (issue.code !== "unrecognized_keys")
    return [fault(path, `${name} is not as it has to be`, nextFor(issue, path))]
  return issue.keys.map((key) =>
    fault([...path, key], `${shown(key)} is no member of ${name}`, "leave it out, or correct its spelling"),
  )
}

function nextFor(issue: Issue, path: ManifestPath): string {
  if (path.includes("ask")) return ASK_WORDS
  if (issue.code === "invalid_value") return `write ${issue.values.map(String).join(" or ")}`
  if (issue.code === "too_big") return `keep it to ${String(issue.maximum)} at most`
  if (issue.code === "too_small") return `give ${String(issue.minimum)} at least`
  if (issue.code === "invalid_format") return FORMATS[String(path.at(-1))] ?? `write ${a(issue.format)}`
  return unionWords(path, issue.message)
}

function typeFault({ expected, input }: Issue & { code: "invalid_type" }, path: ManifestPath): ManifestFault {
  if (input === undefined && path.length > 0) return fault(path, `${nameOf(path)} is missing`, "add it")
  return fault(path, `${nameOf(path)} has to be ${TYPES[expected] ?? a(expected)}`, "write it so")
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text (a number, or a word like true, is one within quotes)",
  object: "names with values",
  record: "names with values",
  array: "a list",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
}

const FORMATS: Readonly<Record<string, string>> = {
  agent: "name the agent by its id, as agt_01abc",
  atMost: 'write an amount of at most four decimal places with quotes, as "500.00"',
  atLeast: 'write an amount of at most four decimal places with quotes, as "1.50"',
  currency: "write the three letters of a currency, as EUR",
  from: 'write a time of the day with quotes, as "08:00"',
  to: 'write a time of the day with quotes, as "18:00", "24:00" at most',
}

function unionWords(path: ManifestPath, words: string): string {
  if (path.includes("networks")) return 'write a network as "10.0.0.0/8" or "2001:db8::/32"'
  if (path.at(-1) === "expires") return "write a day as 2027-01-31, or a moment as 2027-01-31T12:00:00Z"
  return words
}

function fault(path: ManifestPath, message: string, next: string): ManifestFault {
  return { path, message, next }
}

/** Names a place as people would: `tools[0].arguments.amount`, or the file itself. */
export function nameOf(path: ManifestPath): string {
  const text = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "")
  return text === "" ? "the manifest" : shown(text)
}

function shown(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

function a(what: string): string {
  return `${/^[aeiou]/.test(what) ? "an" : "a"} ${what}`
}
