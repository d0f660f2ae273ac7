/** Answers what stands in an event under these names, or undefined. */
export function partOf(body: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (of, name) =>
      typeof of === "object" && of !== null
        ? Object.entries(of).find(([key]) => key === name)?.[1]
        : undefined,
    body,
  )
}

/** Answers the same where it is a text, or a number as one. */
export function textOf(body: unknown, ...names: readonly string[]): string | undefined {
  const part = partOf(body, ...names)
  return typeof part === "string" || typeof part === "number" ? String(part) : undefined
}

/** Answers the texts of a list. */
export function textsOf(body: unknown, ...names: readonly string[]): readonly string[] {
  const part = partOf(body, ...names)
  return Array.isArray(part) ? part.filter((one) => typeof one === "string") : []
}

/** What is told on lines of its own, and not among the rest of an event's data. */
const TOLD = ["classes", "bytesIn", "bytesOut", "records"]

/** Answers the rest of an event's data as names and texts: an object as the JSON that it is. */
export function furtherData(body: unknown): readonly (readonly [name: string, text: string])[] {
  const data = partOf(body, "data")
  if (typeof data !== "object" || data === null) return []
  return Object.entries(data)
    .filter(([name]) => !TOLD.includes(name))
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const)
}

const bytes = new Intl.NumberFormat("en", { style: "unit", unit: "byte", unitDisplay: "long" })

/** Says what data a call moved, or undefined where the event tells of none. */
export function movedWords(body: unknown): string | undefined {
  const amounts = [
    ["bytesIn", (many: number) => `${bytes.format(many)} in`],
    ["bytesOut", (many: number) => `${bytes.format(many)} out`],
    ["records", (many: number) => (many === 1 ? "1 record" : `${many} records`)],
  ] as const
  const words = amounts.flatMap(([name, say]) => {
    const many = partOf(body, "data", name)
    return typeof many === "number" ? [say(many)] : []
  })
  const classes = textsOf(body, "data", "classes")
  if (classes.length > 0) words.push(`of ${classes.join(", ")}`)
  return words.length > 0 ? words.join(", ") : undefined
}
