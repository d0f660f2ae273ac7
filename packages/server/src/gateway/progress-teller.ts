import { type JsonObject, LosslessNumber } from "@tabard/core"
import { writeNotification } from "./json-rpc.ts"
import { META } from "./protocol.ts"
import type { ProgressTeller, ProgressToken } from "./tool-run.ts"

/** Tells progress under the token that the client gave, in numbers that only grow, as the protocol demands. */
export function progressTeller(token: ProgressToken | null, tell: (text: string) => void): ProgressTeller {
  let last = 0
  return {
    wanted: token !== null,
    get last() {
      return last
    },
    tell({ progress, total, message }) {
      if (token === null || !Number.isFinite(progress) || progress <= last) return
      last = progress
      const params: JsonObject = {
        [META.progressToken]: token,
        progress: new LosslessNumber(String(progress)),
        ...(total !== undefined && Number.isFinite(total)
          ? { total: new LosslessNumber(String(total)) }
          : {}),
        ...(message === undefined ? {} : { message }),
      }
      tell(writeNotification("notifications/progress", params))
    },
  }
}
