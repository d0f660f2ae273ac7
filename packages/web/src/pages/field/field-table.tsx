import type { RiskPictureAgent } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Icon } from "../../components/icon.tsx"
import { RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { categoryWords } from "../../words/agent-words.ts"

const HEADS = ["Agent", "Category", "Access", "Autonomy", "Risk", "Owner"]

/** The picture as a table, for whoever reads rather than looks; it is made when it is asked for. */
export function FieldTable({ agents }: { agents: readonly RiskPictureAgent[] }): ReactNode {
  const [open, setOpen] = useState(false)
  return (
    <details className="group" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex w-fit items-center gap-1 text-small text-soft hover:text-ink">
        <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
        The same as a table
      </summary>
      {open && (
        <div
          className="mt-2 max-h-80 overflow-auto rounded-lg border"
          tabIndex={0}
          role="region"
          aria-label="Agents by risk"
        >
          <table className="w-full text-left">
            <thead className="sticky top-0 bg-ground text-small text-faint">
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col" className="border-b px-3 py-1.5 font-normal">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {agents.map((agent) => (
                <Row key={agent.id} agent={agent} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  )
}

function Row({ agent }: { agent: RiskPictureAgent }): ReactNode {
  return (
    <tr className="border-b last:border-b-0">
      <th scope="row" className="px-3 py-1.5 font-medium">
        <Link to="/agents/$id" params={{ id: agent.id }} className="hover:underline">
          <Said text={agent.name} />
        </Link>
      </th>
      <td className="px-3 py-1.5 text-soft">{categoryWords(agent.category).label}</td>
      <td className="px-3 py-1.5">{agent.access}</td>
      <td className="px-3 py-1.5">{agent.autonomy}</td>
      <td className="px-3 py-1.5">
        <RiskMark risk={agent} />
      </td>
      <td className="px-3 py-1.5 text-soft">{agent.orphaned ? "None" : "Yes"}</td>
    </tr>
  )
}
