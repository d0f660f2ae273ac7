import { isJsonObject, type JsonObject } from "@tabard/core"

/** The most pages that are asked for: a list that never ends is none. */
const MAX_PAGES = 2000

/** Reads a list of a server's to its end. */
export async function everyItem(
  ask: (path: string) => Promise<JsonObject>,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly JsonObject[]> {
  const all: JsonObject[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const asked = new URLSearchParams({ limit: "100", ...query, ...(after !== undefined && { after }) })
    const { items, next } = await ask(`${path}?${asked}`)
    if (Array.isArray(items)) all.push(...items.filter((each) => isJsonObject(each)))
    if (typeof next !== "string") break
    after = next
  }
  return all
}
