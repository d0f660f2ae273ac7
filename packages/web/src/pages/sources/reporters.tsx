import type { ReporterView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { ColumnHead } from "../../components/column-head.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useNow } from "../../data/clock-context.ts"
import { useReporters } from "../../data/sources-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { count } from "../../words/count.ts"
import { reporterStanding } from "./reporter-standing.ts"
import { RevokeReporterDialog } from "./revoke-reporter-dialog.tsx"

const ROW = 53
const GRID =
  "grid items-center gap-x-4 gap-y-1 px-3 @2xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1.6fr)_6rem]"
const REFRESH_MS = 60_000

/** The machines that push what they scan: whether they still do, what they could not read, what was refused. */
export function Reporters({ onEnrol }: { onEnrol: (() => void) | undefined }): ReactNode {
  return (
    <div className="@container">
      <Loaded
        reading={readingOf(useReporters())}
        what="The machines that report"
        loading={<SkeletonRows rows={3} height={ROW} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyFace
            title="No machine reports yet"
            next={onEnrol && <Button onClick={onEnrol}>Enrol a machine</Button>}
          >
            An enrolled machine scans itself and pushes what it saw: agents and places, never the bytes of a
            credential.
          </EmptyFace>
        }
        partial={() => null}
      >
        {({ items }) => (
          <>
            <ColumnHead grid={GRID} names={["Machine", "State", "Last report", ""]} />
            <ul className="border-t">
              {items.map((reporter) => (
                <li key={reporter.id} className={`min-h-11 border-b py-2 ${GRID}`}>
                  <ReporterRow reporter={reporter} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  )
}

function ReporterRow({ reporter }: { reporter: ReporterView }): ReactNode {
  const [revoking, setRevoking] = useState(false)
  const mayRevoke = useIsSteward() && reporter.revokedAt === null
  const standing = reporterStanding(reporter, useNow(REFRESH_MS))
  return (
    <>
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <Said text={reporter.name} />
        </span>
        <span className="block truncate text-small text-faint">
          enrolled by <Said text={reporter.enrolledBy} /> <Moment at={reporter.enrolledAt} />
        </span>
      </span>
      <Mark icon={standing.icon} tone={standing.tone} title={standing.meaning}>
        {standing.words}
      </Mark>
      <LastReport reporter={reporter} />
      <span className="@2xl:text-right">
        {mayRevoke && (
          <Button size="small" look="quiet" onClick={() => setRevoking(true)}>
            Revoke…
          </Button>
        )}
      </span>
      {revoking && <RevokeReporterDialog reporter={reporter} onClose={() => setRevoking(false)} />}
    </>
  )
}

function LastReport({
  reporter: { lastReport, refused, lastRefusal },
}: {
  reporter: ReporterView
}): ReactNode {
  return (
    <span className="min-w-0">
      {lastReport ? (
        <span className="block">
          <Moment at={lastReport.at} />, {count(lastReport.agents, "agent")}
          {lastReport.unreadable > 0 && (
            <span className="text-ask">, {count(lastReport.unreadable, "place")} could not be read</span>
          )}
        </span>
      ) : (
        <span className="block text-faint">Nothing yet</span>
      )}
      {lastRefusal && (
        <span className="block text-small wrap-anywhere text-high">
          {count(refused, "report")} refused, last <Moment at={lastRefusal.at} />:{" "}
          <Said text={lastRefusal.why} />
        </span>
      )}
    </span>
  )
}
