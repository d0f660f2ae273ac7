import { visibleText } from "@tabard/core"
import type { Location, SeenAgent } from "../report.ts"
import { type BomProperty, properties } from "./cyclonedx-properties.ts"
import { agentName } from "./names.ts"

/** An agent, as a component. */
export interface BomComponent {
  readonly type: "application"
  readonly "bom-ref": string
  readonly name: string
  readonly evidence: { readonly occurrences: readonly BomOccurrence[] }
  readonly properties: readonly BomProperty[]
}

interface BomOccurrence {
  readonly location: string
  readonly line?: number
}

/** Answers the component of an agent: what it is, how freely it acts, and where it was seen. */
export function componentOf(agent: SeenAgent): BomComponent {
  const { key, client, framework, category, autonomy, confidence, locations } = agent
  return {
    type: "application",
    "bom-ref": key,
    name: visibleText(agentName(agent)),
    evidence: { occurrences: locations.map(occurrenceOf) },
    properties: properties({
      category,
      client,
      framework,
      autonomy: autonomy.level,
      "autonomy-setting": autonomy.effective.map(
        ({ setting, value, source }) => `${setting}: ${value} (${source})`,
      ),
      confidence,
    }),
  }
}

function occurrenceOf({ path, line }: Location): BomOccurrence {
  return line === null ? { location: visibleText(path) } : { location: visibleText(path), line }
}
