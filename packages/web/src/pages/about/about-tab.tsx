import type { AgentDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { Answering } from "./answering.tsx"
import { Description } from "./description.tsx"
import { Maintainers } from "./maintainers.tsx"

/** Who answers for an agent and who helps, and what people and scans say it is. */
export function AboutTab({ agent }: { agent: AgentDetail }): ReactNode {
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
      <Description agent={agent} />
      <div className="min-w-0 space-y-8">
        <Answering agent={agent} />
        <Maintainers agent={agent} />
      </div>
    </div>
  )
}
