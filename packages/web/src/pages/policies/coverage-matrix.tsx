import type { CoverageView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, type UIEvent, useRef } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { rowGround } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { useAgentNames } from "../../data/agent-names.ts"
import type { PagedList } from "../../data/paged-list.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { type CoverageVerdict, VERDICT_WORDS } from "../../words/verdict-words.ts"
import type { CoverageColumn } from "./coverage-columns.ts"
import type { PoliciesSearch } from "./policies-search.ts"
import { VerdictIcon } from "./verdict-icon.tsx"

const ROW = 37
/** As wide as names are; on a phone the signs have the room. */
const NAME = "w-32 shrink-0 md:w-52"
const COLUMN_PX = 28
/** As wide as what stands beside the signs: the name before them, and that there is no manifest behind them. */
const BESIDE = "25rem"

/** Agents above each other, tools beside each other, and in each place what the rules say: holes are seen at a glance. */
export function CoverageMatrix(props: {
  list: PagedList<CoverageView>
  columns: readonly CoverageColumn[]
  search: PoliciesSearch
}): ReactNode {
  const { list, columns, search } = props
  const nameOf = useAgentNames()
  const rows = { ...list, items: list.items.map((coverage) => ({ ...coverage, id: coverage.agent })) }
  const head = useRef<HTMLDivElement>(null)
  // The names stay in sight over thousands of rows, so they stand outside of what scrolls sideways, and follow it.
  const follow = ({ currentTarget }: UIEvent<HTMLDivElement>): void =>
    head.current?.scrollTo({ left: currentTarget.scrollLeft })
  return (
    <div>
      <div ref={head} className="sticky top-12 z-20 overflow-hidden bg-ground">
        {rows.items.length > 0 && <ToolNames columns={columns} />}
      </div>
      <div
        role="region"
        aria-label="Coverage"
        tabIndex={0}
        onScroll={follow}
        className="relative w-full overflow-x-auto -outline-offset-2"
      >
        <div style={{ width: `max(100%, calc(${BESIDE} + ${columns.length * COLUMN_PX}px))` }}>
          <PagedRows
            list={rows}
            what="The coverage"
            name="Agents and what the rules say of each tool"
            one="agent"
            height={ROW}
            empty={
              <EmptyFace title="There is no such agent">
                Agents stand here once they are adopted, with the tools that their manifests permit.
              </EmptyFace>
            }
          >
            {(coverage) => (
              <Link
                to="/policies"
                search={{ ...search, agent: coverage.agent }}
                replace={search.agent !== undefined}
                data-row=""
                className="group flex items-center -outline-offset-2 hover:bg-panel"
              >
                <span
                  className={`sticky left-0 z-10 truncate px-3 leading-9 ${NAME} ${search.agent === coverage.agent ? rowGround(true) : "bg-ground group-hover:bg-panel"}`}
                >
                  {nameOf(coverage.agent)}
                </span>
                <Cells coverage={coverage} columns={columns} />
              </Link>
            )}
          </PagedRows>
        </div>
      </div>
    </div>
  )
}

/** The names stand upright over their columns, those of servers over the first of theirs. */
function ToolNames({ columns }: { columns: readonly CoverageColumn[] }): ReactNode {
  return (
    <div aria-hidden="true" className="flex w-max min-w-full items-end pr-72 pb-1">
      <span className={`sticky left-0 z-10 h-40 bg-ground ${NAME}`} />
      {columns.map(({ server, serverName, tool, isFirst }) => (
        <span
          key={`${server}/${tool}`}
          title={plainText(`${serverName}/${tool}`)}
          className={`flex h-40 shrink-0 rotate-180 items-center py-1 text-small text-soft [writing-mode:vertical-rl] ${isFirst ? "border-r border-edge" : ""}`}
          style={{ width: COLUMN_PX }}
        >
          <span className="max-h-full truncate">
            {isFirst && <span className="font-medium text-ink">{plainText(serverName)} / </span>}
            {plainText(tool)}
          </span>
        </span>
      ))}
    </div>
  )
}

function Cells(props: { coverage: CoverageView; columns: readonly CoverageColumn[] }): ReactNode {
  const { coverage, columns } = props
  const verdicts = new Map(coverage.tools.map(({ server, tool, verdict }) => [`${server}/${tool}`, verdict]))
  const shown = columns.map((column) => ({
    column,
    verdict: verdicts.get(`${column.server}/${column.tool}`) ?? ("nothing" as const),
  }))
  return (
    <>
      <span className="sr-only">{summaryOf(shown.map(({ verdict }) => verdict))}</span>
      {shown.map(({ column: { server, serverName, tool, isFirst }, verdict }) => (
        <span
          key={`${server}/${tool}`}
          aria-hidden="true"
          title={plainText(`${serverName}/${tool}: ${VERDICT_WORDS[verdict]}`)}
          className={`grid h-9 shrink-0 place-items-center ${isFirst ? "border-l border-edge" : ""}`}
          style={{ width: COLUMN_PX }}
        >
          <VerdictIcon verdict={verdict} />
        </span>
      ))}
      {!coverage.manifest && <NoManifest byHand={coverage.byHand} />}
    </>
  )
}

function NoManifest({ byHand }: { byHand: boolean }): ReactNode {
  return (
    <span className="truncate pl-3 text-small text-faint">
      <Said text={byHand ? "no manifest, policies by hand" : "no manifest"} />
    </span>
  )
}

function summaryOf(verdicts: readonly CoverageVerdict[]): string {
  const many = (verdict: CoverageVerdict): number => verdicts.filter((one) => one === verdict).length
  return `${count(many("permit"), "tool")} permitted, ${many("ask")} asked first, ${many("deny")} kept from it, ${many("nothing")} under no rule`
}
