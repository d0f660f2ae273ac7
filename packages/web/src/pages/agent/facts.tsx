import type { FactView } from "@tabard/api"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { exactTime } from "../../words/time.ts"

/** Each statement about an agent with its source; what does not hold is kept, and shows as such. */
export function Facts({ facts }: { facts: readonly FactView[] }): ReactNode {
  if (facts.length === 0) return null
  return (
    <dl className="border-t">
      {facts.map((fact) => (
        <div
          key={`${fact.name} ${fact.kind} ${fact.source}`}
          className={`grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-x-4 border-b py-2 ${fact.effective ? "" : "text-faint"}`}
        >
          <dt className="break-words">
            <Said text={fact.name} />
            {!fact.effective && <span className="block text-small">does not hold</span>}
          </dt>
          <dd className="min-w-0">
            <code className="font-mono text-small wrap-anywhere whitespace-pre-line">
              <Said text={valueWords(fact.value)} />
            </code>
            <span className="block text-small wrap-anywhere text-faint" title={exactTime(fact.at)}>
              {fact.kind} · <Said text={fact.source} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** One line for a plain value, one for each member of a list; what has parts is told part by part. */
function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(partWords).join("\n")
  return partWords(value)
}

function partWords(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === "object" ? JSON.stringify(part) : String(part)}`)
    .join(", ")
}
