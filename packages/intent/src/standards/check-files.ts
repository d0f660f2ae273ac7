import { createHash } from "node:crypto"
import { bySeverity, type FoundFinding, Problem, type RuleDescription } from "@tabard/core"
import { PolicyInvalid } from "@tabard/policy"
import { vetManifest } from "../compile-manifest.ts"
import { readLock } from "../lock/agent-lock.ts"
import { driftOf } from "../lock/drift.ts"
import { lockAgent } from "../lock/lock-agent.ts"
import type { ReviewedAgent } from "../provisioned/provisioned.ts"
import { PROVISIONED_RULES } from "../provisioned/provisioned-rules.ts"
import type { ManifestFault, ManifestPath, ManifestProblem } from "../reading/manifest-problem.ts"
import { checkManifest } from "../reading/read-manifest.ts"
import { DRIFT, INVALID, NO_LOCK } from "./check-rules.ts"
import type { AgentDeclaration, DeclaredUse } from "./declaration.ts"
import { declareAgent } from "./declare-agent.ts"
import { offlineSource } from "./offline-source.ts"
import type { PlaceOf } from "./place.ts"
import { STANDARD_RULES } from "./standard-rules.ts"
import type { Standards } from "./standards.ts"
import type { ToolCatalogue } from "./tool-catalogue.ts"
import { settled, type VettedFindings, vet } from "./vet.ts"
import type { Vetted } from "./vetted.ts"

/** A manifest's file, with the lock beside it. */
export interface ManifestFile {
  readonly file: string
  /** What the agent is called where its manifest does not say. */
  readonly name: string
  readonly text: string
  readonly lock: { readonly file: string; readonly text: string } | null
  /** Cedar that is written by hand beside it. */
  readonly byHand: { readonly file: string; readonly text: string } | null
}

/** What manifests are checked against. */
export interface CheckTerms extends Omit<Vetted, "declarations"> {
  readonly catalogue: ToolCatalogue
  /** Whether every manifest has to have a lock, whatever the standards say. */
  readonly frozen: boolean
}

/** What came of checking files. */
export interface CheckedFiles extends VettedFindings {
  readonly declarations: readonly AgentDeclaration[]
  /** Every agent that was read, with what its manifest lacks and which lock it was reviewed with. */
  readonly reviewed: ReadonlyMap<string, ReviewedAgent>
}

/** Every rule that a check can find something by. */
export const CHECK_RULES: readonly RuleDescription[] = [
  INVALID,
  DRIFT,
  NO_LOCK,
  ...STANDARD_RULES,
  ...PROVISIONED_RULES,
]

/** Reads manifests and holds them, all together, to the standards and each to its lock. One that cannot be read stops no other. */
export function checkFiles(files: readonly ManifestFile[], terms: CheckTerms): CheckedFiles {
  const read = files.map((file) => ({ file, ...readOne(file, terms) }))
  const declarations = read.flatMap(({ declaration }) => declaration ?? [])
  const ofFiles = read.flatMap(({ file, declaration, findings }) => [
    ...findings,
    ...(declaration ? lockFindings(file, declaration, terms) : []),
  ])
  const [own, standing] = [settled(ofFiles, terms), vet({ ...terms, declarations })]
  const findings = [...own.findings, ...standing.findings].toSorted((a, b) =>
    bySeverity(a.severity, b.severity),
  )
  return {
    declarations,
    findings,
    excepted: [...own.excepted, ...standing.excepted],
    reviewed: reviewedOf(read, findings),
  }
}

function readOne(
  { file, name, text, byHand }: ManifestFile,
  { catalogue, standards }: CheckTerms,
): { readonly declaration?: AgentDeclaration; readonly findings: readonly FoundFinding[] } {
  const checked = checkManifest(text)
  const placeOf: PlaceOf = (path) => checked.place([{ path, message: "", next: "" }])[0]
  if (!checked.manifest) return { findings: checked.problems.map((problem) => invalid(name, file, problem)) }
  const read = { file, name, manifest: checked.manifest, placeOf }
  const declaration = declareAgent(read, catalogue)
  const problems = checked.place(compileFaults(declaration, catalogue, standards))
  const findings = problems.map((problem) => invalid(declaration.agent, file, problem))
  try {
    return { declaration: declareAgent({ ...read, byHand }, catalogue), findings }
  } catch (error) {
    if (!(error instanceof PolicyInvalid) || !byHand) throw error
    return { declaration, findings: [...findings, invalidByHand(declaration.agent, byHand.file, error)] }
  }
}

