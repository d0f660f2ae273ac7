import type { CarriedCheckpoint } from "@tabard/control"
import type { JsonObject, SinkContent } from "@tabard/core"

/** Answers what a receiver of this content gets of a checkpoint. */
export function contentOfCheckpoint(content: SinkContent, checkpoint: CarriedCheckpoint): JsonObject {
  switch (content) {
    case "own":
      return { checkpoint: membersOf(checkpoint) }
    case "ocsf-1.8.0":
      return ocsfCheckpoint("1.8.0", checkpoint)
    case "ocsf-1.9.0":
      return ocsfCheckpoint("1.9.0", checkpoint)
    case "ecs":
      return ecsCheckpoint(checkpoint)
  }
}

/** Entity Management [3004], Create 1: a checkpoint came to be. */
function ocsfCheckpoint(version: string, checkpoint: CarriedCheckpoint): JsonObject {
  const uid = `${checkpoint.origin}/${checkpoint.size}`
  return {
    activity_id: 1,
    category_uid: 3,
    category_name: "Identity & Access Management",
    class_uid: 3004,
    class_name: "Entity Management",
    type_uid: 300_401,
    severity_id: 1,
    status_id: 1,
    status: "Success",
    time: checkpoint.publishedAt.getTime(),
    message: "log.checkpoint",
    metadata: {
      version,
      product: { name: "Tabard", vendor_name: "Tabard" },
      uid,
      event_code: "log.checkpoint",
      log_name: checkpoint.origin,
    },
    actor: { app_name: "Tabard", app_uid: "publisher" },
    entity: { type_id: 99, type: "Checkpoint", uid, name: checkpoint.origin },
    unmapped: { checkpoint: membersOf(checkpoint) },
  }
}

function ecsCheckpoint(checkpoint: CarriedCheckpoint): JsonObject {
  return {
    "@timestamp": checkpoint.publishedAt.toISOString(),
    ecs: { version: "9.4.0" },
    event: {
      kind: "state",
      category: ["configuration"],
      type: ["info"],
      action: "log.checkpoint",
      outcome: "success",
      id: `${checkpoint.origin}/${checkpoint.size}`,
      dataset: "tabard.audit",
      module: "tabard",
    },
    message: "log.checkpoint",
    service: { name: "tabard", type: "tabard" },
    tabard: { checkpoint: membersOf(checkpoint) },
  }
}

function membersOf({ origin, size, root, note }: CarriedCheckpoint): JsonObject {
  return { origin, size, root, note }
}
