import type { JsonObject } from "@tabard/core"
import type { Change } from "../event-meanings.ts"
import { present, type ToldEvent, textOf } from "../told-event.ts"
import { agentOf } from "./actor-of.ts"
import type { ClassContent } from "./class-content.ts"
import { type OcsfVersion, OTHER } from "./ocsf-classes.ts"

/** Answers news of a finding as Detection Finding [2004]. */
export function findingNews(told: ToldEvent, version: OcsfVersion): ClassContent {
  const { data, resource, id, time, meaning } = told
  const rule = textOf(data["rule"])
  const { activity, status, state } = STANDINGS[meaning.change] ?? STANDING
  const members = present({
    finding_info: present({
      uid: textOf(data["finding"]) ?? id,
      title: rule,
      analytic: rule === undefined ? undefined : { name: rule, uid: rule, type_id: 1, type: "Rule" },
      modified_time: time,
    }),
    resources: resource === undefined ? undefined : [{ uid: resource }],
    evidences: evidencesOf(told, version),
    status_id: status,
    status: state,
    comment: textOf(data["why"]) ?? textOf(data["reason"]),
  })
  return { classUid: 2004, activity, severity: SEVERITIES[textOf(data["severity"]) ?? ""] ?? 1, members }
}

/** Evidence wants a member besides the agent; what the event says of it is that. */
function evidencesOf(told: ToldEvent, version: OcsfVersion): JsonObject[] | undefined {
  if (version === "1.8.0" || told.agent === undefined) return undefined
  return [{ ...agentOf(told), data: told.data }]
}

interface Standing {
  readonly activity: number
  readonly status: number
  readonly state: string
}

const STANDING: Standing = { activity: OTHER, status: OTHER, state: "Other" }

/** Create 1, Update 2, Close 3; New 1, Suppressed 3, Resolved 4. An accepted risk is suppressed until somebody looks again. */
const STANDINGS: Readonly<Partial<Record<Change, Standing>>> = {
  created: { activity: 1, status: 1, state: "New" },
  changed: { activity: 2, status: 1, state: "New" },
  disabled: { activity: 2, status: 3, state: "Suppressed" },
  ended: { activity: 3, status: 4, state: "Resolved" },
}

const SEVERITIES: Readonly<Record<string, number>> = { low: 2, medium: 3, high: 4, critical: 5 }
