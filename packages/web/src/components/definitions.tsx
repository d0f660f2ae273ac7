import type { ReactNode } from "react"

/** Names and what they stand for, beneath each other; on a narrow screen each name stands above its own. */
export function Definitions({ children }: { children: ReactNode }): ReactNode {
  return <dl className="max-w-3xl divide-y border-y">{children}</dl>
}

/** One name and what it stands for. */
export function Definition(props: { name: string; hint?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <div className="grid gap-x-8 gap-y-1 py-3 md:grid-cols-[14rem_minmax(0,1fr)]">
      <dt>
        <span className="font-medium">{props.name}</span>
        {props.hint && <span className="block text-small text-pretty text-faint">{props.hint}</span>}
      </dt>
      <dd className="min-w-0 wrap-anywhere">{props.children}</dd>
    </div>
  )
}
