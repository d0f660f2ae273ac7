import { quote } from "@tabard/policy"

/** A bound as Cedar judges it, and as people read it. */
export interface Condition {
  readonly cedar: string
  readonly words: string
}

/** What holds for nobody: a set that is empty has nothing in it. */
export const NEVER = "false"

/** Writes texts as a set of Cedar. */
export function setOf(texts: readonly string[]): string {
  return `[${texts.map(quote).join(", ")}]`
}

/** Says several in words, and no more of them than a sentence bears. */
export function several(texts: readonly string[]): string {
  return texts.length > 10
    ? `${texts.slice(0, 10).join(", ")} and ${texts.length - 10} more`
    : texts.join(", ")
}
