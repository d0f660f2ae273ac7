import { precision, recall, type Score } from "./score.ts"
import type { CorpusScore } from "./score-corpus.ts"
import { MEASURES } from "./score-item.ts"

const HEAD = ["items", "what", "precision", "recall", "found", "missed", "wrong"]

/** Writes the scores as a Markdown table, then by name what was missed, what was wrong and what was not there to be read. */
export function printScores({ categories, skipped }: CorpusScore): string {
  const rows = categories.flatMap(({ category, items, measures }) =>
    MEASURES.map((measure) => [`${category} (${items})`, measure, ...cells(measures[measure])]),
  )
  const table = [HEAD, HEAD.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`)
  const all = categories.find(({ category }) => category === "all")
  const named = MEASURES.flatMap((measure) => names(measure, all?.measures[measure]))
  const absent = skipped.length > 0 ? [`Skipped, not there to be read: ${skipped.join(", ")}`] : []
  return [...table, "", ...named, ...absent, ""].join("\n")
}

function cells(score: Score): readonly string[] {
  const { hits, missed, wrong } = score
  return [share(precision(score)), share(recall(score)), ...[hits, missed.length, wrong.length].map(String)]
}

function share(value: number | null): string {
  return value === null ? "–" : value.toFixed(3)
}

function names(measure: string, score: Score | undefined): readonly string[] {
  return [
    ...(score?.missed ?? []).map((name) => `missed (${measure}) ${name}`),
    ...(score?.wrong ?? []).map((name) => `wrong (${measure}) ${name}`),
  ]
}
