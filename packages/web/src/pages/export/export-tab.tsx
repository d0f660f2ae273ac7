import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame } from "../../components/page.tsx"
import { useSinks } from "../../data/sinks-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { MakeSinkDialog } from "./sink-dialogs.tsx"
import { SinkRow } from "./sink-row.tsx"

/** Where the record is exported to, how each receiver does, and what can be done about it. */
export function ExportTab(): ReactNode {
  const isAdministrator = useSignedIn().user.role === "administrator"
  const [making, setMaking] = useState(false)
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-pretty text-soft">
          A sink carries the record to a receiver of yours, entry by entry and in order. A receiver that was
          away gets everything that it missed.
        </p>
        {isAdministrator && (
          <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
            Add a sink
          </Button>
        )}
      </div>
      <Loaded
        reading={readingOf(useSinks())}
        what="The sinks"
        loading={<SkeletonLines lines={3} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Frame>
            <EmptyFace title="The record goes nowhere else yet">
              Add a sink, and the record has a copy outside: with the checkpoints in it, nobody can rewrite
              the log here unnoticed.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => (
          <Frame>
            <ul aria-label="Sinks">
              {items.map((sink) => (
                <li key={sink.id} className="border-b last:border-b-0">
                  <SinkRow sink={sink} mayAct={isAdministrator} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {making && <MakeSinkDialog onClose={() => setMaking(false)} />}
    </>
  )
}
