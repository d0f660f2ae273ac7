import { hash } from "node:crypto"
import type { LoggedEntry } from "@tabard/control"
import { canonicalText, type JsonObject } from "@tabard/core"
import type { Subject } from "../event-meanings.ts"
import { isFailure, present, type ToldEvent, toldEvent } from "../told-event.ts"
import { agentOf } from "./actor-of.ts"
import { callActivity } from "./call-activity.ts"
import type { ClassContent } from "./class-content.ts"
import { entityChange } from "./entity-change.ts"
import { findingNews } from "./finding-news.ts"
import { CATEGORIES, CLASSES, type OcsfVersion } from "./ocsf-classes.ts"
import { personChange } from "./person-change.ts"
import { signIn } from "./sign-in.ts"
import { teamChange } from "./team-change.ts"

/** Answers an entry as an event of OCSF, of the class that fits it best. */
export function ocsfEvent(version: OcsfVersion, entry: LoggedEntry): JsonObject {
  const told = toldEvent(entry)
  const contentOfClass = CONTENTS[told.meaning.subject] ?? entityChange
  const { classUid, activity, severity = 1, members } = contentOfClass(told, version)
  const { name, category } = CLASSES[classUid]
  const event: JsonObject = present({
    activity_id: activity,
    category_uid: category,
    category_name: CATEGORIES[category],
    class_uid: classUid,
    class_name: name,
    type_uid: classUid * 100 + activity,
    severity_id: severity,
    time: told.time,
    message: told.type,
    // A finding says in its own members how it stands.
    ...(isFailure(told) ? FAILED : SUCCEEDED),
    status_code: told.decision?.code ?? told.outcome,
    metadata: metadata(version, told),
    unmapped: unmapped(told),
    // A finding tells the agent among its evidence.
    ...(version === "1.9.0" && classUid !== 2004 && agentOf(told)),
    ...members,
  })
  return version === "1.9.0" ? { ...event, attestation_list: [attestation(entry, event)] } : event
}

const SUCCEEDED: JsonObject = { status_id: 1, status: "Success" }
const FAILED: JsonObject = { status_id: 2, status: "Failure" }

/** What is managed here is an entity; the rest has classes of its own. */
const CONTENTS: Readonly<Partial<Record<Subject, (told: ToldEvent, version: OcsfVersion) => ClassContent>>> =
  {
    call: callActivity,
    finding: findingNews,
    person: personChange,
    "api token": personChange,
    session: signIn,
    token: signIn,
    team: teamChange,
  }

function metadata(version: OcsfVersion, told: ToldEvent): JsonObject {
  const { entry, id, type, call, task, organisation } = told
  const profiles = [
    ...(told.meaning.subject === "call" ? ["security_control"] : []),
    ...(version === "1.9.0" ? ["record_integrity", "ai_operation"] : []),
  ]
  return present({
    version,
    product: { name: "Tabard", vendor_name: "Tabard" },
    uid: id,
    event_code: type,
    sequence: entry.place,
    log_name: entry.origin,
    correlation_uid: call ?? task,
    tenant_uid: organisation,
    ...(profiles.length > 0 && { profiles }),
  })
}

/** What OCSF has no word for stays as we say it, so that nothing of an event is lost on the way. */
function unmapped({ entry, owner, onBehalfOf, task, approval, decision }: ToldEvent): JsonObject {
  const { event, origin, index, leaf } = entry
  return present({
    log: { origin, index, leaf },
    actor: event["actor"],
    data: event["data"],
    commits: event["commits"],
    delegation: event["delegation"],
    owner,
    on_behalf_of: onBehalfOf,
    task,
    approval,
    ...(decision && { reasons: [...decision.reasons] }),
  })
}

/** Points from the receiver's row back into our log. The fingerprint is that of this event, not of the log's entry. */
function attestation({ origin, index }: LoggedEntry, event: JsonObject): JsonObject {
  return {
    uid: String(index),
    chain_uid: origin,
    fingerprint: {
      algorithm_id: 3,
      algorithm: "SHA-256",
      serialization_id: 2,
      serialization: "JCS",
      value: hash("sha256", canonicalText(event)),
    },
  }
}
