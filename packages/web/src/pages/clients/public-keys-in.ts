import type { JsonObject } from "@tabard/core"

/**
 * Reads the public keys out of what was pasted: one JWK, or a JWK set. Answers undefined where it holds no object at all;
 * whether they are keys, the server says.
 */
export function publicKeysIn(text: string): readonly JsonObject[] | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const held: unknown = isObject(read) && Array.isArray(read["keys"]) ? read["keys"] : [read]
    return Array.isArray(held) && held.length > 0 && held.every(isObject) ? held : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
