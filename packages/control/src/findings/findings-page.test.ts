import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { bySeverity, type RuleDescription } from "@tabard/core"
import { SCAN_RULES } from "@tabard/scan"
import { controlCatalogue, controlName } from "./control-catalogue.ts"

const PAGE = join(import.meta.dirname, "../../../../docs/findings.md")

describe("the page of findings", () => {
  // WRITE_DOCS=1 writes what this test otherwise compares.
  it("says of every rule what the catalogue of rules says", () => {
    const text = pageText()
    if (process.env["WRITE_DOCS"] === "1") writeFileSync(PAGE, text)
    assert.equal(readFileSync(PAGE, "utf8"), text, "run this test once with WRITE_DOCS=1")
  })
})

function pageText(): string {
  return `${INTRODUCTION}
## Rules that need only what was seen

\`tabard scan\` asks these; no server is needed.

${rulesOf(SCAN_RULES)}
`
}

function rulesOf(rules: readonly RuleDescription[]): string {
  return rules
    .toSorted((a, b) => bySeverity(a.severity, b.severity))
    .map(ruleText)
    .join("\n\n")
}

function ruleText({ id, severity, title, remediation, controls, sharpens = [] }: RuleDescription): string {
  const instead = sharpens.map((duller) => `\`${duller}\``).join(", ")
  return `### ${title}

\`${id}\`, ${severity}. ${remediation}${instead === "" ? "" : ` Where it speaks, this is silent of the same subject: ${instead}.`}

${controls.map((name) => `- ${name}: ${titleOf(name)}`).join("\n")}`
}

function titleOf(name: string): string {
  const control = controlCatalogue().controls.find((each) => controlName(each) === name)
  return control?.title ?? "not in the catalogue"
}

const INTRODUCTION = `# Findings

A finding is something to put right: a rule saw it, at a subject, with evidence. Each rule has one severity, one sentence that
says what to do, and the controls it speaks to. A rule is a pure function in a file of its own; each has a test with a
configuration in which it must stay silent.

This page is made from the catalogue of rules and compared with it by a test.

- A severity below is the rule's own; one finding may matter more or less. A credential in plain text is as grave as its kind;
  a person's credential weighs more where no person is beside the agent.
- Where one rule says all that another says and more, it speaks alone.
- An agent's severity follows what is in force: its explicit settings, else what its client does by default.
- What cannot be seen is not guessed. A server that is switched off is passed over, and so is a trigger whose guard could not
  be read.
`
