import { resolve } from "node:path"
import { bySeverity, type FoundFinding, isAtLeast, Problem } from "@tabard/core"
import {
  type CheckedFiles,
  type CheckedOrganisation,
  checkFiles,
  checkOrganisation,
  type ManifestFile,
  provisionedResources,
  readPlan,
  type Standards,
  underOrganisation,
  type VettedFindings,
  vetProvisioned,
} from "@tabard/intent"
import { agentImage, agentResource, inertJson } from "@tabard/scan"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { type CheckArguments, type CheckFormat, parseCheck } from "./check-arguments.ts"
import { newerThan, readCheckBaseline } from "./check-baseline.ts"
import { CHECK_HELP } from "./check-help.ts"
import { checkJunit } from "./check-junit.ts"
import { formatCheck } from "./check-pretty.ts"
import type { CheckReport } from "./check-report.ts"
import { checkSarif } from "./check-sarif.ts"
import { readTheStandards, readTheTools } from "./check-terms.ts"
import { knownDelegations } from "./known-delegations.ts"
import { knownPeople } from "./known-people.ts"
import { findManifests } from "./manifest-files.ts"
import { ORGANISATION_FILE, readTheOrganisation } from "./organisation-files.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"

/** What `tabard check` ends with. */
export const CHECK_EXIT: {
  readonly clean: 0
  readonly findings: 1
  readonly nothingRead: 3
  readonly interrupted: 130
} = { clean: 0, findings: 1, nothingRead: 3, interrupted: 130 }

/** As large as a plan can be that is read. */
const LARGEST_PLAN = 64 * 1024 * 1024

/** How each format is written. */
const WRITE: Readonly<Record<CheckFormat, (report: CheckReport, surroundings: Surroundings) => string>> = {
  pretty: (report, { stdout, env }) => formatCheck(report, stdout.isTTY === true && !env["NO_COLOR"]),
  json: inertJson,
  sarif: (report, { cwd }) => inertJson(checkSarif(report, cwd)),
  junit: checkJunit,
}

/** `tabard check`: holds manifests, and what a plan makes, to the standards of the organisation. */
export async function check(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parseCheck(args)
  if (!asked) {
    surroundings.stdout.write(CHECK_HELP)
    return CHECK_EXIT.clean
  }
  const { cwd } = surroundings
  const baseline = asked.baseline === null ? null : await readCheckBaseline(asked.baseline, cwd)
  const report = await checked(asked, surroundings)
  const shown = baseline ? { ...report, findings: newerThan(report.findings, baseline) } : report
  if (surroundings.signal.aborted) return CHECK_EXIT.interrupted
  surroundings.stdout.write(WRITE[asked.format](shown, surroundings))
  if (baseline) surroundings.stderr.write(leftOut(report.findings.length - shown.findings.length))
  return endOf(shown)
}

async function checked(asked: CheckArguments, surroundings: Surroundings): Promise<CheckReport> {
  const { cwd, clock } = surroundings
  const now = clock.now()
  const catalogue = await readTheTools(asked.tools, cwd)
  const stated = await readTheStandards(asked.standards, cwd)
  const terms = { standards: stated, catalogue, now, frozen: asked.frozen }
  const organisation = await checkedOrganisation(terms, cwd)
  const standards = underOrganisation(stated, organisation.declared)
  const people = await knownPeople(asked, surroundings)
  const delegations = await knownDelegations(asked, surroundings)
  const { files, unreadable } = await findManifests(asked.paths, cwd)
  const manifests = checkFiles(files, { ...terms, standards, people, delegations })
  const plan = await checkedPlan(asked.terraform, manifests, { cwd, standards, now })
  return {
    schema: "tabard.check/1",
    startedAt: now.toISOString(),
    finishedAt: clock.now().toISOString(),
    files: [
      ...organisation.files,
      ...files.flatMap(({ file, byHand }: ManifestFile) => (byHand ? [file, byHand.file] : [file])),
      ...(asked.terraform === null ? [] : [asked.terraform]),
    ],
    failOn: asked.failOn,
    findings: worstFirst([...organisation.findings, ...manifests.findings, ...plan.findings]),
    excepted: [...organisation.excepted, ...manifests.excepted, ...plan.excepted],
    off: Object.entries(standards.severities).flatMap(([rule, severity]) =>
      severity === "off" ? [rule] : [],
    ),
    unreadable: [...organisation.unreadable, ...unreadable],
  }
}

/** What rules every agent, as it lies here. */
async function checkedOrganisation(
  terms: Parameters<typeof checkOrganisation>[1],
  cwd: string,
): Promise<CheckedOrganisation & Pick<CheckReport, "files" | "unreadable">> {
  const none = { declared: undefined, findings: [], excepted: [], files: [] }
  try {
    const organisation = await readTheOrganisation(cwd)
    if (!organisation) return { ...none, unreadable: [] }
    const named = [...organisation.named.values()].map(({ file }) => file)
    const checkedFiles = checkOrganisation(organisation, terms)
    return { ...checkedFiles, files: [organisation.file, ...named], unreadable: [] }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    return { ...none, unreadable: [{ path: ORGANISATION_FILE, reason: error.message }] }
  }
}

async function checkedPlan(
  file: string | null,
  { reviewed }: CheckedFiles,
  { cwd, standards, now }: { readonly cwd: string; readonly standards: Standards; readonly now: Date },
): Promise<VettedFindings> {
  if (file === null) return { findings: [], excepted: [] }
  const resources = await readPlanFile(file, cwd)
  const signs = { image: agentImage, resource: agentResource }
  const provisioned = provisionedResources(
    resources,
    { file, placeOf: () => undefined },
    { signs, standards },
  )
  return vetProvisioned({ provisioned, reviewed, standards }, now)
}

async function readPlanFile(file: string, cwd: string): Promise<ReturnType<typeof readPlan>> {
  try {
    return readPlan(await readBounded(resolve(cwd, file), LARGEST_PLAN))
  } catch (error) {
    if (error instanceof UnusableFile || error instanceof Problem)
      throw new UsageError(`--terraform ${JSON.stringify(file)}: ${error.message}`)
    throw error
  }
}

function worstFirst(findings: readonly FoundFinding[]): readonly FoundFinding[] {
  return findings.toSorted((a, b) => bySeverity(a.severity, b.severity))
}

/** A place that was named and not read may hold anything; a folder without manifests has nothing to check. */
function endOf({ files, findings, failOn, unreadable }: CheckReport): number {
  if (findings.some(({ severity }) => isAtLeast(severity, failOn))) return CHECK_EXIT.findings
  return files.length === 0 || unreadable.length > 0 ? CHECK_EXIT.nothingRead : CHECK_EXIT.clean
}

function leftOut(findings: number): string {
  return `${findings} finding${findings === 1 ? " that the baseline has is" : "s that the baseline has are"} left out.\n`
}
