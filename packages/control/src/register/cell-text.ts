import { unshieldFormula } from "./formula.ts"

/** A value, or why there is none. */
export type Reading<Value> = { readonly value: Value } | { readonly problem: string }

/** Reads a cell, or says why it cannot be taken. */
export type Reader<Value> = (cell: string) => Reading<Value>

/** Answers a cell as a person meant it, or undefined where it is empty. */
export function cellText(cell: string): string | undefined {
  return unshieldFormula(cell.trim()).trim() || undefined
}

/** Answers the items of a cell that lists several. */
export function itemsOf(cell: string): readonly string[] {
  return cell
    .split(/[;,|\n\r]/)
    .map((item) => item.trim())
    .filter((item) => item !== "")
}

/** Reads words of at most so many characters. */
export function words(max: number): Reader<string> {
  return (cell) => {
    if (cell.length > max) return { problem: `it is longer than ${max} characters` }
    // oxlint-disable-next-line no-control-regex -- these are the characters that are refused
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(cell))
      return { problem: "it holds control characters" }
    return { value: cell }
  }
}

/** Reads one of these words, in any case. */
export function oneOf<Word extends string>(known: readonly Word[]): Reader<Word> {
  return (cell) => {
    const value = known.find((word) => word === cell.toLowerCase())
    return value === undefined
      ? { problem: `“${cell.slice(0, 40)}” is none of ${known.join(", ")}` }
      : { value }
  }
}
