import { isJsonObject, isLosslessNumber, type Json } from "@tabard/core"

/** Shows a lossless value as ordinary JSON. A number that a double would change is shown as the text that it is. */
export function plainJson(value: Json): unknown {
  if (isLosslessNumber(value))
    return String(Number(value.value)) === value.value ? Number(value.value) : value.value
  if (Array.isArray(value)) return value.map((item: Json) => plainJson(item))
  if (!isJsonObject(value)) return value
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, plainJson(member)]],
  )
  return Object.fromEntries(members)
}
