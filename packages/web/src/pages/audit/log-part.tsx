import type { ReactNode } from "react"

/** A part of what is told of the log, under its name. */
export function LogPart({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <h3 className="mb-1 text-small text-faint">{name}</h3>
      {children}
    </div>
  )
}
