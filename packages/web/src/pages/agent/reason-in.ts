/** Answers the reason that a person gave for an act, out of its event as it is logged; undefined where there is none. */
export function reasonIn(body: unknown): string | undefined {
  const data = member(body, "data")
  const reason = member(data, "reason") ?? member(data, "exception")
  return typeof reason === "string" && reason !== "" ? reason : undefined
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
