import type { ReactNode } from "react"
import { usePerson } from "../data/people-query.ts"
import { shortId } from "../words/ids.ts"
import { Said } from "./said.tsx"

/** Who puts in force what comes with the program. */
const THE_PROGRAM = "tabard"

/** Names a person by their id, by the id itself until they were read; and Tabard, where it came with the program. */
export function PersonName({ id }: { id: string }): ReactNode {
  if (id === THE_PROGRAM) return "Tabard"
  return <Known id={id} />
}

function Known({ id }: { id: string }): ReactNode {
  return <Said text={usePerson(id).data?.name ?? shortId(id)} />
}
