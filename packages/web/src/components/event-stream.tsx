import type { EventView } from "@tabard/api"
import type { ReactNode } from "react"
import type { Stream } from "../data/events-query.ts"
import { Button } from "./button.tsx"
import { SkeletonLines } from "./faces.tsx"
import { Loaded } from "./loaded.tsx"

/** The record with its faces, and a way further back. */
export function EventStream(props: {
  stream: Stream
  empty: ReactNode
  /** Said behind the last event. */
  end?: string
  children: (events: readonly EventView[]) => ReactNode
}): ReactNode {
  const { events, isPending, updatedAt, error, retry, older, readingOlder } = props.stream
  const data = isPending || updatedAt === 0 ? undefined : events
  return (
    <Loaded
      reading={{ data, error, updatedAt, retry }}
      what="The record"
      loading={<SkeletonLines lines={12} />}
      isEmpty={(read) => read.length === 0}
      empty={props.empty}
      partial={() => null}
    >
      {(read) => (
        <>
          {props.children(read)}
          <div className="flex justify-center py-4 text-small text-faint">
            {older ? (
              <Button busy={readingOlder} onClick={older}>
                Show older events
              </Button>
            ) : (
              (props.end ?? "The record begins here.")
            )}
          </div>
        </>
      )}
    </Loaded>
  )
}
