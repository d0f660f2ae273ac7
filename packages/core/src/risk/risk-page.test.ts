import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { ARCHETYPES } from "./archetypes.fixture.ts"
import { RISK_BANDS, type RiskFactor } from "./risk-facts.ts"
import { RISK_BAND_STARTS, RISK_FORMULA, type RiskWeight } from "./risk-formula.ts"
import { scoreRisk } from "./score-risk.ts"
import { mostOf, RISK_FACTORS } from "./weigh-factor.ts"

const PAGE = join(import.meta.dirname, "../../../../docs/risk.md")

describe("the page of the risk formula", () => {
  // WRITE_DOCS=1 writes what this test otherwise compares.
  it("says of every question what the formula says", () => {
    const text = pageText()
    if (process.env["WRITE_DOCS"] === "1") writeFileSync(PAGE, text)
    assert.equal(readFileSync(PAGE, "utf8"), text, "run this test once with WRITE_DOCS=1")
  })
})

function pageText(): string {
  return `${INTRODUCTION}
## Access

${questionsOf("access")}

## Autonomy

${questionsOf("autonomy")}

## Bands

${tableOf([["band", "from"], ...RISK_BANDS.map((band) => [band, String(RISK_BAND_STARTS[band])])])}

## What that makes of agents as one meets them

${archetypes()}

${LIMITS}`
}

function questionsOf(side: RiskWeight["side"]): string {
  return RISK_FACTORS.filter((factor) => RISK_FORMULA[factor].side === side)
    .map(questionOf)
    .join("\n\n")
}

function questionOf(factor: RiskFactor): string {
  const { asks, because, counts, points, remedy, says } = RISK_FORMULA[factor]
  const words = Object.values<string>(says)
  const rows = Object.values(points).map((worth, level) => [words[level] ?? "", String(worth)])
  const how = counts === "each" ? "each counts" : "the worst counts"
  const lowers = remedy ? `\n\nWhat lowers it: ${remedy.say}` : ""
  return `### ${asks}

${because}

${tableOf([[`answer (${how})`, `points, of ${mostOf(factor)}`], ...rows])}${lowers}`
}

function archetypes(): string {
  const rows = ARCHETYPES.map(({ name, facts }) => ({ name, ...scoreRisk(facts) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ name, access, autonomy, score, band }) => [
      name,
      String(access),
      String(autonomy),
      String(score),
      band,
    ])
  return tableOf([["agent", "access", "autonomy", "risk", "band"], ...rows])
}

/** Writes a table as the formatter would. */
function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n")
}

const INTRODUCTION = `# How risk is scored

The risk of an agent is **access × autonomy**: what it can reach and do, times how freely it does so. Each side is 0 to 10, the
product 0 to 100. An agent that can do everything but asks each time, and one that asks nothing but can do nothing, are both a
small risk; it is the two together that hurt.

This page is made from the table in \`packages/core/src/risk/risk-formula.ts\` and compared with it by a test.

- Every point names what it was seen from: a file and line, a server, a client's setting, that nobody is the owner.
- What is unknown is listed and counts half of what it may still cost. Beside the score stands the interval: the score if
  all that is unknown turned out best, and worst. Policies see its upper end, and 100 for an agent that was never scored.
- The same facts give the same score, in whichever order they were seen. One more thing known against an agent never lowers it.
- The one change that lowers the band most, or else the score, is told with it.
- A score is made anew in the transaction that changes a fact: a scan, an adoption, a manifest, a retirement. A changed score
  is kept with its time; an unchanged one is not kept again.
`

const LIMITS = `The archetypes and the bands that they belong in were written down before the weights were.
`
