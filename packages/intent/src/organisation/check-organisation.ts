import { type FoundFinding, Problem, type RuleDescription } from "@tabard/core"
import type { CheckTerms } from "../standards/check-files.ts"
import { DRIFT, INVALID, NO_LOCK } from "../standards/check-rules.ts"
import { settled, type VettedFindings } from "../standards/vet.ts"
import {
  type DeclaredOrganisation,
  declareOrganisation,
  type OrganisationFault,
} from "./declare-organisation.ts"
import { lockOrganisation, organisationDrift, readOrganisationLock } from "./organisation-lock.ts"
import { type OrganisationTexts, readOrganisation } from "./read-organisation.ts"

/** The organisation's file, with the files that it names and the lock beside it. */
export interface OrganisationFiles {
  readonly file: string
  readonly text: string
  /** Every file that it names, by its name there: where it lies, and what it holds. */
  readonly named: ReadonlyMap<string, { readonly file: string; readonly text: string }>
  readonly lock: { readonly file: string; readonly text: string } | null
}

/** What came of checking the organisation's files. */
export interface CheckedOrganisation extends VettedFindings {
  /** Undefined where they could not be in force. */
  readonly declared: DeclaredOrganisation | undefined
}

/** Whom findings about what rules every agent are about. */
const SUBJECT = "organisation"

/** Holds the organisation's files to what may be in force, and to the lock that they were reviewed with. */
export function checkOrganisation(
  files: OrganisationFiles,
  terms: Pick<CheckTerms, "catalogue" | "frozen" | "standards" | "now">,
): CheckedOrganisation {
  const read = readOrganisation(files.text)
  if ("problems" in read) {
    const findings = read.problems.map(({ line, column, message, next }) =>
      finding(INVALID, `${message}; ${next}`, { path: files.file, line, column, what: "" }),
    )
    return { declared: undefined, ...settled(findings, terms) }
  }
  const vetted = declareOrganisation(organisationTexts(files, read.written), terms.catalogue)
  if ("faults" in vetted)
    return {
      declared: undefined,
      ...settled(
        vetted.faults.map((fault) => invalid(files, fault)),
        terms,
      ),
    }
  return { declared: vetted.declared, ...settled(lockFindings(files, vetted.declared, terms), terms) }
}

/** Answers what the organisation's file says, with the texts of the files that it names. */
export function organisationTexts(
  { named }: OrganisationFiles,
  written: OrganisationTexts["written"],
): OrganisationTexts {
  return { written, texts: new Map([...named].map(([name, { text }]) => [name, text])) }
}

function invalid(
  { file, named }: OrganisationFiles,
  { file: at, line, column, message }: OrganisationFault,
): FoundFinding {
  const path = at === null ? file : (named.get(at)?.file ?? file)
  return finding(INVALID, message, { path, line, what: "", ...(column !== undefined && { column }) })
}

function lockFindings(
  { file, lock }: OrganisationFiles,
  declared: DeclaredOrganisation,
  { frozen, standards }: Pick<CheckTerms, "frozen" | "standards">,
): readonly FoundFinding[] {
  const isAsked = frozen || standards.lock === "required"
  const nowhere = { path: file, line: null, what: "" }
  if (!lock) return isAsked ? [finding(NO_LOCK, "It has no organisation.lock", nowhere)] : []
  return driftsOf(lock.text, declared).map(({ of, message }) =>
    finding(DRIFT, message, { path: lock.file, line: null, what: of }),
  )
}

function driftsOf(text: string, declared: DeclaredOrganisation): ReturnType<typeof organisationDrift> {
  try {
    return organisationDrift(readOrganisationLock(text), lockOrganisation(declared))
  } catch (error) {
    // What cannot be compared counts as another.
    if (error instanceof Problem) return [{ of: "lock", message: `It cannot be compared: ${error.message}.` }]
    throw error
  }
}

function finding(
  { id, severity, remediation, controls }: RuleDescription,
  message: string,
  place: FoundFinding["evidence"][number],
): FoundFinding {
  const said = `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, "")}.`
  return { rule: id, severity, remediation, controls, subject: SUBJECT, message: said, evidence: [place] }
}
