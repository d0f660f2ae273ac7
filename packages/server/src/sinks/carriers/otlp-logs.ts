import type { CarriedItem } from "@tabard/control"
import type { Json } from "@tabard/core"
import type { CarrierDeps } from "./carrier-deps.ts"
import { type Attributes, genAiAttributes, traceOf } from "./otlp-attributes.ts"

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
function anyValue(value: Json): object {
  switch (typeof value) {
    case "string":
      return { stringValue: value }
    case "boolean":
      return { boolValue: value }
    case "number":
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
    case "bigint":
    case "undefined":
    case "function":
    case "symbol":
      return {}
    case "object":
      return structured(value)
  }
}

function structured(value: Extract<Json, object | null>): object {
  if (value === null) return {}
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  const values = Object.entries(value).map(([key, member]) => ({ key, value: anyValue(member ?? null) }))
  return { kvlistValue: { values } }
}
