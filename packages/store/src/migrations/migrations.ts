import { apiTokenTables } from "./api-tokens.ts"
import { applicationTables } from "./applications.ts"
import { budgetTables } from "./budgets.ts"
import { clientTables } from "./clients.ts"
import { collectedTiles } from "./collected-tiles.ts"
import type { ColumnTypes } from "./column-types.ts"
import { decisionGrounds } from "./decision-grounds.ts"
import { declaredReaches } from "./declared-reaches.ts"
import { delegationTables } from "./delegations.ts"
import { erasedPeople } from "./erased-people.ts"
import { eventMarks } from "./event-marks.ts"
import { eventValueTables } from "./event-values.ts"
import { findingTables } from "./findings.ts"
import { auditTables } from "./first/audit.ts"
import { approvalTables, decisionTables, tokenTables } from "./first/authority.ts"
import { OWNED_TABLES } from "./first/owned-tables.ts"
import { observationTables, registryTables } from "./first/registry.ts"
import { idempotencyTables } from "./idempotency.ts"
import { instanceKeys } from "./instance-keys.ts"
import { invitationTables } from "./invitations.ts"
import { judgedCalls } from "./judged-calls.ts"
import { knownPeopleIndex } from "./known-people-index.ts"
import { lastingObservations } from "./lasting-observations.ts"
import { lifecycleTables } from "./lifecycle.ts"
import { limitDenials } from "./limit-denials.ts"
import { acceptedFindings, listIndexes, usesByKind } from "./list-indexes.ts"
import { logFaultTables } from "./log-faults.ts"
import { logGenerationTables } from "./log-generations.ts"
import { logWitnessTables } from "./log-witnesses.ts"
import { notificationTables } from "./notifications.ts"
import { observeModeTables } from "./observe-mode.ts"
import { ownershipTables } from "./ownership.ts"
import { peopleAskedTables } from "./people-asked.ts"
import { providerBindingTables } from "./provider-bindings.ts"
import { provisionedPeople } from "./provisioned-people.ts"
import { rehearsalTables } from "./rehearsals.ts"
import { reporterTables } from "./reporters.ts"
import { retentionTables } from "./retention.ts"
import { riskSides } from "./risk-sides.ts"
import { ruleConditions } from "./rule-conditions.ts"
import { savedViewTables } from "./saved-views.ts"
import { scanResults } from "./scan-results.ts"
import { searchTables } from "./search.ts"
import { sessionUse } from "./session-use.ts"
import { signInSettingsTables } from "./sign-in-settings.ts"
import { signalTroubles } from "./signal-troubles.ts"
import { signalTables } from "./signals.ts"
import { signedOutClients } from "./signed-out-clients.ts"
import { sinkTables } from "./sinks.ts"
import { teamTables } from "./teams.ts"
import { tokenConditions } from "./token-conditions.ts"
import { tokenLineage } from "./token-lineage.ts"
import { tokenSettingsTables } from "./token-settings.ts"
import { toolReviews } from "./tool-reviews.ts"
import { trustRuleTables } from "./trust-rules.ts"
import { warnedOfObserving } from "./warned-of-observing.ts"
import { widenedByAnother } from "./widened-by-another.ts"

/** One step of the schema. Steps only go forward, and one that was released is never edited. */
export interface Migration {
  readonly version: number
  /** The oldest program, by the last step that it knows, that may still work on the schema after this step. */
  readonly minimumProgram: number
  readonly statements: (types: ColumnTypes) => readonly string[]
}

