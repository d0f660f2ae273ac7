import type { ReactNode } from "react"
import { FailedFace, LastRead, PartialFace } from "./faces.tsx"

/** Something read from the server, as the cache tells of it. */
export interface Reading<Data> {
  readonly data: Data | undefined
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
}

/** Answers a reading from a query of the cache. */
export function readingOf<Data>(query: {
  data: Data | undefined
  error: Error | null
  dataUpdatedAt: number
  refetch: () => unknown
}): Reading<Data> {
  const { data, error, dataUpdatedAt } = query
  return { data, error, updatedAt: dataUpdatedAt, retry: () => void query.refetch() }
}

/** What a list or figure must say besides its content: none of the faces can be forgotten. */
export interface LoadedProps<Data> {
  readonly reading: Reading<Data>
  /** As the subject of a sentence: `The agents`. */
  readonly what: string
  readonly loading: ReactNode
  readonly isEmpty: (data: Data) => boolean
  readonly empty: ReactNode
  /** Says what of it could not be read, or null where nothing is missing. */
  readonly partial: (data: Data) => string | null
  readonly children: (data: Data) => ReactNode
}

/** Shows what was read with the face that is true: loading, failed, empty, partial, stale or all of it. */
export function Loaded<Data>(props: LoadedProps<Data>): ReactNode {
  const { reading, what } = props
  const { data, error } = reading
  if (data === undefined) {
    if (error) return <FailedFace what={what} error={error} since={reading.updatedAt} retry={reading.retry} />
    return <Waiting what={what}>{props.loading}</Waiting>
  }
  const missing = props.partial(data)
  return (
    <>
      {error && <StaleFace {...props} />}
      {missing !== null && <PartialFace>{missing}</PartialFace>}
      {props.isEmpty(data) ? props.empty : props.children(data)}
    </>
  )
}

function StaleFace<Data>({ reading, what }: LoadedProps<Data>): ReactNode {
  return (
    <PartialFace retry={reading.retry}>
      {what} could not be read again. <LastRead since={reading.updatedAt} />
    </PartialFace>
  )
}

function Waiting({ what, children }: { what: string; children: ReactNode }): ReactNode {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {what}: reading
      </span>
      {children}
    </div>
  )
}
