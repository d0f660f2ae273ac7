import { createHash } from "node:crypto"
import type { ScanReport } from "../../report.ts"
import { count } from "../names.ts"
import { riskiestFirst } from "../riskiest-first.ts"
import { FIELD_NOTE, fieldOf } from "./field.ts"
import { findingsOf, firstThingsOf } from "./findings.ts"
import { agentsOf, credentialsOf, RISK_NOTE, serversOf, unreadOf } from "./inventory.ts"
import { Markup, markup, type Part } from "./markup.ts"
import { STYLESHEET } from "./stylesheet.ts"

/** The page may use this style and nothing else: no script, no image, no address, no form. */
const CONTENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLESHEET).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ")

/** Answers a report as one page that needs nothing else, runs nothing, and escapes whatever was found. */
export function htmlOf(report: ScanReport): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(CONTENT_POLICY)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tabard scan${report.host === null ? "" : ` of ${report.host}`}</title>
<style>${new Markup(STYLESHEET)}</style>
</head>
<body>
${headerOf(report)}
<main>${sectionsOf(report)}</main>
${footerOf(report)}
</body>
</html>
`.toString()
}

function headerOf(report: ScanReport): Markup {
  const { host, roots, finishedAt, agents, mcpServers, credentials, findings } = report
  const counts: readonly (readonly [string, number])[] = [
    ["agent", agents.length],
    ["MCP server", mcpServers.length],
    ["credential", credentials.length],
    ["finding", findings.length],
  ]
  return markup`<header><p class="mark">Tabard scan</p><h1>${headlineOf(report)}</h1>
<p class="lead">${host === null ? "" : `${host}, `}${timeOf(finishedAt)}. Read: ${roots.join(", ")}.</p>
<dl class="counts">${counts.map(([noun, number]) => markup`<div><dt>${number === 1 ? noun : `${noun}s`}</dt><dd>${number}</dd></div>`)}</dl></header>`
}

/** What a reader would want to know if they read one line. */
function headlineOf({ agents, findings }: ScanReport): string {
  const urgent = findings.filter(({ severity }) => severity === "critical" || severity === "high").length
  const here = agents.length === 1 ? "1 agent is here" : `${agents.length || "No"} agents are here`
  if (findings.length === 0) return `${here}, and nothing asks for action`
  return urgent === 0
    ? `${here}, and nothing is urgent`
    : `${here}, and ${count(urgent, "finding")} should not wait`
}

function sectionsOf(report: ScanReport): readonly Markup[] {
  const { mcpServers, credentials, findings, unreadable } = report
  const agents = riskiestFirst(report)
  return [
    sectionOf("Do first", "", firstThingsOf(report)),
    ...(agents.length === 0 ? [] : [sectionOf("Access and autonomy", FIELD_NOTE, fieldOf(agents))]),
    ...(agents.length === 0 ? [] : [sectionOf("Agents", RISK_NOTE, agentsOf(agents))]),
    ...(mcpServers.length === 0 ? [] : [sectionOf("MCP servers", "", serversOf(report))]),
    ...(credentials.length === 0
      ? []
      : [
          sectionOf(
            "Credentials",
            "Their kind and place; their bytes were never kept.",
            credentialsOf(report),
          ),
        ]),
    ...(findings.length === 0 ? [] : [sectionOf("Findings", "", findingsOf(report))]),
    ...(unreadable.length === 0
      ? []
      : [sectionOf("Not read", "What is there is unknown, not absent.", unreadOf(report))]),
  ]
}

function sectionOf(title: string, note: string, body: Part): Markup {
  return markup`<section><h2>${title}</h2>${note === "" ? "" : markup`<p class="note">${note}</p>`}${body}</section>
`
}

function footerOf({ coverage }: ScanReport): Markup {
  const { clientsChecked, clientsKnown, filesRead, knowledge } = coverage
  return markup`<footer>${clientsChecked} of ${clientsKnown} known clients looked for, ${count(filesRead, "file")} read; knowledge ${knowledge.version} of ${knowledge.date}. Times are UTC.</footer>`
}

function timeOf(at: string): string {
  return at.slice(0, 16).replace("T", " ")
}
