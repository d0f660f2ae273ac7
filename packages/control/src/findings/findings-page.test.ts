import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { bySeverity, type RuleDescription } from "@tabard/core"
import { SCAN_RULES } from "@tabard/scan"
import { controlCatalogue, controlName } from "./control-catalogue.ts"
import { INVENTORY_RULES } from "./rules/inventory-rules.ts"

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

## Rules that need the inventory

The server asks these when something about an agent changes, and of every agent again and again, as some become true by time
alone. Three of them are the scan's rules too, under the same name: \`shared-credential\` sees here what several machines hold,
\`long-lived-credential\` what has not changed for 90 days, \`production-without-federation\` what people call production.

${rulesOf(INVENTORY_ALONE)}

${STANDING}`
}

/** Listed once each, and without those that are told among the scan's. */
const INVENTORY_ALONE: readonly RuleDescription[] = [
  ...new Map(INVENTORY_RULES.map((rule) => [rule.id, rule])).values(),
].filter(({ id }) => !SCAN_RULES.some((rule) => rule.id === id))

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

const STANDING = `## How a finding stands

There is one finding for each rule and subject, for ever under one id. Its subject is a thing of the inventory: an agent, a
credential, an MCP server, or a source that scans come from.

| from     | to       | when                                                                                       | event              |
| -------- | -------- | ------------------------------------------------------------------------------------------ | ------------------ |
|          | open     | a scan or the inventory says so for the first time                                         | \`finding.opened\`   |
| open     | accepted | a person says why it is lived with, and until when: a year at most                         | \`finding.accepted\` |
| accepted | open     | that date comes, a person takes it back, or the same becomes graver than what was accepted | \`finding.reopened\` |
| open     | resolved | nobody says so any more; accepted ones too                                                 | \`finding.resolved\` |
| resolved | open     | it is said again; the finding counts how often                                             | \`finding.reopened\` |

- Several sources may say the same of one subject. It stands while one of them does, and is as grave as the gravest says.
- A scan takes back only what it could have seen: the places where it stood were read, or the thing itself vanished. A file
  without permission, another root, a scan that stopped early resolve nothing.
- What is dismissed or retired has nothing to put right: what was said of it is resolved, and opens again with it. Only that
  what was retired is seen again is told of it.
- Security and administrators accept findings, and so does who owns all the agents that one is about.
- Events name the finding, its rule, its subject and who says so, and never the message, which may quote what a stranger wrote.
- Use is known of keys that were enrolled here, as we issue the tokens; of others' credentials it is known only that every agent
  that held them was retired. Unknown is not unused.
`
