import type { SyslogSettings } from "@tabard/api"
import type { CarriedItem } from "@tabard/control"
import type { CarrierDeps } from "./carrier-deps.ts"
import { cefMessage } from "./cef-message.ts"
import { jsonWithin } from "./json-within.ts"

/** What a message is dressed in. */
export type SyslogDress = Pick<SyslogSettings, "facility" | "appName" | "format"> &
  Pick<CarrierDeps, "host" | "version">

/** Receivers should take 8,192 bytes (RFC 5424, section 6.1); rsyslog takes 8,096 where nobody told it more. */
const MOST_BYTES = 8000

/** Informational (RFC 5424, section 6.2.1). */
const SEVERITY = 6

/**
 * The number that is reserved for examples (RFC 5612): Tabard has none of its own, so the name before it has to tell whose
 * parameters these are.
 */
const ENTERPRISE = 32_473

const BOM = "\uFEFF"

/**
 * Answers an item as a frame of syslog over TLS: its length in bytes, a space, the message (RFC 5425, section 4.3). What is too
 * long for a message is cut, and the message says so.
 */
export function syslogFrame(item: CarriedItem, dress: SyslogDress): Buffer {
  const header = headerOf(item, dress)
  const room = MOST_BYTES - Buffer.byteLength(`${header}${dataOf(item, MOST_CUT)} ${BOM}`)
  const { text, cut } = dress.format === "cef" ? cefMessage(item, dress, room) : jsonWithin(item.body, room)
  // A parser of CEF looks for its first letters where the message begins, so they have no mark before them.
  const message = `${header}${dataOf(item, cut)} ${dress.format === "cef" ? "" : BOM}${text}`
  return Buffer.from(`${Buffer.byteLength(message)} ${message}`)
}

/** As many digits as the length of something that was cut can have. */
const MOST_CUT = 9_999_999_999

function dataOf({ key, place }: CarriedItem, cut: number | undefined): string {
  return structuredData({ key, place: String(place), ...(cut !== undefined && { cut: String(cut) }) })
}

function headerOf({ at, type }: CarriedItem, { facility, host, appName }: SyslogDress): string {
  const priority = facility * 8 + SEVERITY
  return `<${priority}>1 ${at.toISOString()} ${word(host, 255)} ${word(appName, 48)} - ${word(type, 32)} `
}

/** A field of the header is visible ASCII, of a length, and never empty. */
function word(text: string, most: number): string {
  return text.replaceAll(/[^\x21-\x7e]/g, "_").slice(0, most) || "-"
}

/** Within a parameter's value `"`, `\` and `]` are escaped (RFC 5424, section 6.3.3). */
function structuredData(parameters: Readonly<Record<string, string>>): string {
  const said = Object.entries(parameters).map(
    ([name, value]) => `${name}="${value.slice(0, 600).replaceAll(/["\\\]]/g, String.raw`\$&`)}"`,
  )
  return `[tabard@${ENTERPRISE} ${said.join(" ")}]`
}
