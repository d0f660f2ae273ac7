import { Datetime } from "./cedar/extensions/datetime.ts"
import { CedarDecimal } from "./cedar/extensions/decimal.ts"
import { IpAddress } from "./cedar/extensions/ip-address.ts"
import { CedarRecord, CedarSet, type CedarValue, EntityRef } from "./cedar/values.ts"
import type { CedarValueJson } from "./cedar.ts"
import { formatDecimal } from "./number.ts"

/** Writes a value as Cedar itself reads it: JSON.stringify, through which it goes, writes every digit of an integer. */
export function valueJson(value: CedarValue): CedarValueJson {
  if (typeof value === "bigint") return rawJson(String(value))
  if (typeof value !== "object") return value
  if (value instanceof EntityRef) return { __entity: { type: value.type, id: value.id } }
  if (value instanceof CedarSet) return value.items.map(valueJson)
  if (value instanceof CedarRecord) return recordJson(value)
  return { __extn: extensionJson(value) }
}

/** Writes a record's members. */
export function recordJson({ members }: Pick<CedarRecord, "members">): Record<string, CedarValueJson> {
  return Object.fromEntries([...members].map(([name, value]) => [name, valueJson(value)]))
}

type Extension = Exclude<CedarValue, string | number | bigint | boolean | EntityRef | CedarSet | CedarRecord>

function extensionJson(value: Extension): { fn: string; arg: string } {
  if (value instanceof CedarDecimal) return { fn: "decimal", arg: formatDecimal(BigInt(value.scaled)) }
  if (value instanceof Datetime) return { fn: "datetime", arg: new Date(Number(value.ms)).toISOString() }
  if (value instanceof IpAddress) return { fn: "ip", arg: addressText(value) }
  return { fn: "duration", arg: `${value.ms}ms` }
}

function addressText({ family, bits, prefix }: IpAddress): string {
  const address = family === 4 ? groups(bits, 4, 8n, 10).join(".") : groups(bits, 8, 16n, 16).join(":")
  return `${address}/${prefix}`
}

/** JSON.rawJSON, which the types of this Node do not name yet: a number as its text spells it. */
export function rawJson(text: string): CedarValueJson {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Node 24 has it
  return (JSON as unknown as { rawJSON(text: string): CedarValueJson }).rawJSON(text)
}

/** The address in its parts, highest first. */
function groups(bits: bigint, count: number, width: bigint, radix: number): string[] {
  const mask = (1n << width) - 1n
  return Array.from({ length: count }, (_, at) =>
    ((bits >> (width * BigInt(count - 1 - at))) & mask).toString(radix),
  )
}
