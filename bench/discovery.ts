import { readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { parseLabels } from "./discovery/labels.ts"
import { printScores } from "./discovery/print-scores.ts"
import { precision, recall } from "./discovery/score.ts"
import { type CorpusScore, scoreCorpus } from "./discovery/score-corpus.ts"
import { MEASURES } from "./discovery/score-item.ts"

const USAGE = `usage: npm run bench:discovery -- [--labels FILE] [--root DIR] [--json]

  --labels FILE  what is there, one JSON object a line (TABARD_SHARED/corpus/dev/labels.jsonl)
  --root DIR     what the labels' paths lie beneath (the folder of FILE)
  --json         the numbers for a program`

const { values } = parseArgs({
  options: {
    labels: { type: "string" },
    root: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
})
if (values.help) {
  process.stdout.write(`${USAGE}\n`)
  process.exit(0)
}

const shared = process.env["TABARD_SHARED"] ?? join(import.meta.dirname, "../../shared")
const labelsFile = resolve(values.labels ?? join(shared, "corpus/dev/labels.jsonl"))
const root = resolve(values.root ?? join(labelsFile, ".."))
const stopping = new AbortController()
process.once("SIGINT", () => stopping.abort(new Error("stopped")))

try {
  const score = await scoreCorpus(parseLabels(await readFile(labelsFile, "utf8")), root, stopping.signal)
  process.stdout.write(values.json ? `${JSON.stringify(numbersOf(score), null, 2)}\n` : printScores(score))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
  process.exitCode = 2
}

function numbersOf({ categories, skipped }: CorpusScore): object {
  const rows = categories.flatMap(({ category, items, measures }) =>
    MEASURES.map((measure) => {
      const score = measures[measure]
      return { category, items, measure, precision: precision(score), recall: recall(score), ...score }
    }),
  )
  return { labels: labelsFile, root, rows, skipped }
}
