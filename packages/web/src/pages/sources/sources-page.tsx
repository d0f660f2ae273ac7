import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Page, Section } from "../../components/page.tsx"
import { useOverview } from "../../data/overview-query.ts"
import { useOwnScan } from "../../data/sources-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { ScanState } from "../overview/scan-state.tsx"
import { EnrolReporterDialog } from "./enrol-reporter-dialog.tsx"
import { Reporters } from "./reporters.tsx"
import { Scans } from "./scans.tsx"

/** Where the inventory comes from: what this server scans, the machines that report, and what could not be read. */
export function SourcesPage(): ReactNode {
  const [enrolling, setEnrolling] = useState(false)
  const isSteward = useIsSteward()
  const overview = useOverview()
  const own = useOwnScan()
  return (
    <Page
      title="Sources"
      beside={
        isSteward && (
          <Button look="primary" icon="plus" onClick={() => setEnrolling(true)}>
            Enrol a machine
          </Button>
        )
      }
    >
      <div className="space-y-8">
        <Loaded
          reading={readingOf(overview)}
          what="The scan of this server"
          loading={<SkeletonLines lines={2} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {({ scan }) => <ScanState title="This server" scan={scan} last={own} />}
        </Loaded>
        <Section title="Machines that report">
          <Reporters onEnrol={isSteward ? () => setEnrolling(true) : undefined} />
        </Section>
        <Section title="Scans">
          <Scans />
        </Section>
      </div>
      {enrolling && <EnrolReporterDialog onClose={() => setEnrolling(false)} />}
    </Page>
  )
}
