import type { ScanProgress, ScanView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Moment } from "../../components/moment.tsx"
import { Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"
import { ScanAgain } from "./scan-again.tsx"
import { Unreadable } from "./unreadable.tsx"

/** How far a scan is, or what the last one saw and what it could not see. */
export function ScanState(props: {
  title: string
  scan: ScanProgress
  /** Undefined until it is known. */
  last: ScanView | null | undefined
}): ReactNode {
  const { scan, last } = props
  return (
    <Section title={props.title} beside={<ScanAgain running={scan.running} />}>
      {scan.running && <Progress scan={scan} last={last} />}
      {scan.failed !== null && !scan.running && <Failed why={scan.failed} />}
      {last ? (
        <LastScan last={last} />
      ) : (
        last === null && !scan.running && <p className="text-soft">No scan has finished yet.</p>
      )}
    </Section>
  )
}

function Progress({ scan, last }: { scan: ScanProgress; last: ScanView | null | undefined }): ReactNode {
  // How many files there are is not known before the end; the last scan is the best guess, and none is told without one.
  const share = last && last.filesRead > 0 ? Math.min(0.97, scan.filesRead / last.filesRead) : undefined
  return (
    <div className="mb-3">
      <div
        role="progressbar"
        aria-label="Scan"
        aria-valuenow={share === undefined ? undefined : Math.round(share * 100)}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className={`h-full rounded-full bg-accent transition-[width] duration-150 ${share === undefined ? "skeleton !bg-accent" : ""}`}
          style={{ width: `${(share ?? 1) * 100}%` }}
        />
      </div>
      <p className="mt-1.5 flex gap-2 text-small text-soft">
        <span className="shrink-0">
          {count(scan.filesRead, "file")} read of {count(scan.filesSeen, "file")} seen
        </span>
        {scan.place !== null && (
          <span className="min-w-0 truncate font-mono text-faint">
            <Said text={scan.place} />
          </span>
        )}
      </p>
    </div>
  )
}

function Failed({ why }: { why: string }): ReactNode {
  return (
    <p role="alert" className="mb-3 flex items-start gap-2 rounded-md bg-deny-wash px-3 py-2 text-deny">
      <Icon name="warning" className="mt-0.5" />
      <span>
        The last scan failed: <Said text={why} />
      </span>
    </p>
  )
}

function LastScan({ last }: { last: ScanView }): ReactNode {
  return (
    <>
      <p>
        The last scan ended <Moment at={last.finishedAt} /> and read {count(last.filesRead, "file")} under{" "}
        {last.roots.map((root, place) => (
          <span key={root}>
            {place > 0 && ", "}
            <code className="font-mono text-small wrap-anywhere">
              <Said text={root} />
            </code>
          </span>
        ))}
        .
      </p>
      <Unreadable places={last.unreadable} />
    </>
  )
}
