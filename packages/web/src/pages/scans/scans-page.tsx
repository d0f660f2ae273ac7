import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { ColumnHead } from "../../components/column-head.tsx"
import { WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Page } from "../../components/page.tsx"
import { PagedRows } from "../../components/paged-rows.tsx"
import { useOverview } from "../../data/overview-query.ts"
import { useOwnScan, useReporters, useScans } from "../../data/sources-query.ts"
import { ScanState } from "../overview/scan-state.tsx"
import { ScanDrawer } from "./scan-drawer.tsx"
import { SCAN_GRID, ScanRow } from "./scan-row.tsx"
import type { ScansSearch } from "./scans-search.ts"

const route = getRouteApi("/scans")
const ROW = 53

/** Every reading of machines and repositories, the newest first, and the one that runs now. */
export function ScansPage(): ReactNode {
  const { scan } = route.useSearch()
  const navigate = route.useNavigate()
  const reporters = useReporters()
  const names = new Map(reporters.data?.items.map(({ id, name }) => [id, name]))
  const nameOf = (reporter: string): string => names.get(reporter) ?? (reporters.isPending ? "…" : reporter)
  return (
    <Page title="Scans">
      <ThisServer />
      <WithDrawer
        drawer={
          scan && (
            <ScanDrawer
              key={scan}
              id={scan}
              nameOf={nameOf}
              onClose={() => void navigate({ search: {}, replace: true })}
            />
          )
        }
      >
        <ScanList search={scan ? { scan } : {}} nameOf={nameOf} />
      </WithDrawer>
    </Page>
  )
}

function ThisServer(): ReactNode {
  const own = useOwnScan()
  return (
    <div className="mb-8">
      <Loaded
        reading={readingOf(useOverview())}
        what="The scan of this server"
        loading={<SkeletonLines lines={2} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {({ scan }) => <ScanState title="This server" scan={scan} last={own} />}
      </Loaded>
    </div>
  )
}

function ScanList(props: { search: ScansSearch; nameOf: (reporter: string) => string }): ReactNode {
  return (
    <div className="@container">
      <PagedRows
        list={useScans()}
        what="The scans"
        name="Scans"
        one="scan"
        height={ROW}
        empty={
          <EmptyFace title="Nothing has been scanned yet">
            Each reading of a machine or a repository is kept here, with what it could not read.
          </EmptyFace>
        }
        head={<ColumnHead grid={SCAN_GRID} names={["By", "What it brought", "Read", "Took", "Ended"]} />}
      >
        {(scan) => <ScanRow scan={scan} reporter={props.nameOf(scan.reporter)} search={props.search} />}
      </PagedRows>
    </div>
  )
}
