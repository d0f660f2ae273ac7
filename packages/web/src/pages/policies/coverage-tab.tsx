import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { FilterBar, FilterChoice, FilterGroup } from "../../components/filter-bar.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useCoverage } from "../../data/coverage-query.ts"
import { useServers } from "../../data/servers-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { type CoverageVerdict, VERDICT_WORDS } from "../../words/verdict-words.ts"
import { columnsOf, MOST_COLUMNS, onlyServer } from "./coverage-columns.ts"
import { CoverageDrawer } from "./coverage-drawer.tsx"
import { CoverageMatrix } from "./coverage-matrix.tsx"
import type { PolicyPartProps } from "./policies-page.tsx"
import { PolicyGaps } from "./policy-gaps.tsx"
import { VerdictIcon } from "./verdict-icon.tsx"

const VERDICTS: readonly CoverageVerdict[] = ["permit", "ask", "deny", "nothing"]

/** Which agents and tools are under which rule, and which under none. */
export function CoverageTab({ search, onSearch }: PolicyPartProps): ReactNode {
  const seesWhole = useSeesWhole()
  const servers = useServers()
  const list = useCoverage(search.who === "every" ? {} : { state: "active" })
  const { agent, ...others } = search
  const open = agent !== undefined && (
    <CoverageDrawer
      key={agent}
      agent={agent}
      coverage={list.items.find((one) => one.agent === agent)}
      onClose={() => onSearch(others)}
    />
  )
  return (
    <>
      {seesWhole && <PolicyGaps />}
      <CoverageFilters search={search} onSearch={onSearch} servers={servers.data?.items ?? []} />
      <WithDrawer drawer={open}>
        <Signs />
        <Loaded
          reading={readingOf(servers)}
          what="The tools"
          loading={<SkeletonRows rows={8} height={37} />}
          isEmpty={({ items }) => items.every(({ tools }) => tools.length === 0)}
          empty={
            <EmptyFace title="No tool was reviewed yet">
              What agents may use is seen here once a server stands behind the gateway.
            </EmptyFace>
          }
          partial={() => null}
        >
          {({ items }) => (
            <>
              <Narrowed to={onlyServer(items, search.server)} />
              <CoverageMatrix list={list} columns={columnsOf(items, search.server)} search={search} />
            </>
          )}
        </Loaded>
      </WithDrawer>
    </>
  )
}

function CoverageFilters(
  props: PolicyPartProps & { servers: readonly { readonly id: string; readonly name: string }[] },
): ReactNode {
  const { search, onSearch, servers } = props
  const { who, server, ...others } = search
  const kept = { ...(who && { who }), ...(server && { server }) }
  return (
    <FilterBar>
      <FilterGroup>
        <Chip
          on={who === undefined}
          count={undefined}
          onToggle={() => onSearch({ ...others, ...(server && { server }) })}
        >
          Active agents
        </Chip>
        <Chip
          on={who === "every"}
          count={undefined}
          onToggle={() => onSearch({ ...others, ...kept, who: "every" })}
        >
          Every agent
        </Chip>
      </FilterGroup>
      {servers.length > 1 && (
        <FilterChoice
          label="Server"
          any="Every server"
          chosen={server}
          options={servers.map(({ id, name }) => [id, name] as const)}
          onChoose={(chosen) =>
            onSearch({ ...others, ...(who && { who }), ...(chosen && { server: chosen }) })
          }
        />
      )}
    </FilterBar>
  )
}

/** Said where more tools are reviewed than stand beside each other. */
function Narrowed({ to }: { to: string | undefined }): ReactNode {
  if (to === undefined) return null
  return (
    <p className="mb-2 text-small text-pretty text-faint">
      More than {MOST_COLUMNS} tools are reviewed: those of <Said text={to} /> are shown. Choose another
      server for its own.
    </p>
  )
}

function Signs(): ReactNode {
  return (
    <ul aria-label="What the signs mean" className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-small text-soft">
      {VERDICTS.map((verdict) => (
        <li key={verdict} className="flex items-center gap-1.5 whitespace-nowrap">
          <span aria-hidden="true">
            <VerdictIcon verdict={verdict} />
          </span>
          {VERDICT_WORDS[verdict]}
        </li>
      ))}
    </ul>
  )
}
