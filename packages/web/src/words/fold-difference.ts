import type { PolicyComparisonView } from "@tabard/api"

type Line = PolicyComparisonView["lines"][number]

/** A line of a difference as it is shown, or how many are folded that stayed the same. */
export type DifferencePart = Line | { readonly kind: "folded"; readonly lines: number }

/** How many lines around a change are shown. */
const AROUND = 2

/** Answers what of a difference is shown: each change with the lines around it, and the others counted. */
export function foldDifference(lines: readonly Line[]): readonly DifferencePart[] {
  const parts: DifferencePart[] = []
  for (const [at, line] of lines.entries()) {
    if (isNearChange(lines, at)) parts.push(line)
    else parts.push({ kind: "folded", lines: foldedBefore(parts) + 1 })
  }
  return parts
}

function isNearChange(lines: readonly Line[], at: number): boolean {
  return lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== "same")
}

/** Takes the folded lines that the parts end with, so that they are counted with the next. */
function foldedBefore(parts: DifferencePart[]): number {
  const last = parts.at(-1)
  if (last?.kind !== "folded") return 0
  parts.pop()
  return last.lines
}
