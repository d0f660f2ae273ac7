export { type AskPlace, asksIn, routesOf } from "./ask-routes.ts"
export type { NamedSets } from "./bounds/texts-of.ts"
export { budgetsOf, budgetWords, type CountedTools, taskBudgetsOf } from "./budgets-of.ts"
export type { CaseTerms } from "./cases/case-world.ts"
export { CASES_SCHEMA_PATH, casesJsonSchema } from "./cases/cases-schema.ts"
export type { CaseAnswer } from "./cases/judge-answer.ts"
export { MOST_KEPT_CASES, readKeptCases } from "./cases/kept-cases.ts"
export type { AgentCase, CaseResult, CaseSources, PolicyCase, PolicyCases } from "./cases/policy-cases.ts"
export { readCases } from "./cases/read-cases.ts"
export { judgedCase, runCases } from "./cases/run-cases.ts"
export { answerOfServer, type ServerAnswer, serverQuestion } from "./cases/server-question.ts"
export {
  type CompiledManifest,
  compileManifest,
  endOf,
  type VettedManifest,
  vetManifest,
} from "./compile-manifest.ts"
export { compileTask, compileUserDefault, type TaskBounds, type UserDefault } from "./compile-task.ts"
export { effectsOf } from "./effects-of.ts"
export { guardRails } from "./guard-rails.ts"
export { KNOWN_TOOLS, type KnownTool, knownTool } from "./known-tools.ts"
export { limitsSchema } from "./limits.ts"
export { type AgentLock, type LockedTool, readLock, writeLock } from "./lock/agent-lock.ts"
export { type Drift, driftOf } from "./lock/drift.ts"
export { lockAgent } from "./lock/lock-agent.ts"
export {
  type ArgumentLimit,
  type Ask,
  type AskOf,
  type AskOne,
  type Conditions,
  IDENTITY_KINDS,
  type IdentityKind,
  ISOLATIONS,
  type Isolation,
  type Manifest,
  type ManifestTool,
  type Texts,
} from "./manifest.ts"
export {
  defaultOffers,
  OFFERED_GUARD_RAILS,
  type OfferedGuardRail,
  type Offers,
  REHEARSED,
  readOffers,
  UNSAID_ENVIRONMENT,
} from "./offered-guard-rails.ts"
export {
  type CheckedOrganisation,
  checkOrganisation,
  type OrganisationFiles,
  organisationTexts,
} from "./organisation/check-organisation.ts"
export {
  type DeclaredOrganisation,
  declareOrganisation,
} from "./organisation/declare-organisation.ts"
export { lockOrganisation, writeOrganisationLock } from "./organisation/organisation-lock.ts"
export { ORGANISATION_SCHEMA_PATH, organisationJsonSchema } from "./organisation/organisation-schema.ts"
export {
  filesNamed,
  type OrganisationDocument,
  organisationDocuments,
  readOrganisation,
} from "./organisation/read-organisation.ts"
export { underOrganisation } from "./organisation/under-organisation.ts"
export { MOST_TIERS, type OwnTier, ownCeilings, readTiers } from "./own-tiers.ts"
export { definitionDigest, type ListedTool, pinTool, type Registration } from "./pin-tool.ts"
export {
  type AdmissionAnswer,
  type AdmissionTerms,
  judgeAdmission,
} from "./provisioned/kubernetes/judge-admission.ts"
export type { AgentSigns, Provisioned, ReviewedAgent } from "./provisioned/provisioned.ts"
export { PROVISIONED_RULES, type ProvisionedSight } from "./provisioned/provisioned-rules.ts"
export { provisionedResources } from "./provisioned/terraform/provisioned-resources.ts"
export { type PlannedResource, readPlan } from "./provisioned/terraform/read-plan.ts"
export { vetProvisioned } from "./provisioned/vet-provisioned.ts"
export {
  type ManifestFault,
  type ManifestPath,
  type ManifestProblem,
  manifestInvalid,
  problemWords,
} from "./reading/manifest-problem.ts"
export { MANIFEST_SCHEMA_PATH, manifestJsonSchema } from "./reading/manifest-schema.ts"
export { type CheckedManifest, checkManifest, readManifest } from "./reading/read-manifest.ts"
export { writeManifest } from "./reading/write-manifest.ts"
export {
  CHECK_RULES,
  type CheckedFiles,
  type CheckTerms,
  checkFiles,
  lockDigest,
  type ManifestFile,
} from "./standards/check-files.ts"
export type { AgentDeclaration, DeclaredUse, WrittenBeside } from "./standards/declaration.ts"
export { declareAgent, type ReadManifest } from "./standards/declare-agent.ts"
export type { TextBeside } from "./standards/declare-by-hand.ts"
export type { Place, PlaceOf, ValuePath } from "./standards/place.ts"
export { readStandards, STANDARDS_SCHEMA_PATH, standardsJsonSchema } from "./standards/read-standards.ts"
export { STANDARD_RULES } from "./standards/standard-rules.ts"
export {
  DEFAULT_STANDARDS,
  PARTIES,
  type Party,
  type ReachSet,
  type Separation,
  type StandardException,
  type Standards,
} from "./standards/standards.ts"
export { NO_TOOLS, readToolCatalogue, type ToolCatalogue } from "./standards/tool-catalogue.ts"
export { settled, type VettedFindings, vet } from "./standards/vet.ts"
export type { HeldDelegation, Vetted } from "./standards/vetted.ts"
export { allowedTools } from "./suggest/allowed-tools.ts"
export { type ObservedUse, type SuggestionSource, suggestManifest } from "./suggest/suggest-manifest.ts"
export { ceilingOf, tierPolicies } from "./tiers.ts"
export type { ManifestSource } from "./uses.ts"
export { meaningDigest } from "./written/document-digest.ts"
export { readForbids, readTierForbids } from "./written/forbids.ts"
export { byHandOf, readHandWritten } from "./written/hand-written.ts"
export { readSet } from "./written/read-set.ts"