/** Every step of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    minimumProgram: 1,
    statements: (types) => [
      ...registryTables(types),
      ...observationTables(types),
      ...tokenTables(types),
      ...decisionTables(types),
      ...approvalTables(types),
      ...auditTables(types),
      ...OWNED_TABLES.flatMap(types.wall),
    ],
  },
  { version: 2, minimumProgram: 1, statements: riskSides },
  { version: 3, minimumProgram: 1, statements: findingTables },
  { version: 4, minimumProgram: 1, statements: reporterTables },
  { version: 5, minimumProgram: 1, statements: ownershipTables },
  { version: 6, minimumProgram: 1, statements: lastingObservations },
  { version: 7, minimumProgram: 1, statements: sessionUse },
  { version: 8, minimumProgram: 1, statements: invitationTables },
  { version: 9, minimumProgram: 1, statements: apiTokenTables },
  { version: 10, minimumProgram: 1, statements: idempotencyTables },
  { version: 11, minimumProgram: 1, statements: providerBindingTables },
  { version: 12, minimumProgram: 1, statements: teamTables },
  { version: 13, minimumProgram: 1, statements: notificationTables },
  { version: 14, minimumProgram: 1, statements: scanResults },
  { version: 15, minimumProgram: 1, statements: searchTables },
  { version: 16, minimumProgram: 1, statements: signInSettingsTables },
  { version: 17, minimumProgram: 1, statements: savedViewTables },
  { version: 18, minimumProgram: 1, statements: listIndexes },
  { version: 19, minimumProgram: 1, statements: usesByKind },
  { version: 20, minimumProgram: 1, statements: acceptedFindings },
  { version: 21, minimumProgram: 1, statements: logGenerationTables },
  { version: 22, minimumProgram: 1, statements: sinkTables },
  { version: 23, minimumProgram: 1, statements: eventMarks },
  { version: 24, minimumProgram: 1, statements: eventValueTables },
  { version: 25, minimumProgram: 1, statements: retentionTables },
  { version: 26, minimumProgram: 1, statements: erasedPeople },
  { version: 27, minimumProgram: 1, statements: logWitnessTables },
  { version: 28, minimumProgram: 1, statements: collectedTiles },
  { version: 29, minimumProgram: 1, statements: logFaultTables },
  { version: 30, minimumProgram: 1, statements: tokenLineage },
  { version: 31, minimumProgram: 1, statements: provisionedPeople },
  { version: 32, minimumProgram: 1, statements: delegationTables },
  { version: 33, minimumProgram: 1, statements: clientTables },
  { version: 34, minimumProgram: 1, statements: trustRuleTables },
  { version: 35, minimumProgram: 1, statements: lifecycleTables },
  { version: 36, minimumProgram: 1, statements: signalTables },
  { version: 37, minimumProgram: 1, statements: tokenSettingsTables },
  { version: 38, minimumProgram: 1, statements: instanceKeys },
  { version: 39, minimumProgram: 1, statements: knownPeopleIndex },
  { version: 40, minimumProgram: 1, statements: tokenConditions },
  { version: 41, minimumProgram: 1, statements: signedOutClients },
  { version: 42, minimumProgram: 1, statements: signalTroubles },
  { version: 43, minimumProgram: 1, statements: ruleConditions },
  { version: 44, minimumProgram: 1, statements: budgetTables },
  { version: 45, minimumProgram: 1, statements: declaredReaches },
  { version: 46, minimumProgram: 1, statements: applicationTables },
  { version: 47, minimumProgram: 1, statements: toolReviews },
  { version: 48, minimumProgram: 1, statements: limitDenials },
  { version: 49, minimumProgram: 1, statements: decisionGrounds },
  { version: 50, minimumProgram: 1, statements: observeModeTables },
  { version: 51, minimumProgram: 1, statements: widenedByAnother },
  { version: 52, minimumProgram: 1, statements: rehearsalTables },
  { version: 53, minimumProgram: 1, statements: peopleAskedTables },
  { version: 54, minimumProgram: 1, statements: warnedOfObserving },
  { version: 55, minimumProgram: 1, statements: judgedCalls },
]

/** The last step that this program knows. */
export const PROGRAM: number = Math.max(...MIGRATIONS.map(({ version }) => version))
