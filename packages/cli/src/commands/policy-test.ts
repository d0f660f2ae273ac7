import { relative } from "node:path"
import { Problem } from "@tabard/core"
import {
  type CaseResult,
  type CaseSources,
  type DeclaredOrganisation,
  readCases,
  runCases,
  underOrganisation,
} from "@tabard/intent"
import { inertJson } from "@tabard/scan"
import type { Surroundings } from "../surroundings.ts"
import { askCases } from "./ask-cases.ts"
import { findCases, readAgents, readSources } from "./case-files.ts"
import { readTheStandards, readTheTools } from "./check-terms.ts"
import type { KeptSession } from "./kept-session.ts"
import { declaredHere, ORGANISATION_FILE, readTheOrganisation } from "./organisation-files.ts"
import {
  type CaseFormat,
  POLICY_TEST_HELP,
  type PolicyTestArguments,
  parsePolicyTest,
} from "./policy-test-arguments.ts"
import { type CaseFileResult, caseJunit, formatCases, type PolicyTestReport } from "./policy-test-report.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"
import { serverAccess } from "./server-access.ts"

/** What `tabard policy test` ends with. */
export const POLICY_TEST_EXIT: { readonly passed: 0; readonly failed: 1; readonly unasked: 3 } = {
  passed: 0,
  failed: 1,
  unasked: 3,
}

const LARGEST_CASES = 4 * 1024 * 1024

const WRITE: Readonly<Record<CaseFormat, (report: PolicyTestReport) => string>> = {
  pretty: formatCases,
  json: inertJson,
  junit: caseJunit,
}

/** `tabard policy test`: asks what is kept as cases, and fails where an answer is otherwise. */
export async function policyTest(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parsePolicyTest(args)
  const { stdout, clock } = surroundings
  if (!asked) {
    stdout.write(POLICY_TEST_HELP)
    return POLICY_TEST_EXIT.passed
  }
  const startedAt = clock.now().toISOString()
  const files = await tested(asked, surroundings)
  stdout.write(WRITE[asked.format]({ schema: "tabard.policy-test/1", startedAt, files }))
  return endOf(files)
}

async function tested(
  asked: PolicyTestArguments,
  surroundings: Surroundings,
): Promise<readonly CaseFileResult[]> {
  const { cwd } = surroundings
  const catalogue = await readTheTools(asked.tools, cwd)
  const found = await told(ORGANISATION_FILE, async () =>
    declaredHere(await readTheOrganisation(cwd), catalogue),
  )
  if ("unasked" in found) return [found]
  const declared = found.answer
  const terms = {
    declared,
    catalogue,
    standards: underOrganisation(await readTheStandards(asked.standards, cwd), declared),
    access: asked.server === undefined ? null : await serverAccess(surroundings, asked),
  }
  const results: CaseFileResult[] = []
  for (const path of asked.paths.length > 0 ? asked.paths : ["."]) {
    const paths = await told(path, () => findCases([path], cwd))
    if ("unasked" in paths) results.push(paths)
    else for (const file of paths.answer) results.push(await testFile(file, cwd, terms))
  }
  return results
}

interface TestTerms extends Pick<Parameters<typeof runCases>[1], "standards" | "catalogue"> {
  readonly access: KeptSession | null
  readonly declared: DeclaredOrganisation | undefined
}

async function testFile(
  path: string,
  cwd: string,
  { access, declared, ...terms }: TestTerms,
): Promise<CaseFileResult> {
  const file = relative(cwd, path)
  const ran = await told(file, async (): Promise<readonly CaseResult[]> => {
    const cases = readCases(await readBounded(path, LARGEST_CASES))
    const place = { cwd, file: path }
    const agents = await readAgents(cases, place, terms.catalogue)
    if (access) return askCases(cases, agents, access)
    return runCases(cases, { ...terms, agents, sources: besides(await readSources(cases, place), declared) })
  })
  return "unasked" in ran ? ran : { file, results: ran.answer }
}

/** Where the cases name no guard-rails of their own, those that lie here hold. */
function besides(sources: CaseSources, declared: DeclaredOrganisation | undefined): CaseSources {
  const sourceOf = (kind: string): string | undefined =>
    declared?.documents.find((document) => document.kind === kind)?.source
  const own = sourceOf("guard")
  return {
    ...sources,
    guardRails: sources.guardRails.length > 0 || own === undefined ? sources.guardRails : [own],
    offered: sources.offered ?? sourceOf("offered") ?? null,
  }
}

type Told<Answer> = { readonly answer: Answer } | { readonly file: string; readonly unasked: string }

/** What a file is refused for is told beside the others: one broken file hides no failure of another. */
async function told<Answer>(file: string, work: () => Promise<Answer>): Promise<Told<Answer>> {
  try {
    return { answer: await work() }
  } catch (error) {
    if (error instanceof UnusableFile || error instanceof Problem) return { file, unasked: error.message }
    if (error instanceof Error && "code" in error)
      return { file, unasked: `it cannot be read (${String(error.code)})` }
    throw error
  }
}

function endOf(files: readonly CaseFileResult[]): number {
  const results = files.flatMap((each) => ("results" in each ? each.results : []))
  if (results.some(({ complaints }) => complaints.length > 0)) return POLICY_TEST_EXIT.failed
  const isWhole = results.length > 0 && files.every((each) => "results" in each)
  return isWhole ? POLICY_TEST_EXIT.passed : POLICY_TEST_EXIT.unasked
}