/** Bounds can only be held against tools whose definitions are known; those of the others hide no fault of these. */
function compileFaults(
  declaration: AgentDeclaration,
  catalogue: ToolCatalogue,
  standards: Standards,
): readonly ManifestFault[] {
  const known = declaration.uses.filter(({ isDefined }) => isDefined)
  const manifest = { ...declaration.manifest, tools: known.map(({ entry }) => entry) }
  const vetted = vetManifest(offlineSource({ ...declaration, manifest }, catalogue, standards))
  if (!("faults" in vetted)) return []
  return vetted.faults.map((fault) => ({ ...fault, path: placeInWhole(fault.path, known) }))
}

function placeInWhole(path: ManifestPath, known: readonly DeclaredUse[]): ManifestPath {
  const [part, at, ...below] = path
  const use = part === "tools" && typeof at === "number" ? known[at] : undefined
  return use ? ["tools", use.index, ...below] : path
}

function invalid(subject: string, file: string, problem: ManifestProblem): FoundFinding {
  const { line, column, message, next, path } = problem
  return {
    rule: INVALID.id,
    severity: INVALID.severity,
    controls: INVALID.controls,
    subject,
    message: `${capital(message)}.`,
    remediation: `${capital(next)}.`,
    evidence: [{ path: file, line, column, what: path.join(".") }],
  }
}

function invalidByHand(
  subject: string,
  file: string,
  { policy, words, position }: PolicyInvalid,
): FoundFinding {
  return {
    rule: INVALID.id,
    severity: INVALID.severity,
    controls: INVALID.controls,
    subject,
    message: `What is written by hand beside it cannot be put in force: ${words}.`,
    remediation: INVALID.remediation,
    evidence: [{ path: file, ...position, what: policy }],
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/\.$/, "")
}

function lockFindings(
  { lock, file }: ManifestFile,
  declaration: AgentDeclaration,
  { catalogue, frozen, standards }: CheckTerms,
): readonly FoundFinding[] {
  const isAsked = frozen || standards.lock === "required"
  if (!lock)
    return isAsked
      ? [found(NO_LOCK, declaration.agent, file, { of: "", message: "It has no agent.lock." })]
      : []
  return drifts(lock.text, declaration, { catalogue, standards }).map((drift) =>
    found(DRIFT, declaration.agent, lock.file, drift),
  )
}

function drifts(
  text: string,
  declaration: AgentDeclaration,
  { catalogue, standards }: Pick<CheckTerms, "catalogue" | "standards">,
): ReturnType<typeof driftOf> {
  try {
    return driftOf(readLock(text), lockAgent(declaration, catalogue, standards))
  } catch (error) {
    // What cannot be compared counts as another.
    if (error instanceof Problem) return [{ of: "lock", message: `It cannot be compared: ${error.message}.` }]
    throw error
  }
}

function found(
  rule: RuleDescription,
  subject: string,
  path: string,
  { of, message }: { readonly of: string; readonly message: string },
): FoundFinding {
  const { id, severity, remediation, controls } = rule
  return {
    rule: id,
    severity,
    remediation,
    controls,
    subject,
    message,
    evidence: [{ path, line: null, what: of }],
  }
}

function reviewedOf(
  read: readonly { readonly file: ManifestFile; readonly declaration?: AgentDeclaration }[],
  findings: readonly FoundFinding[],
): ReadonlyMap<string, ReviewedAgent> {
  return new Map(
    read.flatMap(({ file: { lock }, declaration }) => {
      if (!declaration) return []
      const { agent, manifest } = declaration
      const own = findings.filter(({ subject }) => subject === agent)
      return [
        [agent, { agent, owner: manifest.owner ?? null, lock: lock && lockDigest(lock.text), findings: own }],
      ]
    }),
  )
}

/** Names a lock by its bytes, as workloads name the one that they were reviewed with. */
export function lockDigest(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`
}
