import type { ReactNode } from "react"
import { problemWords } from "../words/problem-words.ts"
import { Button } from "./button.tsx"
import { Icon } from "./icon.tsx"
import { Moment } from "./moment.tsx"

/** Says that there is nothing, what would be here, and the one next step. */
export function EmptyFace(props: { title: string; children: ReactNode; next?: ReactNode }): ReactNode {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-8 text-center">
      <p className="font-medium">{props.title}</p>
      <p className="max-w-prose text-balance text-soft">{props.children}</p>
      {props.next && <div className="mt-3">{props.next}</div>}
    </div>
  )
}

/** Says what could not be read, since when, and lets it be tried again. */
export function FailedFace(props: {
  what: string
  error: unknown
  /** When it was last read, in milliseconds; 0 for never. */
  since: number
  retry: () => void
}): ReactNode {
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-8 text-center">
      <Icon name="warning" className="mb-1 size-5 text-deny" />
      <p className="font-medium">{props.what} could not be read</p>
      <p className="max-w-prose text-soft">
        {problemWords(props.error)} {props.since > 0 && <LastRead since={props.since} />}
      </p>
      <Button className="mt-3" onClick={props.retry}>
        Try again
      </Button>
    </div>
  )
}

/** A line above what is shown: it is not all there is, or not as fresh as it looks. */
export function PartialFace({ children, retry }: { children: ReactNode; retry?: () => void }): ReactNode {
  return (
    <div role="status" className="flex items-center gap-2 border-b bg-ask-wash px-3 py-1.5 text-ask">
      <Icon name="warning" className="size-3.5" />
      <p className="min-w-0 flex-1">{children}</p>
      {retry && (
        <Button size="small" look="quiet" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** Says when something was last read. */
export function LastRead({ since }: { since: number }): ReactNode {
  return (
    <>
      It was last read <Moment at={new Date(since).toISOString()} />.
    </>
  )
}

/** Bars where lines of text will be. */
export function SkeletonLines({ lines }: { lines: number }): ReactNode {
  return (
    <div aria-hidden="true" className="space-y-3 p-4">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton h-4" style={{ width: `${90 - ((line * 17) % 45)}%` }} />
      ))}
    </div>
  )
}

/** Rows of the height that a list's own will have, with a bar for what stands at both ends. */
export function SkeletonRows({ rows, height }: { rows: number; height: number }): ReactNode {
  return (
    <div aria-hidden="true" className="border-t">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center justify-between border-b px-3" style={{ height }}>
          <div className="skeleton h-4" style={{ width: `${40 - ((row * 17) % 23)}%` }} />
          <div className="skeleton h-4 w-14" />
        </div>
      ))}
    </div>
  )
}
