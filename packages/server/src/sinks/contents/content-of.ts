import type { LoggedEntry } from "@tabard/control"
import type { JsonObject, SinkContent } from "@tabard/core"
import { ecsEvent } from "./ecs/ecs-event.ts"
import { ocsfEvent } from "./ocsf/ocsf-event.ts"
import { ownContent } from "./own-content.ts"

/** Answers what a receiver of this content gets of an entry. The log's place of it is always among it. */
export function contentOf(content: SinkContent, entry: LoggedEntry): JsonObject {
  switch (content) {
    case "own":
      return ownContent(entry)
    case "ocsf-1.8.0":
      return ocsfEvent("1.8.0", entry)
    case "ocsf-1.9.0":
      return ocsfEvent("1.9.0", entry)
    case "ecs":
      return ecsEvent(entry)
  }
}
