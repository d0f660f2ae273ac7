import type { Told } from "./sentence.ts"

/** Answers what an event's data say under a name, or a question mark. */
export function data({ data: values }: Told["body"], name: string): string {
  return typeof values === "object" && values !== null
    ? text(Object.entries(values).find(([key]) => key === name)?.[1])
    : "?"
}

/** Answers how many an event's data name, with their noun. */
export function counted(body: Told["body"], name: string, noun: string): string {
  const count = data(body, name)
  return count === "1" ? `1 ${noun}` : `${count} ${noun}s`
}

/** Answers the day that an event's data name. */
export function dayIn(body: Told["body"], name: string): string {
  return data(body, name).slice(0, 10)
}

/** Answers what the members of one of an event's data are called. */
export function namesIn({ data: values }: Told["body"], name: string): string {
  const member =
    typeof values === "object" && values !== null && Object.entries(values).find(([key]) => key === name)
  const named = member ? member[1] : undefined
  return typeof named === "object" && named !== null ? Object.keys(named).join(", ").slice(0, 200) : "?"
}

/** Answers a word or a number of an event, bounded, or a question mark. */
export function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) : "?"
}
