import type { JsonObject } from "@tabard/core"

/** What is private in a key, or shared (RFC 7518 §6). */
const SECRET_MEMBERS = ["d", "k", "p", "q", "dp", "dq", "qi", "oth"]

/** Answers whether a key shows what has to be secret: who published it has lost it. */
export function showsSecret(key: JsonObject): boolean {
  return SECRET_MEMBERS.some((member) => key[member] !== undefined)
}
