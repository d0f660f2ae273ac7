import type { ApprovalView } from "@tabard/api"
import type { ReactNode } from "react"
import { ExactJson, ExactText } from "../../components/exact-json.tsx"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { targetOf } from "./question-words.ts"

const LINE_MAX = 120

/** What the tool would be called with: argument by argument, and unfolded, exactly. */
export function Arguments({ question }: { question: ApprovalView }): ReactNode {
  const target = targetOf(question)
  const given = membersOf(question.arguments)
  return (
    <section aria-label="What it would be called with" className="space-y-2.5">
      <dl className="space-y-2.5">
        {target !== undefined && !given.some(([, value]) => value === target) && (
          <Argument name="Acts on" value={target} />
        )}
        {given.map(([name, value]) => (
          <Argument key={name} name={name} value={value} />
        ))}
      </dl>
      <details className="group">
        <summary className="inline-flex items-center gap-1.5 text-small text-soft hover:text-ink">
          <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
          The exact call
        </summary>
        <div className="mt-2">
          <ExactJson value={{ tool: question.tool, arguments: question.arguments }} label="The exact call" />
        </div>
      </details>
    </section>
  )
}

function Argument({ name, value }: { name: string; value: unknown }): ReactNode {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2)
  const isLine = text.length <= LINE_MAX && !text.includes("\n")
  return (
    <div>
      <dt className="mb-0.5 text-small text-faint">
        <Said text={name} />
      </dt>
      <dd>
        {isLine ? (
          <code className="font-mono text-body wrap-anywhere">
            <Said text={text} />
          </code>
        ) : (
          <ExactText text={text} label={name} />
        )}
      </dd>
    </div>
  )
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value)
  return value === undefined || value === null ? [] : [["arguments", value]]
}
