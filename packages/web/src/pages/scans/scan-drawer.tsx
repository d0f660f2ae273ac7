import type { ScanView } from "@tabard/api"
import type { ReactNode } from "react"
import { Drawer, DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useScan } from "../../data/seen-query.ts"
import { count, grouped } from "../../words/count.ts"
import { exactTime } from "../../words/time.ts"
import { changeWords, tookWords } from "./scan-words.ts"

/** One scan beside the list: what it read, what it brought, and every place that it could not read. */
export function ScanDrawer(props: {
  id: string
  nameOf: (reporter: string) => string
  onClose: () => void
}): ReactNode {
  return (
    <Drawer kind="Scan" onClose={props.onClose}>
      <Loaded
        reading={readingOf(useScan(props.id))}
        what="The scan"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(scan) => <Story scan={scan} reporter={props.nameOf(scan.reporter)} />}
      </Loaded>
    </Drawer>
  )
}

function Story({ scan, reporter }: { scan: ScanView; reporter: string }): ReactNode {
  return (
    <div className="space-y-5">
      <header>
        <h2 className="text-lead font-semibold wrap-anywhere">
          <Said text={reporter} />
        </h2>
        <p className="text-soft">
          ended <Moment at={scan.finishedAt} />, took {tookWords(scan)}
        </p>
      </header>
      <dl>
        <DrawerFact name="Began">{exactTime(scan.startedAt)}</DrawerFact>
        <DrawerFact name="Read">
          {count(scan.filesRead, "file")} under{" "}
          <code className="font-mono text-small">
            <Said text={scan.roots.join(", ")} />
          </code>
        </DrawerFact>
        {scan.result && (
          <>
            <DrawerFact name="Agents">{grouped(scan.result.agents)}</DrawerFact>
            <DrawerFact name="Servers">{grouped(scan.result.servers)}</DrawerFact>
            <DrawerFact name="Credentials">{grouped(scan.result.credentials)}</DrawerFact>
          </>
        )}
        <DrawerFact name="Brought">{changeWords(scan)}</DrawerFact>
      </dl>
      <DrawerPart
        title={
          scan.unreadable.length === 0
            ? "All was read"
            : `${count(scan.unreadable.length, "place")} could not be read`
        }
      >
        {scan.unreadable.length > 0 && (
          <p className="mb-2 text-soft">What is there is unknown, not absent.</p>
        )}
        <ul className="space-y-1.5">
          {scan.unreadable.map(({ path, reason }) => (
            <li key={`${path} ${reason}`}>
              <code className="font-mono text-small wrap-anywhere">
                <Said text={path} />
              </code>
              <span className="block text-small text-faint">
                <Said text={reason} />
              </span>
            </li>
          ))}
        </ul>
      </DrawerPart>
    </div>
  )
}
