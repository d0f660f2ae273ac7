import type { EventView } from "@tabard/api"

const FIELDS: readonly string[] = ["data.reason", "data.exception"]

/** Answers the reason that a person gave for an act, out of its event or from beside it; undefined where there is none. */
export function reasonIn({ body, beside }: Pick<EventView, "beside" | "body">): string | undefined {
  const kept = beside.find(({ field }) => FIELDS.includes(field))?.value
  const data = member(body, "data")
  const reason = kept ?? member(data, "reason") ?? member(data, "exception")
  return typeof reason === "string" && reason !== "" ? reason : undefined
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
