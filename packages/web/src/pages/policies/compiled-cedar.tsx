import type { PolicyView } from "@tabard/api"
import type { ReactNode } from "react"
import { ExactText } from "../../components/exact-json.tsx"
import { Icon } from "../../components/icon.tsx"
import { count } from "../../words/count.ts"

/** What decisions go by, for whoever wants to see it exactly; not told again where the text itself is it. */
export function CompiledCedar(props: { policies: readonly PolicyView[]; source?: string }): ReactNode {
  const { policies, source = "" } = props
  const isTheSource = policies.every(({ text }) => source.includes(text.trim()))
  if (policies.length === 0 || isTheSource) return null
  const text = policies.map(({ id, text: policy }) => `// ${id}\n${policy}`).join("\n\n")
  return (
    <details className="group">
      <summary className="inline-flex items-center gap-1.5 text-small text-soft hover:text-ink">
        <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
        The Cedar that it is compiled to, {count(policies.length, "policy", "policies")}
      </summary>
      <div className="mt-2">
        <ExactText text={text} label="The Cedar that it is compiled to" />
      </div>
    </details>
  )
}
