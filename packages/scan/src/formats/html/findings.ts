import type { Evidence, ScanReport, SeenFinding } from "../../report.ts"
import { type FirstThing, firstThings } from "../first-things.ts"
import { placeName } from "../names.ts"
import { type Markup, markup } from "./markup.ts"

/** How many places are named under one thing to do; the findings name them all. */
const PLACES = 3

/** Answers the five things to do first. */
export function firstThingsOf(report: ScanReport): Markup {
  const things = firstThings(report)
  if (things.length === 0)
    return markup`<p class="empty">Nothing was found that asks for action. What could not be read is named below.</p>`
  return markup`<ol class="list">${things.map(thingOf)}</ol>`
}

function thingOf({ severity, remediation, findings }: FirstThing, at: number): Markup {
  const [first, ...more] = findings
  const others = more.length > 0 ? ` And ${more.length} more like it.` : ""
  const places = namesOf(findings.flatMap(({ evidence }) => evidence))
  return markup`<li><span class="rank">${at + 1}</span><span class="severity ${severity}">${severity}</span>
<div><p class="what">${remediation}</p><p class="soft">${first.message}${others}</p>${placesOf(places.slice(0, PLACES))}</div></li>
`
}

/** Answers all findings, the worst first, each with its places and controls. */
export function findingsOf({ findings }: ScanReport): Markup {
  return markup`<ul class="list findings">${findings.map(findingOf)}</ul>`
}

function findingOf({ severity, message, remediation, controls, evidence }: SeenFinding): Markup {
  return markup`<li><span class="severity ${severity}">${severity}</span><div><p class="what">${message}</p>
<p class="soft">${remediation}</p>${placesOf(namesOf(evidence))}<p>${controls.map((control) => markup`<span class="tag">${control}</span>`)}</p></div></li>
`
}

/** Several settings of one file are one place. */
function namesOf(evidence: readonly Evidence[]): readonly string[] {
  return [...new Set(evidence.map(placeName))]
}

function placesOf(places: readonly string[]): Markup {
  return markup`<ul class="places">${places.map((place) => markup`<li class="path">${place}</li>`)}</ul>`
}
