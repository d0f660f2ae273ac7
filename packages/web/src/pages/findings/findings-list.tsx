import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { FindingRow } from "../../components/finding-row.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded } from "../../components/loaded.tsx"
import { Frame } from "../../components/page.tsx"
import { type Findings, useFindings } from "../../data/findings-query.ts"
import { count } from "../../words/count.ts"
import { type FindingsSearch, filterOf } from "./findings-search.ts"

/** The findings that the address asks for, the worst first. */
export function FindingsList({ search }: { search: FindingsSearch }): ReactNode {
  const findings = useFindings(filterOf(search))
  const { finding: open, ...filters } = search
  return (
    <Loaded
      reading={{
        ...findings,
        data: findings.isPending || findings.updatedAt === 0 ? undefined : findings.items,
      }}
      what="The findings"
      loading={<SkeletonLines lines={10} />}
      isEmpty={(items) => items.length === 0}
      empty={<NoFinding search={search} />}
      partial={() => null}
    >
      {(items) => (
        <>
          <Frame>
            <ul aria-label="Findings">
              {items.map((finding) => (
                <li key={finding.id} className="border-b last:border-b-0">
                  <FindingRow finding={finding} search={filters} isOpen={finding.id === open} />
                </li>
              ))}
            </ul>
          </Frame>
          <Foot findings={findings} />
        </>
      )}
    </Loaded>
  )
}

function Foot({ findings: { items, more, readingMore } }: { findings: Findings }): ReactNode {
  return (
    <div className="flex justify-center py-4 text-small text-faint" role="status">
      {more ? (
        <Button busy={readingMore} onClick={more}>
          Show more than {count(items.length, "finding")}
        </Button>
      ) : (
        `${count(items.length, "finding")}, and no more.`
      )}
    </div>
  )
}

function NoFinding({ search }: { search: FindingsSearch }): ReactNode {
  const { severity, rule, agent, state = "open" } = search
  if (severity ?? rule ?? agent) {
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
  return (
    <div className="pt-6">
      <Icon name="proof" className="mx-auto size-8 text-permit" />
      <EmptyFace title="Nothing is to be put right">
        Every rule looked at everything that is known, and none found anything that stands.
      </EmptyFace>
    </div>
  )
}

const STATE_EMPTY = {
  accepted: "What somebody decides to live with, for a reason and until a date, shows here.",
  resolved: "What was put right shows here, as it was last seen.",
} as const
