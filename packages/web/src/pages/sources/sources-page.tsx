import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Page, Section } from "../../components/page.tsx"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { EnrolReporterDialog } from "./enrol-reporter-dialog.tsx"
import { Reporters } from "./reporters.tsx"

/** Where the inventory comes from besides this server's own scans: the machines that report. */
export function SourcesPage(): ReactNode {
  const [enrolling, setEnrolling] = useState(false)
  const isSteward = useIsSteward()
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
      <Section title="Machines that report">
        <Reporters onEnrol={isSteward ? () => setEnrolling(true) : undefined} />
      </Section>
      {enrolling && <EnrolReporterDialog onClose={() => setEnrolling(false)} />}
    </Page>
  )
}
