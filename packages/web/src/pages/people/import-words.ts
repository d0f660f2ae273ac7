import type { PeopleReport } from "@tabard/api"
import { count, listed } from "../../words/count.ts"

/** Answers whether an import as it was looked at can be done: nothing is refused, and something would happen. */
export function canApply(report: PeopleReport | undefined, off: boolean): boolean {
  if (!report || report.refused > 0) return false
  return report.entered + report.changed > 0 || (off && report.missing > 0)
}

/** Says what the button of an import does, and to how many. */
export function applyWords(report: PeopleReport | undefined, off: boolean): string {
  if (!report) return "Choose a file first"
  if (report.refused > 0) return `Mend ${count(report.refused, "line")} first`
  if (!canApply(report, off)) return "Nothing would change"
  const acts = [
    ...(report.entered > 0 ? [`enter ${count(report.entered, "person", "people")}`] : []),
    ...(report.changed > 0 ? [`change ${report.changed}`] : []),
    ...(off && report.missing > 0 ? [`switch ${report.missing} off`] : []),
  ]
  const words = listed(acts)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Says in one sentence what an import did, or would do. */
export function sumWords({ applied, entered, changed, unchanged }: PeopleReport): string {
  const [enters, changes, leaves] = applied
    ? ["It entered", "changed", "left"]
    : ["It would enter", "change", "leave"]
  return `${enters} ${count(entered, "person", "people")}, ${changes} ${changed}, and ${leaves} ${unchanged} as they are.`
}
