import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { FindingRow } from "../../components/finding-row.tsx"
import { Icon } from "../../components/icon.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { useFindings } from "../../data/findings-query.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { type FindingsSearch, filterOf } from "./findings-search.ts"

const ROW = 57

/** The findings that the address asks for, the worst first. */
export function FindingsList({ search }: { search: FindingsSearch }): ReactNode {
  const findings = useFindings(filterOf(search))
  const { finding: open, ...filters } = search
  return (
    <PagedRows
      list={findings}
      what="The findings"
      name="Findings"
      one="finding"
      height={ROW}
      empty={<NoFinding search={search} />}
    >
      {(finding) => <FindingRow finding={finding} search={filters} isOpen={finding.id === open} />}
    </PagedRows>
  )
}

function NoFinding({ search }: { search: FindingsSearch }): ReactNode {
  const { severity, rule, agent, mine, state = "open" } = search
  if (severity ?? rule ?? agent ?? mine) {
    return (
      <EmptyFace
        title="No finding matches"
        next={
          <Link to="/findings" search={{}} className="text-accent hover:underline">
            Show all that is open
          </Link>
        }
      >
        None of these filters together holds one.
      </EmptyFace>
    )
  }
  if (state !== "open") {
    return <EmptyFace title={`Nothing is ${state}`}>{STATE_EMPTY[state]}</EmptyFace>
  }
  return <NothingStands />
}

function NothingStands(): ReactNode {
  const known = useSeesWhole() ? "everything that is known" : "your agents and what they use"
  return (
    <div className="pt-6">
      <Icon name="proof" className="mx-auto size-8 text-permit" />
      <EmptyFace title="Nothing is to be put right">
        Every rule looked at {known}, and none found anything that stands.
      </EmptyFace>
    </div>
  )
}

const STATE_EMPTY = {
  accepted: "What somebody decides to live with, for a reason and until a date, shows here.",
  resolved: "What was put right shows here, as it was last seen.",
} as const
