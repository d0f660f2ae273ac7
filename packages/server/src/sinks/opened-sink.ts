import { SINK_SECRETS, SINK_SETTINGS } from "@tabard/api"
import type { Sink, SinkBox } from "@tabard/control"
import type { CarriedTo } from "./carriers/carrier-of.ts"

/**
 * Answers a sink with its secrets unsealed, as a carrier is made of it: it stays in this process. Throws where its settings
 * or secrets are not as its kind demands.
 */
export function openedSink(box: SinkBox, { id, kind, settings, sealed }: Sink): CarriedTo {
  const opened = {
    kind,
    settings: SINK_SETTINGS[kind].parse(settings),
    secrets: SINK_SECRETS[kind].parse(box.open(id, sealed)),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both schemas are of this kind
  return opened as CarriedTo
}
