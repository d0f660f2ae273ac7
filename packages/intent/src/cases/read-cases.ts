import { isJsonObject, type Json, type JsonObject, MalformedJson, Problem, parseLossless } from "@tabard/core"
import { type ManifestFault, type ManifestProblem, problemWords } from "../reading/manifest-problem.ts"
import { schemaFaults } from "../reading/schema-words.ts"
import { readYaml } from "../reading/yaml-text.ts"
import { CasesSchema, type WrittenCase, type WrittenCases } from "./cases-schema.ts"
import type { CaseExpectation, PolicyCase, PolicyCases } from "./policy-cases.ts"

const LARGEST = 1_048_576
const MOST_TOLD = 20

/** Says what is wrong with cases that are well spelt, by whoever reads them for a place of their own. */
export type CasesCheck = (read: PolicyCases) => readonly ManifestFault[]

/**
 * Reads a file of cases. What is misspelt is refused with its line: a case that is not understood tests nothing.
 *
 * @throws {Problem} body_invalid
 */
export function readCases(text: string, check: CasesCheck = () => []): PolicyCases {
  if (text.length > LARGEST) throw refused([`they are longer than ${LARGEST} characters`])
  const yaml = readYaml(text)
  const { value, problems } = yaml
  const place = (fault: ManifestFault): ManifestProblem => yaml.place(fault)
  if (problems.length > 0) throw toldOf(problems)
  const parsed = CasesSchema.safeParse(value, { reportInput: true })
  if (!parsed.success) throw toldOf(schemaFaults(parsed.error.issues).map(place))
  const faults = faultsOf(parsed.data)
  if (faults.length > 0) throw toldOf(faults.map(place))
  const lineOf = (index: number): number => place({ path: ["cases", index], message: "", next: "" }).line
  const read = casesIn(parsed.data, lineOf)
  const further = check(read)
  if (further.length > 0) throw toldOf(further.map(place))
  return read
}

function casesIn(written: WrittenCases, lineOf: (index: number) => number): PolicyCases {
  const { manifests, guardRails, offered = null, byHand, application } = written
  return {
    manifests,
    guardRails,
    offered,
    byHand,
    application: application ? { ...application, entities: application.entities ?? null } : null,
    cases: written.cases.map((each, index) => caseOf(each, lineOf(index))),
  }
}

const USUAL = { task: true, owner: true } as const

function caseOf(written: WrittenCase, line: number): PolicyCase {
  const { name, who = "", actingFor, call, when = USUAL, ask, expect } = written
  const told = { name, line, expect: expectationOf(expect) }
  if (ask) return { ...told, question: { application: ask } }
  const { server = "", tool = "", arguments: given = {} } = call ?? {}
  const asked = { server, tool, arguments: argumentsOf(given) }
  return { ...told, question: { agent: { who, actingFor, call: asked, when } } }
}

function expectationOf(expect: WrittenCase["expect"]): CaseExpectation {
  return typeof expect === "string" ? { effect: expect } : expect
}

function argumentsOf(given: JsonObject | string): JsonObject {
  const value = typeof given === "string" ? parseLossless(given) : given
  return isJsonObject(value) ? value : {}
}

/** What the schema cannot tell: names that stand twice, and arguments that would lose digits. */
function faultsOf({ cases }: WrittenCases): ManifestFault[] {
  const names = cases.map(({ name }) => name)
  return cases.flatMap(({ name, call }, index) => {
    const fault = call && argumentsFault(call.arguments)
    return [
      ...(names.indexOf(name) < index
        ? [{ path: ["cases", index, "name"], message: "this name stands twice", next: "give it another" }]
        : []),
      ...(fault ? [{ path: ["cases", index, "call", "arguments"], ...fault }] : []),
    ]
  })
}

function argumentsFault(given: JsonObject | string): Omit<ManifestFault, "path"> | undefined {
  if (typeof given !== "string")
    return isExact(given)
      ? undefined
      : { message: "a number here has more digits than YAML keeps", next: "write the arguments as JSON text" }
  try {
    if (isJsonObject(parseLossless(given))) return undefined
    return { message: "these arguments are no object", next: 'write them as {"name": …}' }
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    return { message: `these arguments cannot be read: ${error.message}`, next: "write JSON" }
  }
}

function isExact(value: Json | undefined): boolean {
  if (typeof value === "number") return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
  if (Array.isArray(value)) return value.every((item: Json) => isExact(item))
  return !isJsonObject(value) || Object.values(value).every(isExact)
}

function toldOf(problems: readonly ManifestProblem[]): Problem {
  return refused(problems.slice(0, MOST_TOLD).map(problemWords))
}

function refused(words: readonly string[]): Problem {
  return new Problem("body_invalid", `the cases cannot be used: ${words.join("\n")}`)
}
