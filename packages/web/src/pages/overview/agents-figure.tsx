import type { AgentSummary } from "@tabard/api"
import type { AutonomyLevel, Category } from "@tabard/core"
import { type ReactNode, useMemo } from "react"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded } from "../../components/loaded.tsx"
import { Section } from "../../components/page.tsx"
import { useInventory } from "../../data/agents-query.ts"
import { keysOf } from "../../shell/read-address.ts"
import { AUTONOMY_WORDS, CATEGORY_WORDS } from "../../words/agent-words.ts"
import { type Spread, spreadOf } from "./spread.ts"

const LEVELS = keysOf(AUTONOMY_WORDS)
const CATEGORIES = keysOf(CATEGORY_WORDS)
const WASH_MAX = 45

/** How freely the agents of each category act: counts, no more. */
export function AgentsFigure(): ReactNode {
  const { agents, complete, isPending, error, updatedAt, retry } = useInventory()
  const data = isPending || updatedAt === 0 ? undefined : agents
  return (
    <Section title="Who acts how freely">
      <Loaded
        reading={{ data, error, updatedAt, retry }}
        what="The agents"
        loading={<SkeletonLines lines={4} />}
        isEmpty={(read) => read.length === 0}
        empty={
          <EmptyFace title="No agent has been found yet">
            They are counted here by category and autonomy.
          </EmptyFace>
        }
        partial={() => (complete ? null : "Not all agents are counted yet.")}
      >
        {(read) => <SpreadTable agents={read} />}
      </Loaded>
    </Section>
  )
}

function SpreadTable({ agents }: { agents: readonly AgentSummary[] }): ReactNode {
  const spread = useMemo(() => spreadOf(agents), [agents])
  const levels = LEVELS.filter((level) => CATEGORIES.some((category) => spread.count(category, level) > 0))
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Agents by category and autonomy">
      <table className="w-full min-w-96 table-fixed border-separate border-spacing-0.5 text-center">
        <thead>
          <tr className="text-small text-faint">
            <th scope="col" className="w-20">
              <span className="sr-only">Category</span>
            </th>
            {levels.map((level) => (
              <th
                key={level}
                scope="col"
                className="px-1 pb-1 align-bottom font-normal text-balance"
                title={AUTONOMY_WORDS[level].meaning}
              >
                {AUTONOMY_WORDS[level].label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {CATEGORIES.map((category) => (
            <tr key={category}>
              <th scope="row" className="pr-2 text-left font-normal text-soft">
                {CATEGORY_WORDS[category].label}
              </th>
              {levels.map((level) => (
                <Cell key={level} spread={spread} category={category} level={level} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({
  spread,
  category,
  level,
}: {
  spread: Spread
  category: Category
  level: AutonomyLevel
}): ReactNode {
  const many = spread.count(category, level)
  if (many === 0) return <td className="h-9 rounded bg-panel text-faint">·</td>
  // The wash grows with the logarithm: one agent shows, a thousand do not drown the rest.
  const wash = Math.round((WASH_MAX * Math.log1p(many)) / Math.log1p(spread.most))
  const background = `color-mix(in oklab, var(--color-accent) ${Math.max(8, wash)}%, var(--color-ground))`
  return (
    <td className="h-9 rounded font-medium" style={{ background }}>
      {many}
    </td>
  )
}
