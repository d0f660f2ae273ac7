import type { ScanView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useReporters, useScans } from "../../data/sources-query.ts"
import { count } from "../../words/count.ts"
import { Unreadable } from "../overview/unreadable.tsx"

const SHOWN = 10

/** What was read and when, the newest first, with what could not be. */
export function Scans(): ReactNode {
  const [all, setAll] = useState(false)
  const names = new Map(useReporters().data?.items.map(({ id, name }) => [id, name]))
  return (
    <Frame>
      <Loaded
        reading={readingOf(useScans())}
        what="The scans"
        loading={<SkeletonLines lines={4} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyFace title="Nothing has been scanned yet">
            Each reading of a machine or a repository is kept here, with what it could not read.
          </EmptyFace>
        }
        partial={() => null}
      >
        {({ items }) => (
          <>
            <ul>
              {items.slice(0, all ? items.length : SHOWN).map((scan) => (
                <li key={scan.id} className="border-b px-3 py-2.5 last:border-b-0">
                  <ScanLine scan={scan} reporter={names.get(scan.reporter) ?? scan.reporter} />
                </li>
              ))}
            </ul>
            {items.length > SHOWN && !all && (
              <div className="border-t px-1 py-1">
                <Button look="quiet" size="small" onClick={() => setAll(true)}>
                  Show all {count(items.length, "scan")}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Frame>
  )
}

function ScanLine({ scan, reporter }: { scan: ScanView; reporter: string }): ReactNode {
  return (
    <>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 wrap-anywhere">
          <span className="font-medium">
            <Said text={reporter} />
          </span>{" "}
          read {count(scan.filesRead, "file")} under{" "}
          <code className="font-mono text-small">
            <Said text={scan.roots.join(", ")} />
          </code>
        </span>
        <span className="text-small text-faint">
          <Moment at={scan.finishedAt} />
        </span>
      </p>
      <Unreadable places={scan.unreadable} />
    </>
  )
}
