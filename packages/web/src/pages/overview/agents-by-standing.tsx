import type { AgentSummary } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useMemo } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded } from "../../components/loaded.tsx"
import { NoAgentsYet } from "../../components/no-agents-yet.tsx"
import { Section } from "../../components/page.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { keysOf } from "../../shell/read-address.ts"
import { CATEGORY_WORDS, STATE_MEANINGS, STATE_WORDS } from "../../words/agent-words.ts"
import { grouped } from "../../words/count.ts"
import { standingCounts } from "./standing-counts.ts"

const CATEGORIES = keysOf(CATEGORY_WORDS)
const WASH_MAX = 40

/** How many agents of each category stand in each state; each number leads to them. */
export function AgentsByStanding(): ReactNode {
  const { agents, complete, isPending, error, updatedAt, retry } = useInventory()
  const data = isPending || updatedAt === 0 ? undefined : agents
  return (
    <Section title="Agents by category and state">
      <Loaded
        reading={{ data, error, updatedAt, retry }}
        what="The agents"
        loading={<SkeletonLines lines={4} />}
        isEmpty={(read) => read.length === 0}
        empty={<NoAgentsYet>They are counted here by category and state.</NoAgentsYet>}
        partial={() => (complete ? null : "Not all agents are counted yet.")}
      >
        {(read) => <CountTable agents={read} />}
      </Loaded>
    </Section>
  )
}

function CountTable({ agents }: { agents: readonly AgentSummary[] }): ReactNode {
  const counts = useMemo(() => standingCounts(agents), [agents])
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Agents by category and state">
      <table className="w-full min-w-96 table-fixed border-separate border-spacing-0.5 text-center">
        <thead>
          <tr className="text-small text-faint">
            <th scope="col" className="w-20">
              <span className="sr-only">Category</span>
            </th>
            {counts.states.map((state) => (
              <th key={state} scope="col" className="px-1 pb-1 font-normal" title={STATE_MEANINGS[state]}>
                {STATE_WORDS[state]}
              </th>
            ))}
            <th scope="col" className="px-1 pb-1 font-normal">
              No owner
            </th>
          </tr>
        </thead>
        <tbody>
          {CATEGORIES.map((category) => (
            <tr key={category}>
              <th scope="row" className="pr-2 text-left font-normal text-soft">
                {CATEGORY_WORDS[category].label}
              </th>
              {counts.states.map((state) => (
                <Cell
                  key={state}
                  many={counts.count(category, state)}
                  most={counts.most}
                  search={{ category, state }}
                />
              ))}
              <Cell many={counts.orphaned(category)} most={0} search={{ category, orphaned: "yes" }} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell(props: { many: number; most: number; search: Readonly<Record<string, string>> }): ReactNode {
  const { many, most, search } = props
  if (many === 0) return <td className="h-9 rounded bg-panel text-faint">·</td>
  // The wash grows with the logarithm: one agent shows, a thousand do not drown the rest.
  const wash = most === 0 ? 0 : Math.max(8, Math.round((WASH_MAX * Math.log1p(many)) / Math.log1p(most)))
  const background = `color-mix(in oklab, var(--color-accent) ${wash}%, var(--color-panel))`
  return (
    <td className="h-9 rounded p-0 font-medium" style={{ background }}>
      <Link to="/agents" search={search} className="block py-2 -outline-offset-2 hover:underline">
        {grouped(many)}
      </Link>
    </td>
  )
}
