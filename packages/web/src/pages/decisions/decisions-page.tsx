import { getRouteApi, Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Page } from "../../components/page.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { useDecisions } from "../../data/decisions-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { DecisionDrawer } from "./decision-drawer.tsx"
import { DecisionRow } from "./decision-row.tsx"
import { DecisionsFilters } from "./decisions-filters.tsx"
import {
  type DecisionsChange,
  type DecisionsSearch,
  filterOf,
  parseDecisionsSearch,
} from "./decisions-search.ts"

const route = getRouteApi("/decisions")

const ROW = 57

/** What was decided about calls, newest first; one of them opens beside the list, to be explained and asked again. */
export function DecisionsPage(): ReactNode {
  const search = parseDecisionsSearch(route.useSearch())
  const navigate = route.useNavigate()
  const change = (next: DecisionsChange): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    void navigate({ search: { ...search, ...next } as DecisionsSearch, replace: true })
  const close = (): void => change({ decision: undefined, part: undefined })
  const { decision, part } = search
  return (
    <Page title="Decisions">
      <DecisionsFilters search={search} onSearch={change} />
      <WithDrawer
        drawer={
          decision && (
            <DecisionDrawer
              key={decision}
              id={decision}
              part={part ?? "why"}
              onPart={(next) => change({ part: next === "why" ? undefined : next })}
              onClose={close}
            />
          )
        }
      >
        <DecisionsList search={search} onSearch={change} />
      </WithDrawer>
    </Page>
  )
}

function DecisionsList(props: {
  search: DecisionsSearch
  onSearch: (change: DecisionsChange) => void
}): ReactNode {
  const { search, onSearch } = props
  const decisions = useDecisions(filterOf(search))
  const { decision: open, part: _, ...filters } = search
  const clear = Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]))
  return (
    <PagedRows
      list={decisions}
      what="The decisions"
      name="Decisions"
      one="decision"
      height={ROW}
      empty={<NoDecision isFiltered={Object.keys(filters).length > 0} onClear={() => onSearch(clear)} />}
    >
      {(decision) => <DecisionRow decision={decision} search={filters} isOpen={decision.id === open} />}
    </PagedRows>
  )
}

function NoDecision({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }): ReactNode {
  const whose = useSeesWhole() ? "an agent" : "one of your agents"
  if (isFiltered)
    return (
      <EmptyFace title="No decision matches" next={<Button onClick={onClear}>Show every decision</Button>}>
        None of these filters together holds one. What other software only asked about{" "}
        <Link to="/audit" search={{ type: "access.evaluated" }} className="text-accent underline">
          stands in the record
        </Link>
        .
      </EmptyFace>
    )
  return (
    <EmptyFace title="Nothing has been decided yet">
      Each time {whose} calls a tool, the answer and what explains it show here.
    </EmptyFace>
  )
}
