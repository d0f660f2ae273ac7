import type { SinkSecrets, SinkSettings } from "@tabard/api"
import type { SinkCarrier } from "@tabard/control"
import type { SinkKind } from "@tabard/core"
import type { CarrierDeps } from "./carrier-deps.ts"
import { elasticsearchCarrier } from "./elasticsearch-carrier.ts"
import { jsonlCarrier } from "./jsonl-carrier.ts"
import { otlpCarrier } from "./otlp-carrier.ts"
import { s3Carrier } from "./s3-carrier.ts"
import { sentinelCarrier } from "./sentinel-carrier.ts"
import { splunkCarrier } from "./splunk-carrier.ts"
import { syslogCarrier } from "./syslog-carrier.ts"
import { webhookCarrier } from "./webhook-carrier.ts"

/** A sink with its secrets unsealed. */
export type CarriedTo = {
  readonly [K in SinkKind]: {
    readonly kind: K
    readonly settings: SinkSettings[K]
    readonly secrets: SinkSecrets[K]
  }
}[SinkKind]

/** Answers what carries to this sink. Nothing is opened before something is carried. */
export function carrierOf(sink: CarriedTo, deps: CarrierDeps): SinkCarrier {
  switch (sink.kind) {
    case "jsonl":
      return jsonlCarrier(sink.settings, deps)
    case "webhook":
      return webhookCarrier(sink, deps)
    case "splunk":
      return splunkCarrier(sink, deps)
    case "otlp":
      return otlpCarrier(sink, deps)
    case "elasticsearch":
      return elasticsearchCarrier(sink, deps)
    case "sentinel":
      return sentinelCarrier(sink, deps)
    case "syslog":
      return syslogCarrier(sink, deps)
    case "s3":
      return s3Carrier(sink, deps)
  }
}
