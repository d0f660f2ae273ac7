import type { SeenAtView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DrawerPart } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { FindingRow } from "../../components/finding-row.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useFindingsAbout } from "../../data/seen-query.ts"
import { useReporters } from "../../data/sources-query.ts"
import { count } from "../../words/count.ts"

interface SeenThing {
  readonly agents: readonly { readonly id: string; readonly name: string }[]
  readonly agentCount: number
  readonly seen: readonly SeenAtView[]
}

/** The agents that use a seen thing. */
export function UsedBy({ thing: { agents, agentCount } }: { thing: SeenThing }): ReactNode {
  return (
    <DrawerPart title={agentCount === 0 ? "No agent uses it" : `Used by ${count(agentCount, "agent")}`}>
      <ul>
        {agents.map(({ id, name }) => (
          <li key={id} className="py-0.5">
            <Link
              to="/agents/$id"
              params={{ id }}
              search={{ tab: "access" }}
              className="wrap-anywhere text-accent hover:underline"
            >
              <Said text={name} />
            </Link>
          </li>
        ))}
        {agentCount > agents.length && <li className="text-faint">and {agentCount - agents.length} more</li>}
      </ul>
    </DrawerPart>
  )
}

/** How many places are told before somebody asks for all. */
const PLACES = 6

/** Where a thing was seen, and by which machine. */
export function SeenAt({ seen }: { seen: readonly SeenAtView[] }): ReactNode {
  const [all, setAll] = useState(false)
  const names = new Map(useReporters().data?.items.map(({ id, name }) => [id, name]))
  const places = seen.flatMap((sighting) =>
    sighting.locations.map(({ path, line }) => ({
      place: line === null ? path : `${path}:${line}`,
      reporter: names.get(sighting.reporter) ?? sighting.reporter,
      vanishedAt: sighting.vanishedAt,
    })),
  )
  return (
    <DrawerPart title={places.length === 1 ? "Where" : `Where: ${count(places.length, "place")}`}>
      <ul className="space-y-1.5">
        {places.slice(0, all ? places.length : PLACES).map(({ place, reporter, vanishedAt }) => (
          <li key={`${reporter} ${place}`} className={vanishedAt === null ? "" : "text-faint"}>
            <code className="font-mono text-small wrap-anywhere">
              <Said text={place} />
            </code>
            <span className="block text-small text-faint">
              <Said text={reporter} />
              {vanishedAt !== null && (
                <>
                  , not there any more since <Moment at={vanishedAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {places.length > PLACES && !all && (
        <Button size="small" look="quiet" className="mt-1 -ml-2" onClick={() => setAll(true)}>
          Show all {count(places.length, "place")}
        </Button>
      )}
    </DrawerPart>
  )
}

/** What is to be put right about one thing. */
export function FindingsAbout({ subject }: { subject: string }): ReactNode {
  return (
    <DrawerPart title="Findings about it">
      <Loaded
        reading={readingOf(useFindingsAbout(subject))}
        what="The findings about it"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ items }) => items.length === 0}
        empty={<p className="text-soft">None is open.</p>}
        partial={() => null}
      >
        {({ items }) => (
          <ul className="-mx-3">
            {items.map((finding) => (
              <li key={finding.id}>
                <FindingRow finding={finding} search={{}} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </DrawerPart>
  )
}
