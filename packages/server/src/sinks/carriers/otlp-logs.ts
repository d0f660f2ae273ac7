import type { CarriedItem } from "@tabard/control"
import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import type { CarrierDeps } from "./carrier-deps.ts"
import { type Attributes, genAiAttributes, traceOf } from "./otlp-attributes.ts"
import { withPlainNumber } from "./plain-number.ts"

/** Answers items as one ExportLogsServiceRequest in OTLP's JSON. */
export function logsRequest(
  items: readonly CarriedItem[],
  { host, version }: Pick<CarrierDeps, "host" | "version">,
): object {
  const resource = { "service.name": "tabard", "service.namespace": host, "service.version": version }
  const scope = { name: "tabard.record", version }
  const scopeLogs = [{ scope, logRecords: items.map(logRecord) }]
  return { resourceLogs: [{ resource: { attributes: attributes(resource) }, scopeLogs }] }
}

function logRecord(item: CarriedItem): object {
  const { key, place, type, at, body } = item
  const time = `${at.getTime()}000000`
  return {
    timeUnixNano: time,
    observedTimeUnixNano: time,
    severityNumber: 9,
    severityText: "INFO",
    eventName: type,
    body: anyValue(body),
    attributes: attributes({ "tabard.key": key, "tabard.place": place, ...genAiAttributes(item) }),
    ...traceOf(item),
  }
}

function attributes(named: Attributes): readonly object[] {
  return Object.entries(named).map(([key, value]) => ({ key, value: anyValue(value) }))
}

/** A value as protobuf's JSON says it: whole numbers are strings, because they may have 64 bits, and nothing is no value. */
function anyValue(value: Json | undefined): object {
  if (value === null || value === undefined) return {}
  const plain = withPlainNumber(value)
  if (typeof plain === "object") return structured(plain)
  if (typeof plain === "string") return { stringValue: plain }
  if (typeof plain === "boolean") return { boolValue: plain }
  return Number.isSafeInteger(plain) ? { intValue: String(plain) } : { doubleValue: plain }
}

function structured(value: JsonObject | readonly Json[]): object {
  if (!isJsonObject(value)) return { arrayValue: { values: value.map(anyValue) } }
  const values = Object.entries(value).map(([key, member]) => ({ key, value: anyValue(member) }))
  return { kvlistValue: { values } }
}
