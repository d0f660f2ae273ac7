import type { FindingView } from "@tabard/api"
import type { ReactNode } from "react"
import { placeEnds } from "../words/place-ends.ts"
import { plainText } from "../words/plain-text.ts"
import { Said } from "./said.tsx"

/** What a finding is about, with its place beside it: five agents of one client have one name. */
export function FindingSubject({ subject: { name, place } }: Pick<FindingView, "subject">): ReactNode {
  return (
    <span
      className="min-w-0 wrap-anywhere text-soft"
      title={plainText(place === null ? name : `${name}, seen in ${place}`)}
    >
      <Said text={name} />
      {place !== null && (
        <>
          {" "}
          <span className="font-mono text-small text-faint">
            <Said text={placeEnds(place)} />
          </span>
        </>
      )}
    </span>
  )
}
