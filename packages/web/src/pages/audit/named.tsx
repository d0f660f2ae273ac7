import type { EventDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Said } from "../../components/said.tsx"
import { shortId } from "../../words/ids.ts"

/** A person or an agent of an event by the name of today; what has no name here by its id. */
export function Named({ event, id }: { event: EventDetail; id: string | undefined }): ReactNode {
  if (id === undefined) return <span className="text-faint">Nobody</span>
  const name = Object.entries(event.names).find(([of]) => of === id)?.[1]
  if (id.startsWith("agt_")) {
    return (
      <Link to="/agents/$id" params={{ id }} className="text-accent hover:underline">
        <Said text={name ?? shortId(id)} />
      </Link>
    )
  }
  if (name !== undefined) {
    return (
      <Link to="/people" search={{ person: id }} className="text-accent hover:underline">
        <Said text={name} />
      </Link>
    )
  }
  // The program acts under names of its own, such as `scan`.
  return id.includes("_") ? (
    <Copyable text={id} shown={shortId(id)} what="actor" />
  ) : (
    <Said text={`Tabard, ${id}`} />
  )
}
